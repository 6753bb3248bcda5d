"""Grades what is in the bank through the public way, and compares verdicts with truths."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.errors import GraderError
from grader.grading.one_submission import grade_listed
from grader.grading.request import GradeRequest
from grader.reports.report import Outcome, Report
from grader.submissions.submission import find
from tests.wild.bank import Truth


class Verdict(NamedTuple):
    """What a submission got.

    Attributes:
        failed: the checks that cost it points, each "exercise.check".
        skipped: those that were not asked.
        told: all that was said.
        problem: why it could not be graded, "" where it was.
    """

    failed: frozenset[str]
    skipped: frozenset[str]
    told: str
    problem: str = ""


def graded(path: Path, asks: Sequence[str]) -> Verdict:
    """Return what a file or folder gets at home."""
    names = ",".join(asks)
    try:
        request = GradeRequest(names, str(path), examples_s=0.0)
        return verdict(grade_listed(request, find(str(path), names)))
    except GraderError as error:
        return Verdict(frozenset(), frozenset(), error.message, error.message)


def verdict(reports: Sequence[Report]) -> Verdict:
    """Return what reports come to."""
    checks = {
        f"{report.exercise}.{check.id}": check for report in reports for check in report.checks
    }
    told = [note for report in reports for note in report.notes]
    for check in checks.values():
        told += [check.message, *(check.diagnosis or ())]
        if check.first_wrong_node:
            told.append(check.first_wrong_node.says)
    bad = (Outcome.FAILED, Outcome.BROKEN)
    return Verdict(
        frozenset(name for name, check in checks.items() if check.outcome in bad),
        frozenset(name for name, check in checks.items() if check.outcome is Outcome.SKIPPED),
        "\n".join(dict.fromkeys(told)),
    )


def difference(found: Verdict, truth: Truth) -> str:
    """Return in what a verdict differs from the truth, "" where it does not.

    A check that the truth names must fail; whatever fails besides must be named. One is skipped
    where one before it failed, which is no verdict on it.
    """
    if found.problem:
        return f"not graded: {found.problem}"
    said = []
    unseen = truth.wrong - found.failed
    if unseen:
        said.append(f"accepts {' '.join(sorted(unseen))}")
    unfair = found.failed - truth.wrong
    if unfair:
        said.append(f"refuses {' '.join(sorted(unfair))}: {_first(found)}")
    if not truth.wrong and found.skipped:
        said.append("skips what it should ask")
    if truth.says not in found.told:
        said.append(f"does not say {truth.says!r}: {_first(found)}")
    return "; ".join(said)


def _first(found: Verdict) -> str:
    return found.told.strip().partition("\n")[0]


def totals(differences: Mapping[str, str]) -> tuple[int, int]:
    """Return how many are accepted, and how many refused, that should not be."""
    accepted = sum("accepts" in one for one in differences.values())
    refused = sum("refuses" in one or "not graded" in one for one in differences.values())
    return accepted, refused
