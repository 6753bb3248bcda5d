"""`--report FORMAT=PATH`: more reports of the same grading, each in a file of its own."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import click

from grader.cli.output import Wanted
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
