"""Where a report goes, and in which format: stdout or a file, and a page beside it."""

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.reports.report import Report, TrackReport, to_json

if TYPE_CHECKING:
    from grader.reports.context import Setting

PAGES = {"html": "grader.reports.page.html", "markdown": "grader.reports.text.markdown"}
VENDORS = {
    "junit": "grader.reports.vendors.junit",
    "github": "grader.reports.vendors.github",
    "gradescope": "grader.reports.vendors.gradescope",
    "classroom50": "grader.reports.vendors.classroom50",
    "classroom-legacy": "grader.reports.vendors.classroom_legacy",
    "autolab": "grader.reports.vendors.autolab",
}
FORMATS = ("text", "json", *PAGES, *VENDORS)


class Wanted(NamedTuple):
    """A further report: one of FORMATS, and the file that it goes into."""

    format: str
    path: str


class Output(NamedTuple):
    """What a person wants to see.

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
    reports: tuple[Wanted, ...] = ()

    @property
    def for_machines(self) -> bool:
        """Whether something is wanted that asks for the setting."""
        return bool(self.reports) or self.format in VENDORS


def deliver(
    report: Report | TrackReport,
    output: Output,
    next_name: str | None = None,
    setting: "Setting | None" = None,
) -> None:
    """Write a report, or that of a whole track, where `output` says.

    Args:
        report: what grading gave.
        output: what a person wants to see.
        next_name: the exercise that comes next, for the text of a submission that is all right.
        setting: what surrounds it, where `output` is for machines.

    Raises:
        UnwritableOutput: a file cannot be written.
    """
    deliver_page(report, output)
    if output.format == "text":
        _put(_text(report, style(output), next_name), output)
    else:
        _put(rendered(report, output.format, setting), output)


def deliver_page(report: Report | TrackReport, output: Output) -> None:
    """Write the page, where one is wanted.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    if output.page:
        _write(output.page, _page(report, "html"))


def _put(text: str, output: Output) -> None:
    if output.file:
        _write(output.file, text)
    elif output.format == "text":
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())  # these formats are UTF-8 whatever the locale


def rendered(report: Report | TrackReport, of_format: str, setting: "Setting | None") -> str:
    """Return the report in one of FORMATS, as it belongs into a file.

    Raises:
        GraderError: the setting lacks what a vendor's format asks for.
    """
    if of_format == "json":
        return to_json(report)
    if of_format in VENDORS:
        return str(import_module(VENDORS[of_format]).render(report, setting))
    if of_format in PAGES:
        return _page(report, of_format)
    hints = setting is not None and setting.hints
    return _text(report, import_module("grader.reports.text.terminal").Style(hints=hints), None)


def _text(report: Report | TrackReport, wanted: Any, next_name: str | None) -> str:
    terminal = import_module("grader.reports.text.terminal")
    if isinstance(report, Report):
        return str(terminal.render(report, wanted, next_name))
    return str(terminal.render_track(report, wanted))


def style(output: Output) -> Any:
    """Return the `reports.terminal.Style` for where the report goes."""
    to_screen = output.file is None
    return import_module("grader.reports.text.terminal").Style(
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
    import_module("grader.reports.files").into(path, text.encode(errors="backslashreplace"))
