"""One grading, as the command line asks for it: grades, delivers the report, gives a status."""

from grader.cli.errors import COMMANDS, OUR_FAULT, SUCCESS, TO_FIX
from grader.cli.output import OutputOptions, deliver
from grader.exercises.catalogue import TrackNotExercise, UnknownExercise
from grader.grading.one_submission import grade_exercise, grade_track
from grader.grading.request import GradeRequest
from grader.reports.report import Outcome, Report, TrackReport, track_report
from grader.sandbox.interpreter import Interpreter
from grader.submissions.submission import find


def run(choice: GradeRequest, output: OutputOptions, ready: Interpreter | None) -> int:
    """Grade as `choice` says, write the report as `output` says, and return the exit status."""
    try:
        report, next_name = grade_exercise(choice, ready)
    except UnknownExercise as error:  # a command may have been meant
        raise UnknownExercise(choice.exercise, (*error.known, *COMMANDS)) from None
    except TrackNotExercise:
        reports = grade_track(choice, ready)
        track = track_report(choice.exercise, reports)
        _tell(track, output, None, choice)
    else:
        _tell(report, output, next_name, choice)
        reports = [report]
    if all(report.passed for report in reports):
        return SUCCESS
    outcomes = {check.outcome for report in reports for check in report.checks}
    return TO_FIX if Outcome.FAILED in outcomes else OUR_FAULT


def _tell(
    report: Report | TrackReport, output: OutputOptions, next_name: str | None, choice: GradeRequest
) -> None:
    """Deliver the report, and then write what is wanted besides."""
    if not output.for_machines:
        deliver(report, output, next_name)
        return
    from grader.cli import report_files

    setting = report_files.report_context(find(choice.path, choice.exercise), output)
    deliver(report, output, next_name, setting)
    report_files.write(report, output, setting)
