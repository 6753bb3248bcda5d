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
    """A check has failed; the text is all that there is to say of it."""


class GraderFault(Exception):
    """The grader itself has failed on a check; the text says how."""


def begin(config: pytest.Config) -> None:
    """Have pytest collect the checks of exercises.

    Args:
        config: pytest's, of whose arguments the submission is none from now on.

    Raises:
        UsageError: there is no such exercise, or nothing to grade.
    """
    homes = search_path(())
    try:
        entries = exercises_of(GradeRequest(",".join(selection.exercises(config)), homes=homes))
        submission = find(selection.place(config), entries[0].name)
    except GraderError as error:
        raise pytest.UsageError(in_one_line(error)) from error
    path = Path(os.path.realpath(submission.path))
    selected = selection.select(config, path)
    if selected is not None:
        graded = GradedSubmission(entries, path, homes)
        config.pluginmanager.register(Checks(graded, selected), "grade-checks")


def in_one_line(error: GraderError) -> str:
    """Return an error's line and its hint."""
    return f"{error.message} ({error.hint})" if error.hint else error.message


class GradedSubmission:
    """A submission, and the exercises that it is graded against; it runs once for all of them."""

    def __init__(self, entries: Iterable[ExerciseEntry], path: Path, homes: Folders) -> None:
        """Take what is asked for; nothing is run yet."""
        self.entries = tuple(entries)
        self.path = path
        self._homes = homes
        self._reports: dict[str, Report] = {}

    def report(self, entry: ExerciseEntry, together: Iterable[ExerciseEntry]) -> Report:
        """Return the report on an exercise, graded with others that are to be run as well.

        Raises:
            GraderError: it could not be graded.
        """
        if entry.path not in self._reports:
            try:
                self._grade(one for one in self.entries if one in {*together, entry})
            except GraderError:  # of one of them; the others have nothing to do with it
                self._grade([entry])
        return self._reports[entry.path]

    def _grade(self, some: Iterable[ExerciseEntry]) -> None:
        named = ",".join(entry.path for entry in some)
        submission = find(str(self.path), named)
        reports = grade_listed(GradeRequest(named, homes=self._homes), submission)
        self._reports |= {report.exercise: report for report in reports}

    @cached_property
    def setting(self) -> ReportContext:
        """The path of the submission, and a notebook's lines in it."""
        notebook = self.path.suffix == ".ipynb"
        text = self.path.read_text(encoding="utf-8-sig", errors="replace") if notebook else ""
        return ReportContext(
            str(self.path), str(self.path.parent), cell_lines(text) if text else ()
        )


class Checks:
    """Adds the checks to what pytest has collected; it never visits the submission."""

    def __init__(self, graded: GradedSubmission, selected: Iterable[str]) -> None:
        self._graded = graded
        self._selected = tuple(selected)

    def pytest_report_header(self, config: pytest.Config) -> str | None:
        """Say where a stranger may have had a word in how pytest runs."""
        beside = self._graded.path.parent / "conftest.py"
        plugins = config.pluginmanager.get_plugins()
        loaded = any(getattr(one, "__file__", None) == str(beside) for one in plugins)
        return f"grade: pytest has run {beside}, and nothing it says is sure" if loaded else None

    def pytest_ignore_collect(self, collection_path: Path, config: pytest.Config) -> bool | None:
        """Keep pytest from what was handed in where it visits a folder above."""
        handed_in = selection.path_left_out(config, self._graded.path)
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
        file = SubmissionFile.from_parent(session, path=self._graded.path)
        file.graded = self._graded
        own = list(session.genitems(file))
        for selected in self._selected:
            if (
                selected
                and not any(map(_is_below(file, selected), own))
                and not session.testsfailed
            ):
                raise pytest.UsageError(f"no check {selected} in {file.nodeid}")
        predicates = [_is_below(file, selected) for selected in self._selected]
        items[:0] = [item for item in own if any(fits(item) for fits in predicates)]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Grade before pytest asks for an item's line, which is known no sooner."""
        if isinstance(item, CheckItem):
            item.ready = True


def _is_below(file: pytest.File, selected: str) -> Callable[[pytest.Item], bool]:
    prefix = f"{file.nodeid}::{selected}" if selected else file.nodeid
    return lambda item: f"{item.nodeid}::".startswith(f"{prefix}::")


class SubmissionFile(pytest.File):
    """The submission, as a file of pytest's."""

    graded: GradedSubmission

    def collect(self) -> Iterator[pytest.Collector]:
        """Yield the exercises."""
        for entry in self.graded.entries:
            node = ExerciseNode.from_parent(self, name=entry.path)
            node.entry = entry
            yield node


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
            raise self.CollectError(in_one_line(error)) from error
        for check in checks:
            node = CheckItem.from_parent(self, name=check.id)
            node.check = check
            yield node

    @cached_property
    def report(self) -> Report:
        """The report on the exercise, which is graded with all that is to be run.

        Raises:
            GraderError: it could not be graded.
        """
        items = (item for item in self.session.items if isinstance(item, CheckItem))
        return self.parent.graded.report(self.entry, {item.parent.entry for item in items})


class CheckItem(pytest.Item):
    """A check."""

    check: Check
    parent: ExerciseNode
    ready = False

    @property
    def result(self) -> CheckResult:
        """The result."""
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
            return in_one_line(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the student's line, from 0, once it is known, and what the check says."""
        return self.path, self._line(), f"{self.parent.name}: {self.check.title}"

    def _line(self) -> int | None:
        if not self.ready:
            return None
        try:
            location = fault_location(
                self.parent.report, self.result, self.parent.parent.graded.setting
            )
        except GraderError:  # it is told when the item is run
            return None
        own = location.line is not None and location.file == self.path.name
        return location.line - 1 if own and location.line else None
