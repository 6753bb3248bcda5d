"""Collects the checks of exercises for one submission, and asks them when they are run."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from grader import catalogue
from grader.catalogue import Entry
from grader.errors import GraderError
from grader.exercise import Check
from grader.homes import Homes, homes
from grader.plugin.settings import HINTS, SUBMISSION
from grader.reports.cell_lines import cell_lines
from grader.reports.fault import fault
from grader.reports.setting import Setting
from grader.reports.terminal import Style, explanation
from grader.results import CheckResult, Outcome, Report
from grader.sittings.sitting import Choice, entries, sit
from grader.submission import Submission, find


class NotPassed(Exception):
    """What there is to say of a check that has failed."""


class NotTheirs(Exception):
    """What there is to say of a check that the grader itself has failed on."""


def begin(config: pytest.Config, named: Iterable[str]) -> None:
    """Have pytest collect the checks of exercises.

    Args:
        config: pytest's, whose arguments become the submission where they are none.
        named: exercises and tracks.

    Raises:
        UsageError: there is no such exercise, or nothing to grade.
    """
    where = config.getoption(SUBMISSION) or config.getini(SUBMISSION) or None
    known = homes(())
    try:
        found = entries(Choice(",".join(named), homes=known))
        submission = find(where, found[0].name)
    except GraderError as error:
        raise pytest.UsageError(told(error)) from error
    if config.args_source is pytest.Config.ArgsSource.ARGS:
        config.args.append(submission.path)
    else:
        config.args = [submission.path]
    config.pluginmanager.register(Checks(found, submission, known), "grade-checks")


def told(error: GraderError) -> str:
    """Return an error's line and its hint."""
    return f"{error.message} ({error.hint})" if error.hint else error.message


class Checks:
    """Puts the checks in the place of the submission, which is never imported here."""

    def __init__(self, found: Iterable[Entry], submission: Submission, known: Homes) -> None:
        self._entries = tuple(found)
        self._submission = submission
        self._homes = known

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makemodule(
        self, module_path: Path, parent: pytest.Collector
    ) -> pytest.File | None:
        """Take a script before pytest would import it."""
        return self._file(module_path, parent)

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.File | None:
        """Take a notebook; a script comes the other way."""
        return self._file(file_path, parent) if file_path.suffix == ".ipynb" else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Grade before pytest asks for an item's line, which is known no sooner."""
        if isinstance(item, CheckItem):
            item.ready = True

    def _file(self, path: Path, parent: pytest.Collector) -> pytest.File | None:
        if str(path) != self._submission.path:
            return None
        made: pytest.File = SubmissionFile.from_parent(parent, path=path)
        made.entries, made.homes = self._entries, self._homes  # type: ignore[attr-defined]
        return made


class SubmissionFile(pytest.File):
    """What was handed in."""

    entries: tuple[Entry, ...] = ()
    homes: Homes

    def collect(self) -> Iterator[pytest.Collector]:
        """Yield the exercises."""
        for entry in self.entries:
            made = ExerciseNode.from_parent(self, name=entry.path)
            made.entry = entry
            yield made


class ExerciseNode(pytest.Collector):
    """An exercise; the submission runs once for all of its checks."""

    entry: Entry
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
        """What came of the exercise.

        Raises:
            GraderError: it could not be graded.
        """
        choice = Choice(self.entry.path, str(self.path), homes=self.parent.homes)
        return sit(choice, None)[0]

    @cached_property
    def setting(self) -> Setting:
        """Where the submission lies, and a notebook's lines in it."""
        notebook = self.path.suffix == ".ipynb"
        text = self.path.read_text(encoding="utf-8", errors="replace") if notebook else ""
        return Setting(str(self.path), str(self.path.parent), cell_lines(text) if text else ())


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
            raise NotTheirs(self.result.message)

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
        if isinstance(excinfo.value, NotPassed | NotTheirs):
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
            found = fault(self.parent.report, self.result, self.parent.setting)
        except GraderError:  # it is told when the item is run
            return None
        own = found.line is not None and found.file == self.path.name
        return found.line - 1 if own and found.line else None
