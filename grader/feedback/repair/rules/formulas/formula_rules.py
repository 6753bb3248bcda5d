"""Edits that put the field's own formulas where a part of them is missing.

Both bounds of a clipped number, one scale for all, quotients of differences, a wave from 0 to 1, a
change that comes again and again. For moving averages see `bias_correction`.
"""

import ast
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import called_name, nodes_in
from grader.feedback.repair.rules.formulas.quantities import FormulaEdits, rest_of

PAIR = 2


class FormulaRules(FormulaEdits):
    """The edits of one function by the field's formulas."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        yield from self._scaled()
        yield from self._quotients()
        for placed in self.expressions:
            node = placed.node
            if isinstance(node, ast.Call):
                yield from self._bounded(node)
                yield from self._wave(node)
            elif isinstance(node, ast.IfExp):
                yield from self._again(node)
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                yield self.put("decision", node, f"min(1.0, {self.text(node)})", 2.5)
            elif isinstance(node, ast.Compare):
                size = f"abs({self.text(node.left)})"
                yield self.put("one bound", node.left, size, 2.2)
            if isinstance(node, ast.BinOp):
                yield from self._curved(node)

    def _bounded(self, node: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edits that bound a number on both of its sides."""
        name = getattr(node.func, "id", "")
        if name not in ("min", "max") or len(node.args) != PAIR:
            return
        for bound, number in (node.args, node.args[::-1]):
            limit = self.text(bound.operand if isinstance(bound, ast.UnaryOp) else bound)
            inner = number
            if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") == "abs":
                inner = inner.args[0]
            if limit.replace(".", "").isidentifier():
                text = f"max(-{limit}, min({limit}, {self.text(inner)}))"
                yield self.put("one bound", node, text, 1.8)

    def _scaled(self) -> Iterator[CandidateEdit]:
        """Give the edits that scale something by a limit over what was measured."""
        measured = [
            node.targets[0].id
            for node in self.place.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        ]
        pairs = [(limit, one) for limit in self.place.parameters for one in dict.fromkeys(measured)]
        for node in nodes_in(self.place.node):
            if not isinstance(node, ast.Assign):
                continue
            target = node.targets[0]
            if getattr(target, "attr", "") == self.grad and isinstance(node.value, ast.Name):
                limit = node.value.id
                both = f"max(-{limit}, min({limit}, {self.text(target)}))"
                yield self.put("one bound", node.value, both, 2)
            for limit, one in pairs if getattr(target, "attr", "") == self.grad else ():
                text = f"{self.text(target)} *= {limit} / {one}"
                yield self.put("one scale for all", node, text, 2.2)

    def _quotients(self) -> Iterator[CandidateEdit]:
        """Give the edits that make central quotients of forward ones, all of them or one."""
        every: list[CandidateEdit] = []
        for placed in self.expressions:
            edits = self._quotient(placed.node)
            if edits:
                every.append(CandidateEdit("quotient", edits, self.place.node.name, 2))
        yield from every
        yield from self.together("quotient", every, 2.1)

    def _quotient(self, node: ast.expr) -> tuple[TextEdit, ...]:
        if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Div):
            return ()
        rise = node.left
        if not isinstance(rise, ast.BinOp) or not isinstance(rise.op, ast.Sub):
            return ()
        behind, before = rise.left, rise.right
        if not isinstance(behind, ast.Call) or not isinstance(before, ast.Call):
            return ()
        for one, other in zip(behind.args, before.args, strict=False):
            if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Add):
                step, start = self.text(one.right), self.text(one.left)
                if self.text(other) == start:
                    return (
                        self.piece.replacing(other, f"{start} - {step}"),
                        self.piece.replacing(node.right, f"(2 * {step})"),
                    )
        return ()

    def _wave(self, node: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edit that lifts a cosine to between 0 and 1."""
        if called_name(node) == "cos":
            yield self.put("curve", node, f"((1 + {self.text(node)}) / 2)", 1.8)

    def _curved(self, node: ast.BinOp) -> Iterator[CandidateEdit]:
        """Give the edit that has a number fall along half a wave, and not along a line.

        Source: I. Loshchilov and F. Hutter, SGDR, 2016, equation 5.
        """
        rest = rest_of(node)
        if isinstance(rest, ast.BinOp) and isinstance(rest.op, ast.Div):
            made, every = self.closed(rest.left), self.closed(rest.right)
            text = f"((1 + math.cos(math.pi * {made} / {every})) / 2)"
            yield self.put("curve", node, text, 1.9)

    def _again(self, node: ast.IfExp) -> Iterator[CandidateEdit]:
        """Give the edit by which a change comes after every so many, and not once alone."""
        test = node.test
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            made, every = self.closed(test.left), self.closed(test.comparators[0])
            text = f"{self.closed(node.body)} ** ({made} // {every})"
            yield self.put("once alone", node, f"({text})", 1.8)
