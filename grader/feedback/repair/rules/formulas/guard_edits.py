"""Edits of when something happens: a condition that is missing, or always holds."""

import ast
import textwrap
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import nodes_in
from grader.feedback.repair.rules.formulas.quantities import FormulaEdits
from grader.feedback.repair.rules.statement_edits import UNIT, bodies

KIND = "decision"


class GuardEdits(FormulaEdits):
    """The edits of one function's conditions that are missing."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for node in nodes_in(self.place.node):
            if isinstance(node, (ast.If, ast.IfExp)) and isinstance(node.test, ast.Constant):
                for test in self._tests():
                    yield self.put(KIND, node.test, test, 1.5)
        for body in bodies(self.place.node):
            for node in body:
                is_act = isinstance(node, (ast.For, ast.AugAssign, ast.Assign))
                if is_act and self._worked_out and self.piece.is_alone(node):
                    yield from self._guarded(node)
        yield from self._last_apart()
        yield from self._again()

    def _again(self) -> Iterator[CandidateEdit]:
        """Give the edits by which something happens as long as a condition holds, not once."""
        for node in nodes_in(self.place.node):
            if not isinstance(node, ast.If) or node.orelse or not self.piece.is_alone(node):
                continue
            read = {one.id for one in nodes_in(node.test) if isinstance(one, ast.Name)}
            names = (one for one in nodes_in(node) if isinstance(one, ast.Name))
            if read & {one.id for one in names if isinstance(one.ctx, ast.Store)}:
                text = f"while{self.text(node).removeprefix('if')}"
                yield self.put("once alone", node, text, 1.9)

    @property
    def _worked_out(self) -> list[str]:
        """The names of the numbers that the function works out before a loop."""
        return [
            target.id
            for node in self.place.body
            if isinstance(node, (ast.Assign, ast.AugAssign))
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        ]

    def _tests(self) -> Iterator[str]:
        taken = [one for one in self.place.parameters if one != self.this]
        for one in dict.fromkeys(self._worked_out):
            for other in (*taken, *self.kept):
                for sign in (">", "<"):
                    yield f"{one} {sign} {other}"

    def _guarded(self, node: ast.stmt) -> Iterator[CandidateEdit]:
        """Give the edits by which something happens only where one number is above another."""
        indent = self.piece.indent_of(node)
        lines = textwrap.indent(self.piece.lines_of(node), UNIT)
        for test in self._tests():
            edit = self.piece.replacing_lines(node, node, f"{indent}if {test}:\n{lines}")
            yield self.line(KIND, edit, 2.6)

    def _last_apart(self) -> Iterator[CandidateEdit]:
        """Give the edits by which the last of some is made otherwise, as the last layer is."""
        for node in nodes_in(self.place.node):
            if not isinstance(node, ast.For) or not isinstance(node.target, ast.Tuple):
                continue
            counted = node.iter
            if not isinstance(counted, ast.Call) or self.text(counted.func) != "enumerate":
                continue
            every, begin = self.text(counted.args[0]), [*map(self.text, counted.args[1:]), "0"][0]
            last = {"0": " - 1", "1": ""}.get(begin, f" - 1 + {begin}")
            yield from self._otherwise(node, f"{{}} < len({every}){last}")

    def _otherwise(self, loop: ast.For, test: str) -> Iterator[CandidateEdit]:
        """Give the edits by which a loop takes something only while a test holds."""
        assert isinstance(loop.target, ast.Tuple)
        place = self.text(loop.target.elts[0])
        if place not in self.unread:
            return
        inside = {id(one) for one in nodes_in(loop)}
        for one in self.expressions:
            if id(one.node) not in inside:
                continue
            text = self.text(one.node)
            if isinstance(one.node, ast.Name) and isinstance(one.node.ctx, ast.Load):
                whole = f'({text} if {test.format(place)} else "linear")'
                yield self.put(KIND, one.node, whole, 0.9)
            elif isinstance(one.node, ast.Constant) and isinstance(one.node.value, str):
                for other in self.unread:
                    whole = f"({other} if {test.format(place)} else {text})"
                    yield self.put(KIND, one.node, whole, 0.9)
