"""The parts of a submission that a Program asks for by name, besides its engine."""

import ast
from collections.abc import Collection

from grader.engines.program import ENGINES
from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.outline import FunctionNode, FunctionPlace, Outline, nodes_in


def own_parts(
    parts: Outline, own: Conventions | None, asked: Collection[str]
) -> tuple[FunctionPlace, ...]:
    """Return the functions and methods of what is asked for, and of what that names in turn.

    An optimizer is such a part, a layer, or a function that gives a rate.

    Args:
        parts: the source.
        own: the engine's conventions, None where there is no engine.
        asked: the names that the failing Programs ask for.
    """
    engines = {*ENGINES, *([own.name] if own else [])}
    defined: dict[str, ast.ClassDef | FunctionNode] = {
        place.node.name: place.node for place in parts.functions if place.kind is None
    }
    defined |= {kind.name: kind for _, kind in parts.classes if kind.name not in engines}
    reached = [name for name in defined if name in asked]
    for name in reached:  # it grows
        mentioned = {one.id for one in nodes_in(defined[name]) if isinstance(one, ast.Name)}
        reached += [other for other in defined if other in mentioned and other not in reached]
    return tuple(
        place
        for place in parts.functions
        if (place.kind.name if place.kind else place.node.name) in reached
    )
