"""Where in the files that were handed in a check goes wrong."""

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from grader.reports.setting import Setting
from grader.results import CheckResult, Report

CELL = re.compile(r"cell (\d+)")


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


def fault(report: Report, check: CheckResult, setting: Setting, root: str = "") -> Fault:
    """Return where a check goes wrong: its line, or at least the submission's file.

    Args:
        report: that the check is of.
        check: how it came out.
        setting: where the submission lies.
        root: the folder that paths begin at; the current one if left out.
    """
    own = _from(root or setting.here, setting.path) or report.submission.name
    marked = _marked(check)
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
    return Fault(_from(root or setting.here, beside), line)


def _marked(check: CheckResult) -> tuple[str, int] | None:
    example, node = check.counterexample, check.first_wrong_node
    if node is not None and node.where is not None:
        return node.where.file, node.where.marked
    if example is not None and example.where is not None:
        return example.where.file, example.where.line
    return None


def _in_file(cells: Sequence[Sequence[int]], cell: int, line: int) -> int | None:
    known = cells[cell - 1] if 0 < cell <= len(cells) else []
    return known[line - 1] if 0 < line <= len(known) else None


def _from(root: str, path: str) -> str:
    return path.removeprefix(root.rstrip(os.sep) + os.sep).replace(os.sep, "/")
