"""`--report FORMAT=PATH`: more reports of the same grading, each in a file of its own."""

import os
import secrets
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from grader.cli.output import FORMATS, Output, Wanted, rendered
from grader.engines.text import visible
from grader.errors import Misused, UnwritableOutput, nearest
from grader.reports.context import Setting
from grader.reports.files import append, into
from grader.reports.report import Report, TrackReport
from grader.reports.vendors.github import fitting, is_summary
from grader.reports.vendors.notebook_lines import cell_lines
from grader.submissions.submission import Submission

LONGEST_PATH = 4096


class UnknownFormat(Misused):
    """No report can be had in a format of this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        formats = tuple(known)
        near = nearest(name, formats)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(formats)}"
        super().__init__(f"no format named {name!r}", hint=hint)


class NoReportFile(Misused):
    """A further report has no file to go to."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"--report {words} names no file",
            hint="write FORMAT=PATH, as in --report junit=report.xml; a variable may be empty",
        )


def wanted(words: str) -> Wanted:
    """Return which report is asked for by FORMAT=PATH.

    Raises:
        UnknownFormat: there is no such format.
        NoReportFile: it ends in nothing, or in a folder.
    """
    name, _, path = words.partition("=")
    if name not in FORMATS:
        raise UnknownFormat(name, FORMATS)
    if not path.strip() or path.endswith(("/", os.sep)) or os.path.isdir(path):
        raise NoReportFile(visible(words))
    return Wanted(name, path)


def formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Return what a shell may complete: the formats, up to where the path begins."""
    return [f"{name}=" for name in FORMATS if name.startswith(incomplete)]


def parsed(_: click.Context, __: click.Parameter, values: Iterable[str]) -> Any:
    """Return what `--report` asks for, each time it was given."""
    return tuple(map(wanted, values))


reports_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--report",
    "reports",
    multiple=True,
    callback=parsed,
    shell_complete=formats,
    metavar="FORMAT=PATH",
    help="Write a further report to this file; may be given several times.",
)


def setting_of(submission: Submission | None, output: Output) -> Setting:
    """Return what surrounds a grading that was made, of a submission or for want of one."""
    notebook = submission is not None and submission.kind == "notebook"
    path = submission.path if submission else ""
    return Setting(
        path=path,
        here=os.getcwd(),
        cells=cell_lines(_text(path)) if notebook else (),
        environment={name: visible(held, LONGEST_PATH) for name, held in os.environ.items()},
        now=time.time(),
        token=secrets.token_hex(16),
        hints=output.hints,
    )


def write(report: Report | TrackReport, output: Output, setting: Setting) -> None:
    """Write the further reports, each whole or not at all; the job's summary is added to.

    Raises:
        GraderError: one cannot be made, and none is written; or a file cannot be written.
    """
    made = [(one, rendered(report, one.format, setting)) for one in output.reports]
    failed = []
    for one, text in made:
        content = text.encode(errors="backslashreplace")
        try:
            if one.format == "markdown" and is_summary(one.path, setting.environment):
                _summarise(one.path, content)
            else:
                into(one.path, content)
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
