"""`--report FORMAT=PATH`: more reports of the same grading, each in a file of its own."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import click

from grader.cli.output import ReportFile
from grader.engines.text import visible
from grader.errors import Misused, nearest
from grader.reports.formats import FORMATS


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


def report_file(words: str) -> ReportFile:
    """Return the report that FORMAT=PATH asks for.

    Raises:
        UnknownFormat: there is no such format.
        NoReportFile: it ends in nothing, or in a folder.
    """
    name, _, path = words.partition("=")
    if name not in FORMATS:
        raise UnknownFormat(name, FORMATS)
    if not path.strip() or path.endswith(("/", os.sep)) or os.path.isdir(path):
        raise NoReportFile(visible(words))
    return ReportFile(name, path)


def complete_formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Return the completions in a shell: the formats, up to where the path begins."""
    return [f"{name}=" for name in FORMATS if name.startswith(incomplete)]


def report_files(_: click.Context, __: click.Parameter, values: Iterable[str]) -> Any:
    """Return the reports that `--report` asks for, each time that it stands there."""
    return tuple(map(report_file, values))


reports_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--report",
    "reports",
    multiple=True,
    callback=report_files,
    shell_complete=complete_formats,
    metavar="FORMAT=PATH",
    help="Write a further report to this file; may be given several times.",
)
