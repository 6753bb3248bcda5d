"""Puts a report where it goes, in its format: stdout or a file, and a page beside it."""

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from grader.reports.formats import VENDORS, page_of, rendered, text_of
from grader.reports.next_command import NextCommand
from grader.reports.report import Report, TrackReport

if TYPE_CHECKING:
    from grader.reports.context import ReportContext
    from grader.reports.text.terminal import Style


class ReportFile(NamedTuple):
    """A further report: one of FORMATS, and the file that it goes into."""

    format: str
    path: str


class OutputOptions(NamedTuple):
    """The options of a report's output.

    Attributes:
        format: one of FORMATS.
        file: where the report goes; None for stdout.
        page: where the page goes, if one is wanted beside the report.
        hints: whether the text names the probable misconception.
        reports: what is wanted besides, in files.
    """

    format: str = "text"
    file: str | None = None
    page: str | None = None
    hints: bool = False
    reports: tuple[ReportFile, ...] = ()

    @property
    def for_machines(self) -> bool:
        """Whether a report is wanted that needs the context."""
        return bool(self.reports) or self.format in VENDORS


def deliver(
    report: Report | TrackReport,
    output: OutputOptions,
    command: NextCommand = NextCommand(),  # noqa: B008  (it is frozen)
    setting: "ReportContext | None" = None,
) -> None:
    """Write a report, or that of a whole track, where `output` says.

    Args:
        report: what grading gave.
        output: what a person wants to see.
        command: what comes next, for the text.
        setting: what surrounds it, where `output` is for machines.

    Raises:
        UnwritableOutput: a file cannot be written.
    """
    deliver_page(report, output)
    if output.format == "text":
        _put(text_of(report, style(output), command), output)
    else:
        _put(rendered(report, output.format, setting), output)


def deliver_page(report: Report | TrackReport, output: OutputOptions) -> None:
    """Write the page, where one is wanted.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    if output.page:
        _write(output.page, page_of(report, "html"))


def _put(text: str, output: OutputOptions) -> None:
    if output.file:
        _write(output.file, text)
    elif output.format == "text":
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        # These formats are UTF-8 whatever the locale, and a file's name may be none.
        sys.stdout.buffer.write(text.encode(errors="backslashreplace"))


def style(output: OutputOptions) -> "Style":
    """Return the style for where the report goes."""
    to_screen = output.file is None
    from grader.reports.text.terminal import Style

    return Style(
        colour=to_screen and sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
        unicode=not to_screen or _writes_unicode(),
        hints=output.hints,
    )


def _writes_unicode() -> bool:
    try:
        "✓✗–·“".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write(path: str, text: str) -> None:
    from grader.reports.files import write_into

    write_into(path, text.encode(errors="backslashreplace"))
