"""Edits of formulas that put what is missing to a part: a factor, a term, a divisor, a power."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import called_name
from grader.feedback.repair.rules.expression_edits import PlacedExpression
from grader.feedback.repair.rules.formulas.quantities import FormulaEdits

WORKED_OUT = (ast.BinOp, ast.Call, ast.Name, ast.Attribute, ast.Subscript, ast.Constant)
ROOTS = ("sqrt",)


class PartEdits(FormulaEdits):
    """The edits of one function's formulas that lack a part."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them, those of one part after another."""
        for placed in self.expressions:
            if self._may_lack(placed):
                yield from self._with_quantity(placed)
                yield from self._with_number(placed)
            yield from self._of_power(placed)

    def _may_lack(self, placed: PlacedExpression) -> bool:
        """Return whether a part is one that is worked with, and no name of a function or a list."""
        node, parent = placed.node, placed.parent
        if not isinstance(node, WORKED_OUT) or not _is_loaded(node):
            return False
        if isinstance(parent, ast.Call):
            return node is not parent.func and not self.makes_node(parent)
        is_index = isinstance(parent, ast.Subscript) and parent.slice is node
        works = (ast.BinOp, ast.Assign, ast.AugAssign, ast.Return, ast.UnaryOp, ast.Tuple)
        return isinstance(parent, (*works, ast.List, ast.GeneratorExp, ast.ListComp)) or is_index

    def _with_quantity(self, placed: PlacedExpression) -> Iterator[CandidateEdit]:
        node, text = placed.node, self.closed(placed.node)
        for other in self.quantities:
            if other == text:
                continue
            weight = 1.2 if other in self.unread else 3.2
            for sign in ("*", "/"):
                whole = f"({text} {sign} {other})"
                yield self.put("factor missing", node, whole, weight)
            if other in self.unread:
                for sign in ("+", "-"):
                    whole = f"({text} {sign} {other})"
                    yield self.put("term missing", node, whole, weight + self._depth(placed))
            if isinstance(placed.parent, ast.BinOp):
                is_beside = other in self.text(placed.parent) and other not in text
                rest = f"((1 - {other}) * {text})"
                yield self.put("factor missing", node, rest, 2.0 if is_beside else weight + 0.3)
            if isinstance(placed.parent, ast.Call) and other.isidentifier():
                for sign in ("+", "-"):
                    yield self.put("term missing", node, f"{text} {sign} {other}", 3.3)
        yield from self._with_element(placed)

    def _with_element(self, placed: PlacedExpression) -> Iterator[CandidateEdit]:
        """Give the edits that add an element of a list whose place nothing reads."""
        taken = [one for one in self.place.parameters if one != self.this]
        for place in set(self.unread) & {*taken}:
            for name in taken:
                if isinstance(placed.parent, ast.Return) and name != place:
                    for sign in ("+ ", "- ", "+ -"):
                        text = f"({self.closed(placed.node)} {sign}{name}[{place}])"
                        yield self.put("term missing", placed.node, text, 1.4)

    def _depth(self, placed: PlacedExpression) -> float:
        """Return what makes a missing term less likely: few are missing in a factor or a base."""
        parent = placed.parent
        works = isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Mult, ast.Pow))
        return 0.6 if works else 0.1

    def _with_number(self, placed: PlacedExpression) -> Iterator[CandidateEdit]:
        node, text = placed.node, self.closed(placed.node)
        for whole in (f"(2 * {text})", f"({text} / 2)"):
            yield self.put("factor missing", node, whole, 2.7)
        for whole in (f"({text} + 1)", f"({text} - 1)", f"(1 - {text})", f"(1 + {text})"):
            yield self.put("term missing", node, whole, 2.6)

    def _of_power(self, placed: PlacedExpression) -> Iterator[CandidateEdit]:
        """Give the edits that square a part, take its root, or take neither."""
        node, parent = placed.node, placed.parent
        is_power = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)
        if is_power and isinstance(node, ast.BinOp):
            for other in ("2", "0.5"):
                if self.text(node.right) != other:
                    yield self.put("power", node.right, other, 1.9)
            yield self.put("power", node, self.closed(node.left), 2)
        elif isinstance(node, ast.Call) and called_name(node) in ROOTS and node.args:
            yield self.put("power", node, self.closed(node.args[0]), 2)
        elif self._may_lack(placed) and not _is_base(node, parent):
            base = self.text(node)
            base = f"({base})" if isinstance(node, ast.BinOp) else base
            weight = 3.0 if isinstance(parent, ast.Call) else 2.2
            for power in ("2", "0.5"):
                yield self.put("power", node, f"({base} ** {power})", weight)


def _is_loaded(node: ast.expr) -> bool:
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _is_base(node: ast.expr, parent: ast.AST) -> bool:
    """Return whether a part is raised to a power already."""
    return isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Pow) and parent.left is node
