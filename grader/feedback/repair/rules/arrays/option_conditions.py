"""Edits by which the shares of an operation heed an option that was kept, and is not read."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionPlace, nodes_in
from grader.feedback.repair.rules.arrays.operation_class import OperationClass
from grader.feedback.repair.rules.function_edits import FunctionEdits


def unread_fields(place: FunctionPlace, own: OperationClass) -> set[str]:
    """Return the attributes of an operation that are kept, and never read in a method."""
    read = {one.attr for one in nodes_in(place.node) if isinstance(one, ast.Attribute)}
    return {*own.fields} - read


class OptionConditions(FunctionEdits):
    """The edits of the conditions in one method of an operation."""

    def __init__(
        self, place: FunctionPlace, conventions: Conventions | None, own: OperationClass
    ) -> None:
        """Prepare.

        Args:
            place: the method.
            conventions: those of the engine, None where there is none.
            own: the class.
        """
        super().__init__(place, conventions)
        self._own = own

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them: each condition with one more part."""
        this, unread = self.place.parameters[0], sorted(unread_fields(self.place, self._own))
        for node in nodes_in(self.place.node):
            for name in unread if isinstance(node, ast.If) else ():
                assert isinstance(node, ast.If)
                for way in ("and not", "and"):
                    text = f"{self.closed(node.test)} {way} {this}.{name}"
                    yield self.put("condition", node.test, text, 2.6)
