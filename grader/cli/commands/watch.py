"""`grade watch EX [PATH]`: grades at each save, and says what changed since the time before."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from time import strftime
from typing import Any

import click

from grader.cli.errors import SUCCESS, say
from grader.cli.file_watcher import FileWatcher, version_of
from grader.cli.options.completion import exercise_argument
from grader.cli.options.engine import class_option
from grader.cli.options.exercises import exercises_option
from grader.cli.options.limits import limiting_options
from grader.cli.options.oracles import seed_option
from grader.cli.output import OutputOptions, deliver, deliver_page, style
from grader.cli.sign_of_life import sign_of_life
from grader.cli.signals import ends_in_order
from grader.cli.spare_interpreters import SavedAgain, SpareInterpreters, Version
from grader.engines.text import visible
from grader.errors import Misused, NothingToGrade, at
from grader.exercises import catalogue
from grader.exercises.search_path import naming_options
from grader.grading.one_submission import grade_submission
from grader.grading.request import REPAIR_STEPS, GradeRequest, exercises_of, with_limits
from grader.grading.submission_choice import submission_of
from grader.reports.changes import changes
from grader.reports.next_command import NextCommand
from grader.reports.report import Report, track_report
from grader.reports.text import changes_text
from grader.submissions.submission import Submission, find, whole

SETTLES_S = 0.5  # how long a file may be gone or empty while an editor saves it


@click.command
@exercise_argument()
@click.argument("path", required=False, type=click.Path())
@click.option("--html", "page", type=click.Path(), help="Write a page, anew each time.")
@click.option("--hints", is_flag=True, help="Say what is probably the matter.")
@class_option
@seed_option
@limiting_options
@exercises_option
@ends_in_order
def watch(exercise: str, path: str | None, page: str | None, hints: bool, **options: Any) -> int:
    """Grade a submission now, and again at each save; Ctrl-C ends it.

    EXERCISE and PATH are as for `grade EXERCISE [PATH]`. After each save you see first what changed
    since the time before: which checks are right now, which are wrong, and the points.

    Exit status: 0 when Ctrl-C ended it; 2 and 4, as of `grade`, when it could not begin.
    """
    gc.enable()  # it goes on for hours, other than `grade`
    request = GradeRequest(exercise, path, repair_steps=REPAIR_STEPS, **options)
    watched = WatchedSubmission(request, OutputOptions(page=page, hints=hints))
    try:
        watched.go_on()
    except KeyboardInterrupt:
        click.echo(f"\nno longer watching {watched.submission.shown}")
    finally:
        watched.end()
    return SUCCESS


class WatchedSubmission:
    """A submission that is graded at each save."""

    def __init__(self, request: GradeRequest, output: OutputOptions) -> None:
        entries = exercises_of(request)
        self.submission = submission_of(request)
        self._path = Path(self.submission.path)
        self._exercises = [catalogue.load(entry) for entry in entries]
        self._choice = with_limits(request, entries)
        self._output = output
        self._is_track = request.exercise == entries[0].track
        following = catalogue.next_entry(entries[0], request.homes)
        self._next = NextCommand(
            following.name if following else None,
            visible(at(self._path)),
            naming_options(request.homes),
        )
        self._before: Sequence[Report] = ()
        self._graded: Version | None = None
        self._interpreters = SpareInterpreters()
        self._saves = FileWatcher(
            self._path, lambda: self._interpreters.saved(version_of(self._path))
        )

    def go_on(self) -> None:
        """Grade, wait for a save, and so on.

        Raises:
            GraderError: the first grading is not possible.
        """
        self._grade(version_of(self._path))
        if sys.stderr.isatty():
            name = self.submission.shown
            print(f"\nwatching {name}: save it to grade it again; Ctrl-C ends", file=sys.stderr)
        while True:
            version = self._settled_version()
            if version == self._graded:
                self._saves.wait()
                continue
            try:
                self._grade(version)
            except (Misused, NothingToGrade) as error:  # the next save may put it right
                self._separate()
                say(error.message, error.hint, SUCCESS)

    def end(self) -> None:
        """End what runs beside."""
        self._saves.end()
        self._interpreters.end()

    def _settled_version(self) -> Version:
        """Return the version to grade; one of a file that is gone or empty only if it stays so."""
        for _ in range(3):
            version = version_of(self._path)
            if version or self._graded == version or not self._saves.wait(SETTLES_S):
                break
        return version

    def _grade(self, version: Version) -> None:
        """Grade a version, and show what came of it, unless a newer one has overtaken it."""
        self._interpreters.begin(version)
        self._graded = version
        try:
            submission = self._read()
            with sign_of_life(f"{submission.shown} is still running"):
                reports = grade_submission(
                    self._exercises, submission, self._choice, launch=self._interpreters.launch
                )
        except SavedAgain:
            self._graded = None
            return
        finally:
            overtaken = self._interpreters.prepare()
        if overtaken:
            self._graded = None
        else:
            self._show(reports)

    def _read(self) -> Submission:
        if self.submission.whole:
            return whole(self._path)
        return find(at(self._path), self._choice.exercise)

    def _show(self, reports: Sequence[Report]) -> None:
        report = track_report(self._choice.exercise, reports) if self._is_track else reports[0]
        difference = changes(self._before, reports) if self._before else None
        self._before = reports
        if difference is not None:
            self._separate()
            sys.stdout.write(changes_text.render(difference, style(self._output)))
        if difference is not None and difference.nothing:
            deliver_page(report, self._output)
        else:
            deliver(report, self._output, self._next)
        sys.stdout.flush()

    def _separate(self) -> None:
        sys.stdout.write("\n" + changes_text.separator(strftime("%H:%M:%S"), style(self._output)))
        sys.stdout.flush()
