"""`--report FORMAT=PATH`: more reports of the same grading, each in a file of its own."""

import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from grader.cli.output import FORMATS, Output, Wanted, rendered
from grader.errors import Misused, UnwritableOutput, at, nearest
from grader.reports.cell_lines import cell_lines
from grader.reports.github import is_summary
from grader.reports.setting import Setting
from grader.results import Report, TrackReport
from grader.sittings.sitting import Choice
from grader.submission import find
from grader.visible import visible
from grader.whole import put

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


def parsed(_: click.Context, __: click.Parameter, values: Iterable[str]) -> Any:
    """Return what `--report` asks for, each time it was given."""
    return tuple(map(wanted, values))


def setting_of(choice: Choice, output: Output) -> Setting:
    """Return what surrounds a grading that was made.

    Raises:
        NothingToGrade: the submission has gone since.
    """
    submission = find(choice.path, choice.exercise)
    notebook = submission.kind == "notebook"
    return Setting(
        path=visible(submission.path, LONGEST_PATH),
        here=os.getcwd(),
        cells=cell_lines(_text(submission.path)) if notebook else (),
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
    for one, text in made:
        content = text.encode(errors="backslashreplace")
        if one.format == "markdown" and is_summary(one.path, setting.environment):
            _append(one.path, b"\n" + content)  # what stands there may lack the end of its line
        elif os.path.exists(one.path) and not os.path.isfile(one.path):  # /dev/stdout, a pipe
            _append(one.path, content)
        else:
            put(Path(os.path.realpath(one.path)), content)  # a link stays one


def _append(path: str, content: bytes) -> None:
    try:
        with open(path, "ab") as file:
            file.write(content)
    except OSError as error:
        raise UnwritableOutput(at(path), error.strerror or str(error)) from error


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:  # it went away since; then its lines are not found
        return ""
