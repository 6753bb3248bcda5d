"""`grade submit EX PATH --to URL`: hand in to a service, and print the same report."""

import os
from pathlib import Path
from typing import Any

import click

from grader.cli import report_files
from grader.cli.errors import NOTHING, OUR_FAULT, SUCCESS, TO_FIX, say
from grader.cli.options.completion import exercise_argument
from grader.cli.options.exercises import exercises_option
from grader.cli.options.reports import reports_option
from grader.cli.output import OutputOptions, deliver
from grader.cli.sign_of_life import sign_of_life
from grader.exercises import catalogue
from grader.integrations.service_client import (
    ServiceVerdict,
    SubmissionUpload,
    submit,
    token_in,
)
from grader.reports.formats import FORMATS
from grader.reports.report import Outcome, Report

WAITING = "waiting for the verdict"
LONGEST_S = 3600


@click.command("submit")
@exercise_argument()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "url", required=True, help="The course's page: https://HOST/courses/NAME.")
@click.option(
    "-f", "--format", type=click.Choice(FORMATS), metavar="FORMAT", default="text",
    help=f"How the report is written: {', '.join(FORMATS)}.",
)  # fmt: skip
@click.option("-o", "--out", "file", type=click.Path(), help="Write the report to this file.")
@click.option("--html", "page", type=click.Path(), help="Write a page beside the report.")
@reports_option
@click.option("--hints", is_flag=True, help="Say what is probably the matter.")
@click.option("--wait", type=click.IntRange(0, LONGEST_S), default=600, show_default=True,
              help="Seconds to wait for the verdict.")  # fmt: skip
@exercises_option
def submit_(exercise: str, path: Path, url: str, wait: int, **options: Any) -> int:
    """Hand in to a service, and print its verdict.

    PATH is a script, a notebook, or a zip with one. GRADE_TOKEN holds a token, which your page of
    the service makes.
    """
    name = catalogue.find(exercise, options.pop("homes")).path
    upload = SubmissionUpload(url, name, path, token_in(os.environ))
    with sign_of_life(WAITING):
        verdict = submit(upload, wait)
    output = OutputOptions(**{name: options[name] for name in OutputOptions._fields})
    if verdict.report is None:
        return _without_report(verdict)
    context = report_files.report_context(None, output) if output.for_machines else None
    deliver(verdict.report, output, setting=context)
    if context:
        report_files.write(verdict.report, output, context)
    click.echo(verdict.page, err=True)
    return _status(verdict.report)


def _without_report(verdict: ServiceVerdict) -> int:
    """Say why there is no report, and return the exit status for that."""
    if verdict.state == "by hand":
        return say(verdict.problem, f"a person will look at it: {verdict.page}", NOTHING)
    if verdict.state == "ours":
        return say(verdict.problem, f"it costs you nothing: {verdict.page}", OUR_FAULT)
    return say("there is no verdict yet", f"it is not lost: {verdict.page}", OUR_FAULT)


def _status(report: Report) -> int:
    if report.passed:
        return SUCCESS
    failed = any(check.outcome is Outcome.FAILED for check in report.checks)
    return TO_FIX if failed else OUR_FAULT
