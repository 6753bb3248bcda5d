"""Edits of an engine's own methods where its numbers are arrays: shares, zeroes, freed graphs."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import FunctionPlace, nodes_in, target_of
from grader.feedback.repair.rules.arrays.fitting import Fitting
from grader.feedback.repair.rules.function_edits import FunctionEdits


class EngineEdits(FunctionEdits):
    """The edits of one function of an engine of arrays, where operations are methods."""

    def __init__(
        self, place: FunctionPlace, conventions: Conventions | None, fitting: Fitting
    ) -> None:
        """Prepare.

        Args:
            place: the function.
            conventions: those of the engine, None where there is none.
            fitting: how a share gets its operand's shape.
        """
        super().__init__(place, conventions)
        self._fitting = fitting

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for node in nodes_in(self.place.node):
            if isinstance(node, (ast.Assign, ast.AugAssign)):
                target = target_of(node)
                if isinstance(target, ast.Attribute) and target.attr == self.grad:
                    yield from self._of_share(node.value, self.text(target.value))
            if isinstance(node, ast.Pass):
                yield from self._of_nothing(node)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                yield from self._of_freed(node, node.value)

    def _of_share(self, share: ast.expr, owner: str) -> Iterator[CandidateEdit]:
        """Give the edits by which a share has its operand's shape, or its part of a mean."""
        number, text = f"{owner}.{self.data}", self.closed(share)
        for way, helper in self._fitting.fitted(self.text(share), number):
            yield self._with(self.put("shape", share, way, 2.6), helper)
        ones = f"{self._fitting.package}.ones_like({number})"
        yield self.put("shape", share, f"{text} * {ones}", 3)
        yield self.put("shape", share, f"{text}.reshape({number}.shape)", 3.2)
        for size in (f"{number}.size", f"{number}.shape[0]", f"{number}.shape[-1]"):
            yield self.put("factor missing", share, f"{text} / {size}", 3.1)
        for axis in ("axis", "-1", "0"):
            if axis in (*self.place.parameters, "-1", "0"):
                spread = f"{self._fitting.package}.expand_dims({self.text(share)}, {axis})"
                yield self.put("axis", share, spread, 3 + 0.2 * (axis != "axis"))

    def _with(self, one: CandidateEdit, helper: TextEdit | None) -> CandidateEdit:
        return one._replace(edits=(*one.edits, helper)) if helper else one

    def _of_nothing(self, node: ast.Pass) -> Iterator[CandidateEdit]:
        """Give the edits of a method that does nothing."""
        own, parameters = self.conventions, self.place.parameters
        if own is None or self.place.kind is None or not parameters:
            return
        if self.place.kind is own.kind:
            zeros = f"{self._fitting.package}.zeros_like({parameters[0]}.{self.data})"
            line = f"{parameters[0]}.{self.grad} = {zeros}"
            yield self.put("line missing", node, line, 2)

    def _of_freed(self, node: ast.Expr, call: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edits by which a graph is freed when a pass has gone over it."""
        function = call.func
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Attribute):
            return
        if function.attr == self.place.node.name and self.piece.is_alone(node):
            line = f"{self.piece.indent_of(node)}del {self.text(function.value)}\n"
            yield self.line("line missing", self.piece.inserting_after(node, line), 3)
