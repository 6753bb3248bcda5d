"""The second pass over a class: searches what failed for its causes, when all marks are written.

It is best effort. So many searches are made that they cost 0.05 s of CPU for each submission on
average; what a run leaves out, or does not come to before it is ended, the next one begins with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from grader.course.batch.handed_code import code_in
from grader.course.batch.jobs import JobResult, job_result
from grader.course.batch.ledger import Ledger, LedgerEntry
from grader.course.batch.scheduler import Make, Task, run
from grader.course.batch.worker import REPAIR_STEPS_KEY
from grader.course.causes.failure_groups import FailureGroup, asks_for_cause, failure_groups
from grader.grading.request import REPAIR_STEPS
from grader.reports.report import CheckResult, Diagnosis, Report

FILE = "causes.jsonl"
EACH = 8  # a search takes 0.25 to 0.4 s of CPU: one for so many submissions
FEWEST = 4
NOBODY = ""  # a cause is a group's, and no student's
JobOf = Callable[[str, str], Mapping[str, Any]]
"""A student's key, and an exercise → the job of grading them."""


class CauseSearch(NamedTuple):
    """What a pass needs.

    Attributes:
        out: the course's folder.
        submissions: the folder in it with what was handed in.
        same: stands for what is the same for the whole course.
        make: gives what does jobs.
        at_once: how many.
        job: gives the job of a student, against one exercise.
    """

    out: Path
    submissions: Path
    same: str
    make: Make
    at_once: int
    job: JobOf


def with_causes(search: CauseSearch, outcomes: Mapping[str, JobResult]) -> dict[str, JobResult]:
    """Return everyone's results with the causes of what fails, as far as they are known.

    Raises:
        UnwritableOutput: they cannot be kept.
    """
    texts: dict[tuple[str, str], str] = {}

    def code(key: str, name: str) -> str:
        if (key, name) not in texts:
            handed = code_in(search.submissions / key, name)
            texts[key, name] = handed.text if handed and not handed.is_cut else ""
        return texts[key, name]

    groups = failure_groups(outcomes, code, search.same)
    if not groups:
        return dict(outcomes)
    with closing(Ledger(search.out / FILE)) as known:
        _search(search, groups, known, max(FEWEST, len(outcomes) // EACH))
        found = dict(outcomes)
        for group in groups:
            entry = known.of(NOBODY, group.stamp)
            for key in group.students if entry else ():
                assert entry is not None
                found[key] = _explained(found[key], group.exercise, entry)
        return found


def _search(search: CauseSearch, groups: Iterable[FailureGroup], known: Ledger, most: int) -> None:
    """Search the first groups that are not known yet."""
    missing = [one for one in groups if not known.knows(NOBODY, one.stamp)][:most]
    tasks = (
        Task(one.students[0], one.stamp, _job(search.job(one.students[0], one.exercise)))
        for one in missing
    )
    for task, outcome in run(tasks, search.make, search.at_once):
        known.add(LedgerEntry(NOBODY, task.stamp, outcome))
        known.settle()  # what ends this run costs no search twice


def _job(job: Mapping[str, Any]) -> dict[str, Any]:
    return {**job, REPAIR_STEPS_KEY: REPAIR_STEPS}


def _explained(outcome: JobResult, exercise: str, entry: LedgerEntry) -> JobResult:
    """Return a student's results with the causes that were found in an engine like theirs."""
    try:
        searched = job_result(entry.outcome).reports
    except (ValueError, KeyError, TypeError):  # a line that somebody has written for themselves
        return outcome
    causes = {
        check.id: [one for one in (check.diagnosis, *check.further) if one and one.where]
        for report in searched
        for check in report.checks
    }
    reports = tuple(
        _with(report, causes) if report.exercise == exercise else report
        for report in outcome.reports
    )
    return outcome._replace(reports=reports)


def _with(report: Report, causes: Mapping[str, Sequence[Diagnosis]]) -> Report:
    checks = tuple(_told(one, causes.get(one.id, ())) for one in report.checks)
    return report._replace(checks=checks)


def _told(result: CheckResult, causes: Sequence[Diagnosis]) -> CheckResult:
    if not causes or not asks_for_cause(result):
        return result
    return result._replace(diagnosis=causes[0], further=tuple(causes[1:]))
