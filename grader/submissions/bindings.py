"""Finds where the text of a submission binds a name, or deletes it."""

import ast
from collections.abc import Iterator

from grader.engines.syntax import parse
from grader.submissions.imports import without_magics
from grader.submissions.submission import Submission

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def last_binding(submission: Submission, name: str, file: str, line: int) -> tuple[str, int] | None:
    """Return the last place below a line at which a name is bound or deleted, None where none is.

    Args:
        submission: whose text is looked at.
        name: the name.
        file: the submission's name, or a cell's, with that line.
        line: from 1.
    """
    last, below = None, False
    for place, text in _pieces(submission):
        below = below or place == file
        try:
            tree = parse(without_magics(text))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        lines = [at for at in _bound(tree, name) if place != file or at > line]
        if below and lines:
            last = place, max(lines)
    return last


def _pieces(submission: Submission) -> Iterator[tuple[str, str]]:
    if submission.kind == "script":
        yield submission.shown, submission.source
    for number, cell in enumerate(submission.cells, 1):
        yield f"cell {number}", cell


def _bound(node: ast.AST, name: str) -> Iterator[int]:
    """Yield the lines on which a name is bound or deleted at the top, not within functions."""
    for child in ast.iter_child_nodes(node):
        bound = getattr(child, "name", None) == name or getattr(child, "asname", None) == name
        if isinstance(child, ast.Name) and child.id == name:
            bound = not isinstance(child.ctx, ast.Load)
        if bound:
            yield getattr(child, "lineno", 0)
        if not isinstance(child, SCOPES):
            yield from _bound(child, name)
