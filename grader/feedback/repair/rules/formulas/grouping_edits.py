"""Edits of how a formula is put together: parentheses, operators, what is unpacked where."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.rules.formulas.quantities import FormulaEdits
from grader.feedback.repair.rules.operator_edits import OPERATORS

SIGNS: dict[type[ast.operator], str] = {**OPERATORS, ast.FloorDiv: "//", ast.Pow: "**"}
OTHERS = {"/": ("//",), "//": ("%",), "**": ("*",), "*": ("**",), "+": ("*",)}
PAIR = 2


class GroupingEdits(FormulaEdits):
    """The edits of how one function's formulas are put together."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for placed in self.expressions:
            node = placed.node
            if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
                yield from self._of_operator(node)
                yield from self._turned(node)
            elif isinstance(node, ast.Call) and len(node.args) == 1:
                yield from self._of_function(node)
            elif isinstance(node, ast.Call):
                for one, other in pairwise(node.args):
                    yield self.exchanged("operands swapped", one, other, 2)
            elif isinstance(node, ast.Tuple) and len(node.elts) == PAIR:
                left, right = map(self.text, node.elts)
                if isinstance(node.ctx, ast.Store):
                    yield self.put("operands swapped", node, f"{right}, {left}", 1.8)

    def _of_operator(self, node: ast.BinOp) -> Iterator[CandidateEdit]:
        left, right = self.closed(node.left), self.closed(node.right)
        for other in OTHERS.get(SIGNS[type(node.op)], ()):
            yield self.put("operator", node, f"({left} {other} {right})", 2.3)
        inner, called = node.right, node.left
        is_less = isinstance(node.op, ast.Sub) and isinstance(inner, ast.BinOp)
        if is_less and isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Mult):
            one, other = self.closed(inner.left), self.closed(inner.right)
            falling = f"({left} * {one} ** {other})"  # by a factor, and not by a number
            yield self.put("operator", node, falling, 2.6)
        is_sum = isinstance(node.op, (ast.Add, ast.Sub))
        if is_sum and isinstance(called, ast.Call) and len(called.args) == 1:
            inside = f"{self.closed(called.args[0])} {SIGNS[type(node.op)]} {right}"
            yield self.put("parentheses", node, f"{self.text(called.func)}({inside})", 2.2)

    def _turned(self, node: ast.BinOp) -> Iterator[CandidateEdit]:
        """Give the edits that close other parts in parentheses: (a + b) / c for a + b / c."""
        sign, left, right = SIGNS[type(node.op)], node.left, node.right
        if isinstance(left, ast.BinOp) and type(left.op) in SIGNS:
            inner = SIGNS[type(left.op)]
            one, two, three = self.closed(left.left), self.closed(left.right), self.closed(right)
            yield self.put("parentheses", node, f"({one} {inner} ({two} {sign} {three}))", 2)
            if inner in "+-":  # the first part alone: a ** c + b for (a + b) ** c
                yield self.put("parentheses", node, f"({one} {sign} {three} {inner} {two})", 2)
            elif sign in "+-":  # and the other way round
                yield self.put("parentheses", node, f"(({one} {sign} {three}) {inner} {two})", 2)
        if isinstance(right, ast.BinOp) and type(right.op) in SIGNS:
            inner = SIGNS[type(right.op)]
            one, two, three = self.closed(left), self.closed(right.left), self.closed(right.right)
            yield self.put("parentheses", node, f"(({one} {sign} {two}) {inner} {three})", 2)

    def _of_function(self, node: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edits that put a term before a function or behind it: sqrt(a) + b."""
        given, function = node.args[0], self.text(node.func)
        if isinstance(given, ast.BinOp) and isinstance(given.op, (ast.Add, ast.Sub)):
            one, two = self.text(given.left), self.closed(given.right)
            text = f"({function}({one}) {SIGNS[type(given.op)]} {two})"
            yield self.put("parentheses", node, text, 2)
