"""The report as one page: one file, no network, no script, light and dark, good on paper."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from grader.results import Outcome, Report

MARKS = {
    Outcome.PASSED: ("✓", "passed"),
    Outcome.FAILED: ("✗", "failed"),
    Outcome.SKIPPED: ("–", "not asked yet"),
    Outcome.BROKEN: ("!", "the grader's fault"),
}


def render(report: Report) -> str:
    """Return `report` as HTML; everything that a student wrote is escaped."""
    command = f"grade {report.exercise} {report.submission.name}"
    return _template().render(report=report, marks=MARKS, command=command)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("grader.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["points"] = lambda value: f"{value:g}"
    return environment.get_template("report.html.jinja")
