"""All edits of a source that may mend it, the likeliest first."""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from grader.feedback.repair.conventions import Conventions, conventions
from grader.feedback.repair.edit import CandidateEdit, Pieces, edited
from grader.feedback.repair.outline import FunctionPlace, Outline, nodes_in, outline
from grader.feedback.repair.rules.arrays.all_array_edits import all_array_edits
from grader.feedback.repair.rules.arrays.unused_classes import unused_classes
from grader.feedback.repair.rules.children_edits import ChildrenEdits
from grader.feedback.repair.rules.expression_edits import ExpressionEdits, everywhere
from grader.feedback.repair.rules.formulas.own_parts import own_parts
from grader.feedback.repair.rules.method_edits import MethodEdits
from grader.feedback.repair.rules.name_edits import name_edits
from grader.feedback.repair.rules.result_edits import ResultEdits
from grader.feedback.repair.rules.share_edits import ShareEdits
from grader.feedback.repair.rules.statement_edits import StatementEdits
from grader.feedback.repair.rules.textbook_rules import operation
from grader.feedback.repair.rules.visit_edits import VisitEdits
from grader.feedback.repair.rules.walk_edits import WalkEdits
from grader.feedback.repair.stopped_statements import StoppedLine, stopped_statements

ELSEWHERE = 3.0
A_CALL = 0.25  # what is nearer to what was asked is the likelier
FAR = 2
WHERE_IT_STOPS = 10.0  # sooner than all others: few are tried
LEAVES_OUT = "line too much"
TEXTS = ("__repr__", "__str__")


class Suspicion(NamedTuple):
    """What is known of a failure before any edit is tried.

    Attributes:
        operations: those that the failing Program asks for, "sub" say.
        functions: those that are suspected by name, as the method that raised is.
        stopped: the lines at which it printed without end.
    """

    operations: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    stopped: frozenset[StoppedLine] = frozenset()


def candidates(
    pieces: Pieces, suspicion: Suspicion, name: str | None = None
) -> list[CandidateEdit]:
    """Return the edits of a source to try, the likeliest first, none twice.

    Args:
        pieces: the source.
        suspicion: where to look first.
        name: of the engine's class, where it is known.
    """
    parts = outline(pieces)
    own = conventions(parts, name)
    away = _calls_away(parts, suspicion)
    stopped = stopped_statements(parts, suspicion.stopped)
    unused = unused_classes(parts, own, {*suspicion.operations, *away})
    found: dict[Pieces, CandidateEdit] = {}
    for one in _all(parts, own, suspicion.operations):
        distance = _distance(one, away, suspicion) + ELSEWHERE * unused.has(one)
        if stopped.has(one):
            distance -= WHERE_IT_STOPS * (2 if one.kind == LEAVES_OUT else 1)
        weight = one.weight + distance
        after = edited(pieces, one.edits)
        known = found.get(after)
        if after != pieces and (known is None or weight < known.weight):
            found[after] = CandidateEdit(one.kind, one.edits, one.function, weight, one.change)
    return sorted(found.values(), key=lambda one: one.weight)


def _all(
    parts: Outline, own: Conventions | None, operations: Collection[str]
) -> Iterator[CandidateEdit]:
    besides = own_parts(parts, own, operations)
    for place in parts.functions:
        of_function = list(_of_function(place, own))
        of_function += everywhere(of_function, 2.7)
        yield from _of_part(place, own, of_function) if place in besides else of_function
    if own is not None:
        yield from MethodEdits(own, operations).candidates()
        yield from ChildrenEdits(own).candidates()
    yield from name_edits(parts, own, operations)
    yield from all_array_edits(parts, own)


def _of_part(
    place: FunctionPlace, own: Conventions | None, others: list[CandidateEdit]
) -> Iterator[CandidateEdit]:
    """Give the edits of a function that is asked for besides an engine."""
    from grader.feedback.repair.rules.formulas import all_formula_edits as rules  # few have any

    yield from rules.of_formulas([*others, *rules.formula_edits(place, own)])


def _of_function(place: FunctionPlace, own: Conventions | None) -> Iterator[CandidateEdit]:
    yield from ShareEdits(place, own).candidates()
    yield from ResultEdits(place, own).candidates()
    yield from StatementEdits(place, own).candidates()
    yield from ExpressionEdits(place, own).candidates()
    yield from VisitEdits(place, own).candidates()
    yield from WalkEdits(place, own).candidates()


def _calls_away(parts: Outline, suspicion: Suspicion) -> dict[str, int]:
    """Return how many calls away the functions are that a failing Program runs, by their names."""
    mentions: dict[str, frozenset[str]] = {}
    for place in parts.functions:
        named = mentions.get(place.node.name, frozenset())
        mentions[place.node.name] = named | _mentioned(place.node)
    asked = {name for name in mentions if operation(name) in suspicion.operations}
    away = dict.fromkeys((*sorted(asked), *sorted(suspicion.functions)), 0)
    away.setdefault("__init__", 1)
    left = list(away)
    for name in left:  # it grows
        for other in sorted(mentions.get(name, frozenset()) & mentions.keys() - away.keys()):
            away[other] = away[name] + 1
            left.append(other)
    return away


OPERATORS = {
    ast.Add: "__add__",
    ast.Sub: "__sub__",
    ast.Mult: "__mul__",
    ast.Div: "__truediv__",
    ast.Pow: "__pow__",
}


def _mentioned(node: ast.AST) -> frozenset[str]:
    """Return the names of the functions that a function may call."""
    names: set[str] = set()
    for one in nodes_in(node):
        if isinstance(one, ast.Name):
            names.add(one.id)
        elif isinstance(one, ast.Attribute):
            names.add(one.attr)
        elif isinstance(one, ast.BinOp) and any(map(_is_node, (one.left, one.right))):
            names.add(OPERATORS.get(type(one.op), ""))
        elif isinstance(one, ast.UnaryOp) and isinstance(one.op, ast.USub):
            names.add("__neg__")
    return frozenset(names)


def _is_node(operand: ast.expr) -> bool:
    """Return whether an operand is the node itself, and no number of it."""
    inner = operand.operand if isinstance(operand, ast.UnaryOp) else operand
    return isinstance(inner, ast.Name) and inner.id == "self"


def _distance(one: CandidateEdit, away: Mapping[str, int], suspicion: Suspicion) -> float:
    """Return how far an edit is from where a failure shows."""
    if one.function in TEXTS and "text" not in suspicion.operations:
        return 2 * ELSEWHERE
    return min(away[one.function], FAR) * A_CALL if one.function in away else ELSEWHERE
