"""The report as text with Autolab's line of scores at its end."""

import json

from grader.reports import terminal
from grader.reports.each import reports_of
from grader.reports.points import number
from grader.reports.setting import Setting
from grader.results import Report, TrackReport


def render(report: Report | TrackReport, setting: Setting) -> str:
    """Return the text, and as its last line a score for each problem, named as the exercise is."""
    style = terminal.Style(hints=setting.hints)
    if isinstance(report, Report):
        text = terminal.render(report, style)
    else:
        text = terminal.render_track(report, style)
    scores = {one.exercise: number(one.score) for one in reports_of(report)}
    return f"{text}\n{json.dumps({'scores': scores})}\n"
