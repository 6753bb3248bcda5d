"""The parts of a submission that a Program asks for by name, besides its engine."""

import ast
from collections.abc import Collection, Mapping
from typing import TypeAlias

from grader.engines.program import ENGINES
from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.outline import FunctionNode, FunctionPlace, Outline, nodes_in
from grader.feedback.repair.rules.arrays.operation_class import operation_classes

Definition: TypeAlias = ast.ClassDef | FunctionNode


def own_parts(
    parts: Outline, own: Conventions | None, asked: Collection[str]
) -> tuple[FunctionPlace, ...]:
    """Return the functions and methods of what is asked for, and of what that names in turn.

    An optimizer is such a part, a layer, or a function that gives a rate. What the engine itself
    names is none of them: the classes of its operations, say, or a function that orders its nodes.

    Args:
        parts: the source.
        own: the engine's conventions, None where there is no engine.
        asked: the names that the failing Programs ask for.
    """
    engines = {*ENGINES, *([own.name] if own else [])}
    operations = operation_classes(parts, own.name if own else "")
    engines |= {name for name, one in operations.items() if one.backward is not None}
    defined: dict[str, Definition] = {
        place.node.name: place.node for place in parts.functions if place.kind is None
    }
    defined |= {kind.name: kind for _, kind in parts.classes}
    of_engines = _reached(defined, engines, ())
    reached = _reached(defined, asked, of_engines)
    return tuple(
        place
        for place in parts.functions
        if (place.kind.name if place.kind else place.node.name) in reached
    )


def _reached(
    defined: Mapping[str, Definition], names: Collection[str], without: Collection[str]
) -> list[str]:
    """Return those of some names that are defined, with what they name in turn."""
    reached = [name for name in defined if name in names and name not in without]
    for name in reached:  # it grows
        mentioned = {one.id for one in nodes_in(defined[name]) if isinstance(one, ast.Name)}
        more = (one for one in defined if one in mentioned and one not in without)
        reached += [one for one in more if one not in reached]
    return reached
