"""The report as text with Autolab's line of scores at its end."""

import json

from grader.reports.context import ReportContext
from grader.reports.report import Report, TrackReport
from grader.reports.text import terminal
from grader.reports.vendors.check_list import reports_of, short
from grader.reports.vendors.points import number


def render(report: Report | TrackReport, context: ReportContext) -> str:
    """Return the text, and as its last line a score for each problem, named as the exercise is."""
    style = terminal.Style(hints=context.hints)
    if isinstance(report, Report):
        text = terminal.render(report, style)
    else:
        text = terminal.render_track(report, style)
    scores = {short(one): number(one.score) for one in reports_of(report)}
    return f"{text}\n{json.dumps({'scores': scores})}\n"
