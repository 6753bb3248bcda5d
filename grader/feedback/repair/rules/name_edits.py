"""Edits of names that lead nowhere: misspelt, without `self.`, or of an attribute never set."""

import ast
import builtins
from collections.abc import Collection, Iterator

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import FunctionPlace, Outline, PieceText, nodes_in

BUILT_IN = frozenset(dir(builtins))
ALMOST = 0.6


def name_edits(
    parts: Outline, own: Conventions | None, asked: Collection[str]
) -> Iterator[CandidateEdit]:
    """Give the edits of the names in a source that nothing defines.

    Args:
        parts: its outline.
        own: the engine's conventions.
        asked: the names that are asked for from outside.
    """
    set_somewhere = _attributes(parts, ast.Store)
    methods = set(own.methods) if own else set()
    read = _attributes(parts, ast.Load) | {name for name in asked if name.isidentifier()}
    missing = read - set_somewhere - methods - {"append", "add", "remove", "pop", "extend"}
    missing -= {kind.name for _, kind in parts.classes}  # asked for, and no node's attribute
    everywhere = _defined_everywhere(parts)
    for place in parts.functions:
        yield from _of_parameters(place)
        yield from _of_class_members(place)
        yield from _of_names(place, everywhere, set_somewhere | methods)
        yield from _of_attributes(place, set_somewhere, methods, missing)


def _attributes(parts: Outline, context: type[ast.expr_context]) -> set[str]:
    return {
        node.attr
        for place in parts.functions
        for node in nodes_in(place.node)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, context)
    }


def _of_parameters(place: FunctionPlace) -> Iterator[CandidateEdit]:
    """Give the edit that has a method take the node that it is called on."""
    if place.kind is None or "self" in place.parameters or place.node.decorator_list:
        return
    piece = place.piece
    at = piece.text.find("(", piece.text.find(place.node.name, piece.start(place.node))) + 1
    text = "self, " if place.parameters else "self"
    yield CandidateEdit(
        "self missing", (TextEdit(piece.number, at, at, text),), place.node.name, 1.5
    )


def _of_class_members(place: FunctionPlace) -> Iterator[CandidateEdit]:
    """Give the edit that keeps on the object what a method keeps on its class, for all to share."""
    if place.kind is None or not place.parameters:
        return
    edits = tuple(
        place.piece.replacing(node.value, place.parameters[0])
        for node in nodes_in(place.node)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id == place.kind.name
    )
    if edits:
        yield CandidateEdit("kept on the class", edits, place.node.name, 1.5)


def _of_names(
    place: FunctionPlace, everywhere: Collection[str], members: Collection[str]
) -> Iterator[CandidateEdit]:
    """Give the edits of names that are defined nowhere."""
    known = _defined(place, everywhere)
    for node in nodes_in(place.node):
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            continue
        if node.id in known:
            continue
        if node.id in members and place.parameters:
            edit = place.piece.replacing(node, f"{place.parameters[0]}.{node.id}")
            yield CandidateEdit("self missing", (edit,), place.node.name, 1.5, node.id)
        for other in _alike(node.id, known - BUILT_IN):
            edit = place.piece.replacing(node, other)
            yield CandidateEdit("name", (edit,), place.node.name, 2, f"{node.id}>{other}")


def _defined_everywhere(parts: Outline) -> frozenset[str]:
    """Return the names that any function of a source may use."""
    names = set(BUILT_IN)
    for piece in parts.pieces:
        for node in nodes_in(piece.tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names.add(node.name)
            elif isinstance(node, ast.alias):
                names.add((node.asname or node.name).partition(".")[0])
    return frozenset(names)


def _defined(place: FunctionPlace, everywhere: Collection[str]) -> set[str]:
    """Return the names that a function may use without being told."""
    names = set(everywhere)
    inside = [node for node in nodes_in(place.node) if isinstance(node, (ast.Name, ast.arg))]
    names |= {node.arg for node in inside if isinstance(node, ast.arg)}
    stored = (node for node in inside if isinstance(node, ast.Name))
    return names | {node.id for node in stored if isinstance(node.ctx, ast.Store)}


def _of_attributes(
    place: FunctionPlace, set_ones: set[str], methods: set[str], missing: Collection[str]
) -> Iterator[CandidateEdit]:
    """Give the edits of attributes that are set under another name than they are read.

    None is set under a method's name, which would take its place.
    """
    for node in nodes_in(place.node):
        if not isinstance(node, ast.Attribute):
            continue
        if isinstance(node.ctx, ast.Store) and place.node.name == "__init__":
            others: Collection[str] = sorted(missing)
        elif node.attr in missing or isinstance(node.ctx, ast.Store):
            is_set = isinstance(node.ctx, ast.Store)
            others = _alike(node.attr, (set_ones if is_set else set_ones | methods) - {node.attr})
        else:
            continue
        for other in others:
            edit = _attribute_name(place.piece, node, other)
            yield CandidateEdit("name", (edit,), place.node.name, 2.5, f"{node.attr}>{other}")


def _attribute_name(piece: PieceText, node: ast.Attribute, other: str) -> TextEdit:
    end = piece.end(node)
    return TextEdit(piece.number, end - len(node.attr), end, other)


def _alike(name: str, known: Collection[str]) -> list[str]:
    """Return the names that one may have been meant for."""
    from difflib import get_close_matches  # few sources have such a name

    return get_close_matches(name, sorted(known), n=2, cutoff=ALMOST)
