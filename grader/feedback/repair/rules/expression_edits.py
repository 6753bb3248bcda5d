"""Edits of single expressions: operators, operands, signs, constants, conditions, calls."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import FunctionPlace, kept_by
from grader.feedback.repair.rules.condition_edits import ConditionEdits
from grader.feedback.repair.rules.function_edits import FunctionEdits
from grader.feedback.repair.rules.operator_edits import OperatorEdits
from grader.feedback.repair.rules.textbook_rules import SYMBOLS, operation

PAIR = 2
CHANGING_CALLS = (
    *("abs", "int", "round", "float", "max", "min", "str"),
    *("list", "set", "tuple", "sorted", "len"),
)


class PlacedExpression(NamedTuple):
    """An expression of a function, and what it is a part of."""

    node: ast.expr
    parent: ast.AST


class ExpressionEdits(FunctionEdits):
    """The edits of one function's expressions."""

    def __init__(self, place: FunctionPlace, conventions: Conventions | None) -> None:
        super().__init__(place, conventions)
        self._operators = OperatorEdits(place, conventions)
        self._conditions = ConditionEdits(place, conventions)

    @property
    def _fields(self) -> tuple[str, str]:
        return self.data, self.grad

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them, those of one expression after another."""
        for placed in expressions(self.place):
            yield from self._of(placed)

    def _of(self, placed: PlacedExpression) -> Iterator[CandidateEdit]:
        node = placed.node
        if isinstance(node, ast.BinOp):
            yield from self._operators.of_operator(node, placed.parent)
        elif isinstance(node, ast.Attribute):
            yield from self._of_attribute(node, placed.parent)
        elif isinstance(node, ast.Name):
            yield from self._of_name(node, placed.parent)
        elif isinstance(node, ast.Constant):
            yield from self._of_constant(node)
        elif isinstance(node, ast.Compare):
            yield from self._conditions.of_comparison(node)
        elif isinstance(node, ast.Call):
            yield from self._of_call(node, placed.parent)
        elif isinstance(node, ast.UnaryOp):
            kind = "condition" if isinstance(node.op, ast.Not) else "sign"
            yield self.put(kind, node, self.text(node.operand), 2, "no sign")
        elif isinstance(node, (ast.IfExp, ast.BoolOp)):
            yield from self._conditions.of_choice(node)
        elif isinstance(node, ast.Subscript):
            yield from self._of_subscript(node)
        elif isinstance(node, ast.Tuple):
            yield from self._of_pair(node, placed.parent)
        if _may_be_negated(node, placed.parent):
            yield self.put("sign", node, f"-{self.closed(node)}", 3, "minus")

    def _of_attribute(self, node: ast.Attribute, parent: ast.AST) -> Iterator[CandidateEdit]:
        base = self.text(node.value)
        if node.attr in self._fields and isinstance(node.ctx, ast.Load):
            weight = 4 if isinstance(parent, ast.Compare) else 2
            for other in self._fields:
                if other != node.attr:
                    text = f"{base}.{other}"
                    yield self.put("data or gradient", node, text, weight, f".{other}")
            yield self.put("data or gradient", node, base, 3, "node")
            for name in self.names:
                if name not in self.place.parameters and name != self.made:
                    yield self.put("operand", node, name, 2.7)
        elif node.attr in self._fields:
            for other in self._fields:
                if other != node.attr and self.place.node.name != "__init__":
                    yield self.put("data or gradient", node, f"{base}.{other}", 3)
        if node.attr in self._fields:
            yield from self._times(node, parent)

    def _times(self, node: ast.expr, parent: ast.AST) -> Iterator[CandidateEdit]:
        """Give the edits that put one more factor beside what is worked out."""
        if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load):
            return
        for name in self.names:
            for field in self._fields:
                if f"{name}.{field}" != self.text(node) and isinstance(parent, ast.IfExp):
                    text = f"{self.text(node)} * {name}.{field}"
                    yield self.put("upstream missing", node, text, 5)

    def _of_name(self, node: ast.Name, parent: ast.AST) -> Iterator[CandidateEdit]:
        if node.id not in self.names and not self._is_data(node):
            return
        for other in self.names:
            if other == node.id:
                continue
            is_number = isinstance(parent, ast.Attribute) and parent.attr == self._fields[0]
            is_number = is_number or isinstance(parent, (ast.BinOp, ast.UnaryOp))
            both = "<>".join(sorted((node.id, other)))
            exchange = f"{_rule_of(self.place, node)}{both}" if is_number else f"{node.id}>{other}"
            yield self.put(self._kind_of_name(node, parent, other), node, other, 2.5, exchange)
        if isinstance(node.ctx, ast.Load) and not isinstance(parent, (ast.Attribute, ast.Call)):
            for at, field in enumerate(self._fields):
                text = f"{node.id}.{field}"
                yield self.put("data or gradient", node, text, 3 + at, f"+.{field}")

        if isinstance(parent, ast.Call) and node.id in self.place.parameters[1:]:
            for field in self._fields if self.place.kind is not None else ():
                yield self.put("data or gradient", node, f"{self.place.parameters[0]}.{field}", 3)

    def _kind_of_name(self, node: ast.Name, parent: ast.AST, other: str) -> str:
        """Return the kind of a fault where another name belongs."""
        if self._is_data(node):
            return "self missing" if other in self.place.parameters[:1] else "operand"
        rule = self.conventions.rule if self.conventions else ""
        is_rule = isinstance(parent, ast.Attribute) and parent.attr == rule != ""
        is_set = is_rule and isinstance(getattr(parent, "ctx", None), ast.Store)
        return "rule not attached" if is_set else "operand"

    def _is_data(self, node: ast.Name) -> bool:
        """Return whether a name stands for nothing here, as `data` without `self.` does."""
        return node.id in self._fields and node.id not in self.place.parameters

    def _of_constant(self, node: ast.Constant) -> Iterator[CandidateEdit]:
        value = node.value
        symbol = SYMBOLS.get(operation(self.place.node.name), "")
        if isinstance(value, str) and symbol and value != symbol:
            yield self.put("name", node, f'"{symbol}"', 2.5)
        if isinstance(value, bool):
            yield self.put("constant", node, str(not value), 3)
        elif isinstance(value, (int, float)):
            close = (value + 1, value - 1, 0, 1, -1, 2)
            for other in dict.fromkeys(one for one in close if one != value):
                text = str(other) if other >= 0 else f"({other})"
                yield self.put("constant", node, text, 3)

    def _of_call(self, node: ast.Call, parent: ast.AST) -> Iterator[CandidateEdit]:
        function, given = self.text(node.func), [self.text(one) for one in node.args]
        if not node.keywords and not any(isinstance(one, ast.Starred) for one in node.args):
            is_kept = not isinstance(parent, ast.Expr)
            if not given and is_kept and isinstance(node.func, (ast.Name, ast.Attribute)):
                yield self.put("rule called", node, function, 2)
            if function in CHANGING_CALLS and given:
                for one in node.args[:2]:
                    yield self.put("call too much", node, self.closed(one), 2.5, function)
            if function == "reversed" and len(given) == 1:
                yield self.put("direction of the walk", node, given[0], 2)
            if len(given) > 1:
                swapped = ", ".join([given[1], given[0], *given[2:]])
                yield self.put("operands swapped", node, f"{function}({swapped})", 3)

    def _of_pair(self, node: ast.Tuple, parent: ast.AST) -> Iterator[CandidateEdit]:
        """Give the edit that turns a pair round which a function is given."""
        if len(node.elts) == PAIR and isinstance(parent, ast.Call) and node not in parent.args[1:]:
            left, right = map(self.text, node.elts)
            yield self.put("operands swapped", node, f"({right}, {left})", 2.6)

    def _of_subscript(self, node: ast.Subscript) -> Iterator[CandidateEdit]:
        if isinstance(node.slice, ast.Slice):
            is_reversal = node.slice.step is not None
            kind = "direction of the walk" if is_reversal else "part left out"
            yield self.put(kind, node, self.text(node.value), 2)


def expressions(place: FunctionPlace) -> tuple[PlacedExpression, ...]:
    """Return the expressions of a function's body, and what each is a part of."""
    return kept_by(place.node, "expressions", partial(_expressions, place))


def _expressions(place: FunctionPlace) -> Iterator[PlacedExpression]:
    left: list[ast.AST] = [*reversed(place.body)]
    while left:
        parent = left.pop()
        if isinstance(parent, (ast.JoinedStr, ast.Global, ast.Import, ast.ImportFrom)):
            continue
        children = [one for one in ast.iter_child_nodes(parent) if not _is_apart(parent, one)]
        for child in children:
            if isinstance(child, ast.expr) and not isinstance(parent, ast.FormattedValue):
                yield PlacedExpression(child, parent)
        left += children[::-1]


def _is_apart(parent: ast.AST, child: ast.AST) -> bool:
    """Return whether a part is none of what is worked out: an annotation, a text on its own."""
    if child is getattr(parent, "annotation", None) or child is getattr(parent, "returns", None):
        return True
    return isinstance(parent, ast.Expr) and isinstance(child, ast.Constant)


def _rule_of(place: FunctionPlace, node: ast.expr) -> str:
    """Return the function inside of another one that an expression is in, "" where in none."""
    inside = (
        one.name for one in place.inner() if one.lineno <= node.lineno <= (one.end_lineno or 0)
    )
    return next(inside, "")


def _may_be_negated(node: ast.expr, parent: ast.AST) -> bool:
    if isinstance(node, (ast.Constant, ast.Tuple, ast.Lambda, ast.UnaryOp, ast.Compare)):
        return False
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return False
    if isinstance(parent, (ast.Assign, ast.AugAssign, ast.Return)):
        return node is getattr(parent, "value", None)
    return isinstance(parent, (ast.Call, ast.Tuple)) and node is not getattr(parent, "func", None)


def everywhere(candidates: Iterable[CandidateEdit], weight: float) -> Iterator[CandidateEdit]:
    """Give the same change at all of its places in a function, where there are several."""
    groups: dict[tuple[str, str, str], dict[TextEdit, None]] = {}
    for one in candidates:
        if one.change:
            edits = groups.setdefault((one.kind, one.function, one.change), {})
            edits.update(dict.fromkeys(one.edits))
    for (kind, function, change), edits in groups.items():
        if len(edits) > 1 and are_apart(list(edits)):
            shown = "operands swapped" if "<>" in change else kind
            yield CandidateEdit(shown, tuple(edits), function, weight)


def are_apart(edits: Sequence[TextEdit]) -> bool:
    """Return whether edits can be made at once, as none of them overlap."""
    ordered = sorted(edits)
    return all(
        one.end <= other.start or one.piece != other.piece for one, other in pairwise(ordered)
    )
