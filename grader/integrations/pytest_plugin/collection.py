"""Collects the checks of exercises for one submission, and asks them when they are run."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from grader.errors import GraderError
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.exercise import Check
from grader.exercises.search_path import Folders, search_path
from grader.grading.one_submission import grade_listed
from grader.grading.request import GradeRequest, exercises_of
from grader.integrations.pytest_plugin import selection
from grader.integrations.pytest_plugin.settings import HINTS
from grader.reports.context import ReportContext
from grader.reports.report import CheckResult, Outcome, Report
from grader.reports.text.terminal import Style, explanation
from grader.reports.vendors.location import fault_location
from grader.reports.vendors.notebook_lines import cell_lines
from grader.submissions.submission import find


class NotPassed(Exception):
    """What there is to say of a check that has failed."""


class GraderFault(Exception):
    """What there is to say of a check that the grader itself has failed on."""


def begin(config: pytest.Config) -> None:
    """Have pytest collect the checks of exercises.

    Args:
        config: pytest's, of whose arguments the submission is none from now on.

    Raises:
        UsageError: there is no such exercise, or nothing to grade.
    """
    known = search_path(())
    try:
        found = exercises_of(GradeRequest(",".join(selection.named(config)), homes=known))
        submission = find(selection.place(config), found[0].name)
    except GraderError as error:
        raise pytest.UsageError(told(error)) from error
    path = Path(os.path.realpath(submission.path))
    selected = selection.select(config, path)
    if selected is not None:
        sitting = GradedSubmission(found, path, known)
        config.pluginmanager.register(Checks(sitting, selected), "grade-checks")


def told(error: GraderError) -> str:
    """Return an error's line and its hint."""
    return f"{error.message} ({error.hint})" if error.hint else error.message


class GradedSubmission:
    """A submission, and the exercises that it is graded against; it runs once for all of them."""

    def __init__(self, found: Iterable[ExerciseEntry], path: Path, known: Folders) -> None:
        """Take what is asked for; nothing is run yet."""
        self.entries = tuple(found)
        self.path = path
        self._homes = known
        self._reports: dict[str, Report] = {}

    def report(self, asked: ExerciseEntry, together: Iterable[ExerciseEntry]) -> Report:
        """Return what came of an exercise, graded with others that are asked for as well.

        Raises:
            GraderError: it could not be graded.
        """
        if asked.path not in self._reports:
            try:
                self._grade(entry for entry in self.entries if entry in {*together, asked})
            except GraderError:  # of one of them; the others have nothing to do with it
                self._grade([asked])
        return self._reports[asked.path]

    def _grade(self, some: Iterable[ExerciseEntry]) -> None:
        named = ",".join(entry.path for entry in some)
        submission = find(str(self.path), named)
        reports = grade_listed(GradeRequest(named, homes=self._homes), submission)
        self._reports |= {report.exercise: report for report in reports}

    @cached_property
    def setting(self) -> ReportContext:
        """Where the submission lies, and a notebook's lines in it."""
        notebook = self.path.suffix == ".ipynb"
        text = self.path.read_text(encoding="utf-8-sig", errors="replace") if notebook else ""
        return ReportContext(
            str(self.path), str(self.path.parent), cell_lines(text) if text else ()
        )


class Checks:
    """Adds the checks to what pytest has collected; it never visits the submission."""

    def __init__(self, sitting: GradedSubmission, selected: Iterable[str]) -> None:
        self._sitting = sitting
        self._selected = tuple(selected)

    def pytest_report_header(self, config: pytest.Config) -> str | None:
        """Say where a stranger may have had a word in how pytest runs."""
        beside = self._sitting.path.parent / "conftest.py"
        plugins = config.pluginmanager.get_plugins()
        loaded = any(getattr(one, "__file__", None) == str(beside) for one in plugins)
        return f"grade: pytest has run {beside}, and nothing it says is sure" if loaded else None

    def pytest_ignore_collect(self, collection_path: Path, config: pytest.Config) -> bool | None:
        """Keep pytest from what was handed in where it visits a folder above."""
        handed_in = selection.submission_given(config, self._sitting.path)
        path = Path(os.path.realpath(collection_path))
        return True if path.is_relative_to(handed_in) else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Collect the checks, before others choose among what is collected.

        Raises:
            UsageError: one that was named is none.
        """
        made = SubmissionFile.from_parent(session, path=self._sitting.path)
        made.sitting = self._sitting
        found = list(session.genitems(made))
        for asked in self._selected:
            if asked and not any(map(_is_below(made, asked), found)) and not session.testsfailed:
                raise pytest.UsageError(f"no check {asked} in {made.nodeid}")
        wanted = [_is_below(made, asked) for asked in self._selected]
        items[:0] = [item for item in found if any(fits(item) for fits in wanted)]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Grade before pytest asks for an item's line, which is known no sooner."""
        if isinstance(item, CheckItem):
            item.ready = True


def _is_below(file: pytest.File, asked: str) -> Callable[[pytest.Item], bool]:
    wanted = f"{file.nodeid}::{asked}" if asked else file.nodeid
    return lambda item: f"{item.nodeid}::".startswith(f"{wanted}::")


class SubmissionFile(pytest.File):
    """What was handed in."""

    sitting: GradedSubmission

    def collect(self) -> Iterator[pytest.Collector]:
        """Yield the exercises."""
        for entry in self.sitting.entries:
            made = ExerciseNode.from_parent(self, name=entry.path)
            made.entry = entry
            yield made


class ExerciseNode(pytest.Collector):
    """An exercise; the submission runs once for all of its checks."""

    entry: ExerciseEntry
    parent: SubmissionFile

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the checks.

        Raises:
            CollectError: the exercise is broken.
        """
        try:
            checks = catalogue.load(self.entry).checks
        except GraderError as error:
            raise self.CollectError(told(error)) from error
        for check in checks:
            made = CheckItem.from_parent(self, name=check.id)
            made.check = check
            yield made

    @cached_property
    def report(self) -> Report:
        """What came of the exercise, which is graded with all that is to be run.

        Raises:
            GraderError: it could not be graded.
        """
        items = (item for item in self.session.items if isinstance(item, CheckItem))
        return self.parent.sitting.report(self.entry, {item.parent.entry for item in items})


class CheckItem(pytest.Item):
    """A check."""

    check: Check
    parent: ExerciseNode
    ready = False

    @property
    def result(self) -> CheckResult:
        """How it came out."""
        return next(one for one in self.parent.report.checks if one.id == self.check.id)

    def setup(self) -> None:
        """Grade, where that was not done yet; what goes wrong here is not the student's fault."""
        if self.result.outcome is Outcome.BROKEN:
            raise GraderFault(self.result.message)

    def runtest(self) -> None:
        """Say how it came out."""
        outcome = self.result.outcome
        if outcome is Outcome.SKIPPED:
            pytest.skip(self.result.message)
        if outcome is Outcome.FAILED:
            hints = bool(self.config.getoption(HINTS))
            raise NotPassed(explanation(self.result, Style(hints=hints)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return our words in place of a traceback."""
        if isinstance(excinfo.value, NotPassed | GraderFault):
            return str(excinfo.value).rstrip()
        if isinstance(excinfo.value, GraderError):
            return told(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the student's line, from 0, once it is known, and what the check says."""
        return self.path, self._line(), f"{self.parent.name}: {self.check.title}"

    def _line(self) -> int | None:
        if not self.ready:
            return None
        try:
            found = fault_location(
                self.parent.report, self.result, self.parent.parent.sitting.setting
            )
        except GraderError:  # it is told when the item is run
            return None
        own = found.line is not None and found.file == self.path.name
        return found.line - 1 if own and found.line else None
