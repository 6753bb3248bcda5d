"""One grading, as the command line asks for it: sits, delivers the report, gives a status."""

from grader.cli.errors import COMMANDS, OUR_FAULT, SUCCESS, TO_FIX
from grader.cli.output import Output, deliver
from grader.exercises.catalogue import TrackNotExercise, UnknownExercise
from grader.grading.one_submission import sit, sit_track
from grader.grading.request import Choice
from grader.reports.report import Outcome, Report, TrackReport, track_report
from grader.sandbox.interpreter import Interpreter
from grader.submissions.submission import find


def run(choice: Choice, output: Output, ready: Interpreter | None) -> int:
    """Grade as `choice` says, write the report as `output` says, and return the exit status."""
    try:
        report, next_name = sit(choice, ready)
    except UnknownExercise as error:  # a command may have been meant
        raise UnknownExercise(choice.exercise, (*error.known, *COMMANDS)) from None
    except TrackNotExercise:
        reports = sit_track(choice, ready)
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
    report: Report | TrackReport, output: Output, next_name: str | None, choice: Choice
) -> None:
    """Deliver the report, and then write what is wanted besides."""
    if not output.for_machines:
        deliver(report, output, next_name)
        return
    from grader.cli import report_files

    setting = report_files.setting_of(find(choice.path, choice.exercise), output)
    deliver(report, output, next_name, setting)
    report_files.write(report, output, setting)
