"""Finds the place in the submission's files at which a check goes wrong."""

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from grader.reports.context import ReportContext
from grader.reports.report import CheckResult, Outcome, Report

CELL = re.compile(r"cell (\d+)")
ENDS_WITH_PLACE = re.compile(
    r"(?:(?P<cell>cell \d+) )?.*\((?:(?P<file>[^`(]*), )?line (?P<line>\d+)(?:: `.*`)?\)", re.DOTALL
)
"""The end of a message on the run of a submission; see `grading.run_notes`."""

ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


class FaultLocation(NamedTuple):
    """A place in a file.

    Attributes:
        file: its path from a root, with slashes; absolute where it lies elsewhere.
        line: from 1; None where no line is known.
        says: the cell and its line, in a notebook; "" otherwise.
    """

    file: str
    line: int | None = None
    says: str = ""


def fault_location(report: Report, check: CheckResult, context: ReportContext) -> FaultLocation:
    """Return the place at which a check goes wrong: its line, or at least the submission's file.

    Args:
        report: that the check is of.
        check: how it came out.
        context: where the submission lies; paths begin at the checkout's folder, or at the current
            one.
    """
    own = _below(context, context.path) or report.submission.name
    place = _shown_place(check) or _place_in_message(check, report.submission.name)
    if place is None:
        return FaultLocation(own)
    name, line = place
    cell = CELL.fullmatch(name)
    if cell:
        where = f"{name}, line {line}"
        return FaultLocation(own, _in_file(context.cells, int(cell[1]), line), where)
    if name == report.submission.name:
        return FaultLocation(own, line)
    beside = os.path.join(os.path.dirname(context.path), name) if context.path else name
    return FaultLocation(_below(context, beside), line)


def _shown_place(check: CheckResult) -> tuple[str, int] | None:
    example, node = check.counterexample, check.first_wrong_node
    if node is not None and node.where is not None:
        return node.where.file, node.where.marked
    if example is not None and example.where is not None:
        return example.where.file, example.where.line
    return None


def _place_in_message(check: CheckResult, name: str) -> tuple[str, int] | None:
    """Return the place that a message ends with, where there is nothing else to show."""
    match = ENDS_WITH_PLACE.fullmatch(check.message) if check.outcome is Outcome.FAILED else None
    return (match["file"] or match["cell"] or name, int(match["line"])) if match else None


def _in_file(cells: Sequence[Sequence[int]], cell: int, line: int) -> int | None:
    lines = cells[cell - 1] if 0 < cell <= len(cells) else []
    return lines[line - 1] if 0 < line <= len(lines) else None


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # no system has a file of that name
        return path


def _below(context: ReportContext, path: str) -> str:
    """Return a path as it is below a root, wherever links lead; absolute where it is below none."""
    if not path or not os.path.isabs(path):
        return path
    real = _real(path)
    for root in (*map(context.environment.get, ROOTS), context.here):
        above = os.path.join(_real(root), "") if root else ""
        if above and real.startswith(above):
            return real.removeprefix(above).replace(os.sep, "/")
    return real.replace(os.sep, "/")
