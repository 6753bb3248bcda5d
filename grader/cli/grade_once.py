"""One grading, as the command line asks for it: grades, delivers the report, gives a status."""

from grader.cli.errors import COMMANDS, OUR_FAULT, SUCCESS, TO_FIX
from grader.cli.output import OutputOptions, deliver
from grader.cli.sign_of_life import sign_of_life
from grader.engines.text import visible
from grader.errors import at
from grader.exercises.catalogue import TrackNotExercise, UnknownExercise
from grader.exercises.search_path import naming_options
from grader.grading.one_submission import grade_exercise, grade_track
from grader.grading.request import GradeRequest
from grader.reports.next_command import NextCommand
from grader.reports.report import Outcome, Report, TrackReport, track_report
from grader.sandbox.interpreter import Interpreter
from grader.submissions.submission import Submission

RUNNING = "still running"


def run(request: GradeRequest, output: OutputOptions, ready: Interpreter | None) -> int:
    """Grade as `request` says, write the report as `output` says, and return the exit status."""
    try:
        with sign_of_life(RUNNING):
            exercise = grade_exercise(request, ready)
    except UnknownExercise as error:  # a command may have been meant
        raise UnknownExercise(request.exercise, (*error.known, *COMMANDS)) from None
    except TrackNotExercise:
        with sign_of_life(RUNNING):
            track = grade_track(request, ready)
        reports = track.reports
        command = _command(request, track.submission)
        _tell(track_report(request.exercise, reports), track.submission, output, command)
    else:
        reports = [exercise.report]
        command = _command(request, exercise.submission, exercise.next_name)
        _tell(exercise.report, exercise.submission, output, command)
    if all(report.passed for report in reports):
        return SUCCESS
    outcomes = {check.outcome for report in reports for check in report.checks}
    return TO_FIX if Outcome.FAILED in outcomes else OUR_FAULT


def _command(
    request: GradeRequest, submission: Submission, following: str | None = None
) -> NextCommand:
    """Return the words of the next command line, as they can be pasted."""
    path = visible(request.path or at(submission.path))
    return NextCommand(following, path, naming_options(request.homes))


def _tell(
    report: Report | TrackReport,
    submission: Submission,
    output: OutputOptions,
    command: NextCommand,
) -> None:
    """Deliver the report, and then write what is wanted besides."""
    if not output.for_machines:
        deliver(report, output, command)
        return
    from grader.cli import report_files

    context = report_files.report_context(submission, output)
    deliver(report, output, command, context)
    report_files.write(report, output, context)
