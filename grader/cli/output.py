"""Where a report goes, and in which format: stdout or a file, and a page beside it."""

import os
import sys
from importlib import import_module
from typing import Any, NamedTuple

from grader.errors import UnwritableOutput
from grader.results import Report, TrackReport, to_json

FORMATS = ("text", "json", "html", "markdown")
PAGES = {"html": "grader.reports.html", "markdown": "grader.reports.markdown"}


class Output(NamedTuple):
    """What a person wants to see.

    Attributes:
        format: one of FORMATS.
        file: where the report goes; None for stdout.
        page: where the page goes, if one is wanted beside the report.
        hints: whether the text names the probable misconception.
    """

    format: str = "text"
    file: str | None = None
    page: str | None = None
    hints: bool = False


def deliver(report: Report, output: Output, next_name: str | None) -> None:
    """Write `report` where `output` says.

    Args:
        report: what grading gave.
        output: what a person wants to see.
        next_name: the exercise that comes next, for the text of a submission that is all right.

    Raises:
        UnwritableOutput: a file cannot be written.
    """
    deliver_page(report, output)
    if output.format == "text":
        rendered = _text(report, output, next_name)
    else:
        rendered = to_json(report) if output.format == "json" else _page(report, output.format)
    _put(rendered, output)


def deliver_page(report: Report | TrackReport, output: Output) -> None:
    """Write the page, where one is wanted.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    if output.page:
        _write(output.page, _page(report, "html"))


def _put(rendered: str, output: Output) -> None:
    if output.file:
        _write(output.file, rendered)
    elif output.format == "text":
        sys.stdout.write(rendered)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(rendered.encode())  # these formats are UTF-8 whatever the locale


def deliver_track(report: TrackReport, output: Output) -> None:
    """Write the reports of a whole track where `output` says.

    Raises:
        UnwritableOutput: a file cannot be written.
    """
    deliver_page(report, output)
    if output.format == "text":
        terminal = import_module("grader.reports.terminal")
        rendered = str(terminal.render_track(report, style(output)))
    else:
        of_format = output.format
        rendered = to_json(report) if of_format == "json" else _page(report, of_format)
    _put(rendered, output)


def _text(report: Report, output: Output, next_name: str | None) -> str:
    terminal = import_module("grader.reports.terminal")
    return str(terminal.render(report, style(output), next_name))


def style(output: Output) -> Any:
    """Return the `reports.terminal.Style` for where the report goes."""
    to_screen = output.file is None
    return import_module("grader.reports.terminal").Style(
        colour=to_screen and sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
        unicode=not to_screen or _writes_unicode(),
        hints=output.hints,
    )


def _page(report: Report | TrackReport, of_format: str) -> str:
    format_ = import_module(PAGES[of_format])
    render = format_.render if isinstance(report, Report) else format_.render_track
    return str(render(report))


def _writes_unicode() -> bool:
    try:
        "✓✗–·“".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UnwritableOutput(path, error.strerror or str(error)) from error
