"""A report as one page: one file, no network, no script, light and dark, good on paper."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from grader.results import Outcome, Report, TrackReport, verdict

MARKS = {
    Outcome.PASSED: ("✓", "passed"),
    Outcome.FAILED: ("✗", "failed"),
    Outcome.SKIPPED: ("–", "not asked yet"),
    Outcome.BROKEN: ("!", "the grader's fault"),
}


def render(report: Report) -> str:
    """Return `report` as HTML; everything that a student wrote is escaped."""
    command = f"grade {report.exercise} {report.submission.name}"
    template = _environment().get_template("report.html.jinja")
    return template.render(report=report, marks=MARKS, command=command)


def render_track(report: TrackReport) -> str:
    """Return the reports of a track as HTML: the total, then each exercise's verdict, to open."""
    template = _environment().get_template("track.html.jinja")
    verdicts = {one.exercise: verdict(one) for one in report.reports}
    notes = dict.fromkeys(note for one in report.reports for note in one.notes)
    return template.render(track=report, marks=MARKS, verdicts=verdicts, notes=list(notes))


def fragment(report: Report) -> str:
    """Return `report` as HTML to stand in another page, a notebook's say."""
    template = _environment().get_template("fragment.html.jinja")
    return template.render(reports=[report], marks=MARKS, notes=report.notes)


def fragment_track(report: TrackReport) -> str:
    """Return the reports of a track as HTML to stand in another page, each to open."""
    template = _environment().get_template("fragment.html.jinja")
    notes = dict.fromkeys(note for one in report.reports for note in one.notes)
    return template.render(reports=report.reports, marks=MARKS, notes=list(notes))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("grader.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["points"] = lambda value: f"{value:g}"
    return environment
