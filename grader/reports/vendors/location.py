"""Where in the files that were handed in a check goes wrong."""

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from grader.reports.context import Setting
from grader.reports.report import CheckResult, Outcome, Report

CELL = re.compile(r"cell (\d+)")
TOLD = re.compile(
    r"(?:(?P<cell>cell \d+) )?.*\((?:(?P<file>[^`(]*), )?line (?P<line>\d+)(?:: `.*`)?\)", re.DOTALL
)
"""How a message ends that tells of the run of a submission; see `loading`."""

ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


class Fault(NamedTuple):
    """A place in a file.

    Attributes:
        file: its path from a root, with slashes; absolute where it lies elsewhere.
        line: from 1; None where no line is known.
        says: the cell and its line, in a notebook; "" otherwise.
    """

    file: str
    line: int | None = None
    says: str = ""


def fault(report: Report, check: CheckResult, setting: Setting) -> Fault:
    """Return where a check goes wrong: its line, or at least the submission's file.

    Args:
        report: that the check is of.
        check: how it came out.
        setting: where the submission lies; paths begin at the checkout's folder, or at the current
            one.
    """
    own = _below(setting, setting.path) or report.submission.name
    marked = _marked(check) or _told(check, report.submission.name)
    if marked is None:
        return Fault(own)
    name, line = marked
    cell = CELL.fullmatch(name)
    if cell:
        where = f"{name}, line {line}"
        return Fault(own, _in_file(setting.cells, int(cell[1]), line), where)
    if name == report.submission.name:
        return Fault(own, line)
    beside = os.path.join(os.path.dirname(setting.path), name) if setting.path else name
    return Fault(_below(setting, beside), line)


def _marked(check: CheckResult) -> tuple[str, int] | None:
    example, node = check.counterexample, check.first_wrong_node
    if node is not None and node.where is not None:
        return node.where.file, node.where.marked
    if example is not None and example.where is not None:
        return example.where.file, example.where.line
    return None


def _told(check: CheckResult, name: str) -> tuple[str, int] | None:
    """Return the line that a message tells, where there is nothing else to show."""
    found = TOLD.fullmatch(check.message) if check.outcome is Outcome.FAILED else None
    return (found["file"] or found["cell"] or name, int(found["line"])) if found else None


def _in_file(cells: Sequence[Sequence[int]], cell: int, line: int) -> int | None:
    known = cells[cell - 1] if 0 < cell <= len(cells) else []
    return known[line - 1] if 0 < line <= len(known) else None


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # no system has a file of that name
        return path


def _below(setting: Setting, path: str) -> str:
    """Return a path as it is below a root, wherever links lead; absolute where it is below none."""
    if not path or not os.path.isabs(path):
        return path
    real = _real(path)
    for root in (*map(setting.environment.get, ROOTS), setting.here):
        above = os.path.join(_real(root), "") if root else ""
        if above and real.startswith(above):
            return real.removeprefix(above).replace(os.sep, "/")
    return real.replace(os.sep, "/")
