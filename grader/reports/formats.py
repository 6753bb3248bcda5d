"""A Report in any format, by the format's name."""

from importlib import import_module
from typing import TYPE_CHECKING

from grader.reports.next_command import NextCommand
from grader.reports.report import Report, TrackReport

if TYPE_CHECKING:
    from grader.reports.context import ReportContext
    from grader.reports.text.terminal import Style


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


def rendered(report: Report | TrackReport, of_format: str, context: "ReportContext | None") -> str:
    """Return the report in one of FORMATS, as it belongs into a file.

    Raises:
        GraderError: the context lacks what a vendor's format asks for.
    """
    if of_format == "json":
        from grader.reports.report_json import to_json

        return to_json(report)
    if of_format in VENDORS:
        return str(import_module(VENDORS[of_format]).render(report, context))
    if of_format in PAGES:
        return page_of(report, of_format)
    hints = context is not None and context.hints
    from grader.reports.text.terminal import Style

    return text_of(report, Style(hints=hints))


def text_of(
    report: Report | TrackReport,
    style: "Style",
    command: NextCommand = NextCommand(),  # noqa: B008  (it is frozen)
) -> str:
    """Return the report as text, in a `terminal.Style`, with the command that comes next."""
    from grader.reports.text.terminal import render, render_track

    if isinstance(report, Report):
        return render(report, style, command)
    return render_track(report, style, command)


def page_of(report: Report | TrackReport, of_format: str) -> str:
    """Return the report as a page: in one of PAGES."""
    format_ = import_module(PAGES[of_format])
    render = format_.render if isinstance(report, Report) else format_.render_track
    return str(render(report))
