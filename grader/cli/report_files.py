"""Further reports of the same grading, each written into a file of its own."""

import os
import secrets
import time
from pathlib import Path

import click

from grader.cli.output import OutputOptions
from grader.engines.text import visible
from grader.errors import UnwritableOutput
from grader.reports.context import ReportContext
from grader.reports.files import append, write_into
from grader.reports.formats import rendered
from grader.reports.report import Report, TrackReport
from grader.reports.vendors.github import fitting, is_summary
from grader.reports.vendors.notebook_lines import cell_lines
from grader.submissions.submission import Submission

LONGEST_PATH = 4096


def report_context(submission: Submission | None, output: OutputOptions) -> ReportContext:
    """Return the context of a grading, of a submission or for want of one."""
    notebook = submission is not None and submission.kind == "notebook"
    path = submission.path if submission else ""
    return ReportContext(
        path=path,
        here=os.getcwd(),
        cells=cell_lines(_text(path)) if notebook else (),
        environment={name: visible(value, LONGEST_PATH) for name, value in os.environ.items()},
        now=time.time(),
        token=secrets.token_hex(16),
        hints=output.hints,
    )


def write(report: Report | TrackReport, output: OutputOptions, setting: ReportContext) -> None:
    """Write the further reports, each whole or not at all; the job's summary is added to.

    Raises:
        GraderError: one cannot be made, and none is written; or a file cannot be written.
    """
    texts = [(one, rendered(report, one.format, setting)) for one in output.reports]
    failed = []
    for one, text in texts:
        content = text.encode(errors="backslashreplace")
        try:
            if one.format == "markdown" and is_summary(one.path, setting.environment):
                _summarise(one.path, content)
            else:
                write_into(one.path, content)
        except UnwritableOutput as error:  # the others are written all the same
            failed.append(error)
    if failed:
        raise failed[0]


def _summarise(path: str, content: bytes) -> None:
    """Add to a job's summary; where it cannot be, that is the runner's affair, and is said."""
    taken = os.path.getsize(path) if os.path.exists(path) else 0
    try:
        append(path, fitting(b"\n" + content, taken))  # its last line may lack an end
    except UnwritableOutput as error:
        click.echo(f"without a summary: {error.message}", err=True)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:  # it went away since; then its lines are not found
        return ""
