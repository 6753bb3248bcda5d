"""What the edits of one function have in common: its text, its names, and how an edit is made."""

import ast
from functools import cached_property

from grader.feedback.repair.conventions import Conventions, made_name
from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import FunctionPlace, nodes_in

LOOSE = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.BoolOp, ast.Lambda)
TIGHT = (ast.BinOp, ast.UnaryOp, ast.Attribute, ast.Compare, ast.Subscript)
MOST_NAMES = 6


class FunctionEdits:
    """The edits of one function: what all their makers need."""

    def __init__(self, place: FunctionPlace, conventions: Conventions | None) -> None:
        """Prepare.

        Args:
            place: the function.
            conventions: those of the engine, None where there is none.
        """
        self.place = place
        self.piece = place.piece
        self.conventions = conventions
        self.data = conventions.data if conventions else "data"
        self.grad = conventions.grad if conventions else "grad"
        self.made = made_name(place, conventions) if conventions else ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that its expressions may use."""
        return names_in_scope(self.place)

    def text(self, node: ast.expr | ast.stmt) -> str:
        """Return the text of a part."""
        return self.piece.of(node)

    def closed(self, node: ast.expr) -> str:
        """Return the text of an expression, in parentheses where others could bind tighter."""
        text = self.text(node)
        is_power = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)
        return f"({text})" if isinstance(node, LOOSE) and not is_power else text

    def bound(self, text: str, parent: ast.AST) -> str:
        """Return what takes an expression's place, in parentheses where it needs them."""
        stands = text.isidentifier() or text.startswith("(")
        return f"({text})" if isinstance(parent, TIGHT) and not stands else text

    def makes_node(self, node: ast.AST) -> bool:
        """Return whether an expression is a call of the engine's class."""
        name = self.conventions.name if self.conventions else ""
        called = node.func if isinstance(node, ast.Call) else None
        return isinstance(called, ast.Name) and called.id == name

    def is_below(self, node: ast.stmt) -> bool:
        """Return whether a statement begins its line."""
        before = self.piece.text[self.piece.line_start(node.lineno) : self.piece.start(node)]
        return not before.strip()

    def put(
        self, kind: str, node: ast.expr | ast.stmt, text: str, weight: float, change: str = ""
    ) -> CandidateEdit:
        """Return the edit that puts a text in the place of a part; see `CandidateEdit`."""
        edits = (self.piece.replacing(node, text),)
        return CandidateEdit(kind, edits, self.place.node.name, weight, change)

    def exchanged(self, kind: str, one: ast.expr, other: ast.expr, weight: float) -> CandidateEdit:
        """Return the edit by which two parts change places."""
        edits = (
            self.piece.replacing(one, self.text(other)),
            self.piece.replacing(other, self.text(one)),
        )
        return CandidateEdit(kind, edits, self.place.node.name, weight)

    def line(self, kind: str, edit: TextEdit, weight: float) -> CandidateEdit:
        """Return an edit of whole lines."""
        return CandidateEdit(kind, (edit,), self.place.node.name, weight)


def names_in_scope(place: FunctionPlace) -> tuple[str, ...]:
    """Return the names of what a function works with, parameters first, functions left out."""
    names = dict.fromkeys(place.parameters)
    for inner in place.inner():
        names |= dict.fromkeys(one.arg for one in inner.args.args)
    functions = {inner.name for inner in place.inner()}
    for node in nodes_in(place.node):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = None
    return tuple(name for name in names if name not in functions)[:MOST_NAMES]
