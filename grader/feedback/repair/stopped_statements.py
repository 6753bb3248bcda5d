"""The statements in which an engine was stopped: most edits elsewhere leave them as they are."""

import ast
from collections.abc import Collection, Iterator
from typing import NamedTuple, TypeAlias

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionNode, Outline

StoppedLine: TypeAlias = tuple[str, int]
"""A function's name and one of its lines, as a fault tells them."""


class StoppedStatements(NamedTuple):
    """The statements of functions, loops as a whole, in which an engine was stopped.

    Attributes:
        spans: of each the piece, and where in it it begins and ends.
    """

    spans: tuple[tuple[int, int, int], ...]

    def has(self, one: CandidateEdit) -> bool:
        """Return whether an edit changes anything in one of them."""
        return any(
            edit.piece == piece and edit.start < end and max(edit.end, edit.start + 1) > start
            for piece, start, end in self.spans
            for edit in one.edits
        )


def stopped_statements(parts: Outline, lines: Collection[StoppedLine]) -> StoppedStatements:
    """Return the statements in which an engine was stopped.

    Args:
        parts: the source.
        lines: where it was; a cell's line may be found in another cell, too.
    """
    spans = []
    for place in parts.functions:
        for name, line in sorted(lines):
            statement = _statement_at(place.node, name, line)
            if statement is not None:
                start, end = place.piece.start(statement), place.piece.end(statement)
                spans.append((place.piece.number, start, end))
    return StoppedStatements(tuple(spans))


def _statement_at(node: FunctionNode, name: str, line: int) -> ast.stmt | None:
    """Return the statement of a function's own body, or of one within it, that has a line."""
    for inner in _functions(node):
        if inner.name == name:
            for statement in inner.body:
                if statement.lineno <= line <= (statement.end_lineno or 0):
                    return statement
    return None


def _functions(node: FunctionNode) -> Iterator[FunctionNode]:
    for one in ast.walk(node):
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield one
