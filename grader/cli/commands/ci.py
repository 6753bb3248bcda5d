"""`grade ci EX…`: grades where nobody is at the terminal, and tells the place what it wants."""

import os
import secrets
from pathlib import Path
from typing import Any, NamedTuple

import click

from grader.cli.errors import NOTHING, OUR_FAULT, SUCCESS, TO_FIX
from grader.cli.options.completion import exercise_argument
from grader.cli.options.engine import class_option
from grader.cli.options.exercises import exercises_alone_option
from grader.cli.options.limits import limiting_options
from grader.cli.options.oracles import fresh_seed_option, oracles_option
from grader.cli.options.reports import reports_option
from grader.cli.options.walls import walls_option
from grader.cli.output import OutputOptions, ReportFile, deliver
from grader.cli.report_files import report_context, write
from grader.cli.signals import ends_in_order
from grader.engines.text import visible
from grader.errors import NothingToGrade, quoted
from grader.exercises import catalogue
from grader.exercises.exercise_programs import fresh_seed
from grader.exercises.search_path import naming_options
from grader.grading.one_submission import grade_listed
from grader.grading.request import (
    REPAIR_STEPS,
    REPAIR_STEPS_WITH_HINTS,
    GradeRequest,
    exercises_of,
    points_of,
)
from grader.grading.submission_choice import submission_of
from grader.integrations.ci.checkout_guard import clear, see_inside
from grader.integrations.ci.detect import NOWHERE, detect
from grader.integrations.ci.job_outputs import lines
from grader.integrations.ci.no_submission import empty_report
from grader.integrations.ci.place import CiSystem
from grader.integrations.ci.threshold import Threshold, threshold
from grader.reports.files import append
from grader.reports.report import Outcome, Report, TrackReport, track_report
from grader.reports.vendors.check_list import reports_of
from grader.reports.vendors.github import is_summary
from grader.sandbox.survey import strongest_tier
from grader.submissions.kinds import kind_of
from grader.submissions.reader import Reader
from grader.submissions.submission import NoSubmission, SeveralSubmissions, Submission, whole

PASSED = ("class_name", "oracles", "allowed", "homes")
ONE = "hand in one script or notebook; whoever set this up can name it with --path"
ELSEWHERE = """\
This is no CI that is known; in one, `grade ci` does what that place wants:
  GitHub Actions  annotates the lines at fault, writes the job's summary and outputs
  Classroom 50    writes result.json and release-body.md
  GitLab CI       writes a JUnit report, grade-junit.xml
  Gradescope      grades /autograder/submission into results.json
`grade export ci` writes what each of them runs. Here the report is printed:"""


def _names(
    _context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]
) -> tuple[str, ...]:
    for word in words:
        if kind_of(word):
            raise click.UsageError(f"{word} is no exercise: --path {quoted(word)} grades that file")
    return words


@click.command
@exercise_argument("exercises", nargs=-1, required=True, callback=_names)
@click.option("--path", type=click.Path(), help="The submission; else what the place has.")
@click.option("--fail-under", default="", help="Points, or 60%, that end it well [all points].")
@reports_option
@class_option
@click.option("--hints/--no-hints", default=True, help="Say what is probably the matter [yes].")
@walls_option("What to put around the submission; the strongest there is, if nobody says.")
@fresh_seed_option
@oracles_option
@limiting_options
@exercises_alone_option
@ends_in_order
def ci(exercises: tuple[str, ...], path: str | None, fail_under: str, **options: Any) -> int:
    """Grade a submission in a CI: finds out where it runs, and writes what that place wants.

    EXERCISES are names or tracks. Exit status 0 where the score is enough, 1 where not; in
    Classroom 50 and Gradescope 0 in any case, since the score is in their file.
    """
    place = detect(os.environ)
    click.echo(ELSEWHERE if place == NOWHERE else f"{place.name}: {place.says}", err=True)
    seed = fresh_seed() if options["seed"] is None else options["seed"]
    request = GradeRequest(
        ",".join(exercises),
        path or place.submission or None,
        seed=seed,
        **{name: options[name] for name in PASSED},
        walls=options["walls"] or strongest_tier(),
        repair_steps=REPAIR_STEPS_WITH_HINTS if options["hints"] else REPAIR_STEPS,
    )
    enough = threshold(fail_under, points_of(request)) if fail_under else Threshold()
    clear(path for _, path in place.reports if not is_summary(path, os.environ))
    reports = tuple(ReportFile(*one) for one in place.reports) + options["reports"]
    result = ci_result(request, place, named=path)
    tell(result, OutputOptions(place.log, hints=options["hints"], reports=reports), place)
    return SUCCESS if place.well else status(result, enough)


class CiResult(NamedTuple):
    """The result of grading in a CI.

    Attributes:
        report: of all exercises; without points where there was nothing to grade.
        submission: None where there was none.
    """

    report: Report | TrackReport
    submission: Submission | None


def ci_result(request: GradeRequest, place: CiSystem, named: str | None = None) -> CiResult:
    """Grade what lies there, and return the result, if only that nothing does.

    Args:
        request: what is asked for.
        place: where this is.
        named: what the command line calls the submission, None where the place says it.
    """
    try:
        submission = _read(request)
        see_inside(submission.path, named, place)
        reports = grade_listed(request, submission)
    except (NothingToGrade, SeveralSubmissions) as error:
        if isinstance(error, NoSubmission | SeveralSubmissions):
            error.hint = _hint(error, request)  # others are for somebody at a terminal
        submission = None
        reports = empty_report(map(catalogue.load, exercises_of(request)), error, request.seed)
    listed = request.exercise.replace(",", ", ")
    return CiResult(reports[0] if len(reports) == 1 else track_report(listed, reports), submission)


def _read(request: GradeRequest) -> Submission:
    """Return the submission; whatever lies beside it in a checkout is the same student's."""
    with Reader() as read:
        submission = submission_of(request, read)
        return submission if submission.whole else read(whole, Path(submission.path))


def _hint(error: NoSubmission | SeveralSubmissions, request: GradeRequest) -> str:
    """Return the hint for whoever handed in, and for whoever has set this up."""
    if isinstance(error, NoSubmission):
        return ONE
    exercises = request.exercise.replace(",", " ") + naming_options(request.homes)
    return f"{ONE}: grade ci {exercises} --path {quoted(visible(error.names[0]))}"


def tell(result: CiResult, output: OutputOptions, place: CiSystem) -> None:
    """Print the report, and write what the place wants besides."""
    report, setting = result.report, report_context(result.submission, output)
    deliver(report, output, setting=setting)
    if place.outputs:
        outputs = lines(report, secrets.token_hex(16))
        append(place.outputs, outputs.encode(errors="backslashreplace"))
    write(report, output, setting)


def status(result: CiResult, enough: Threshold) -> int:
    """Return the exit status of a result."""
    if result.submission is None:
        return NOTHING
    if not enough.reached(result.report.score, result.report.max_score):
        return TO_FIX
    checks = (check for report in reports_of(result.report) for check in report.checks)
    return OUR_FAULT if any(check.outcome is Outcome.BROKEN for check in checks) else SUCCESS
