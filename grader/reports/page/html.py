"""A report as one page: one file, no network, readable without a script, light, dark and on paper.

The page's only script puts a copy button beside a program, and scrolls a wide graph to its fault;
the page's own policy lets no other run.
"""

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from grader import __version__
from grader.reports.page.code_lines import dedented, dedented_edit
from grader.reports.page.graph_drawing import draw
from grader.reports.page.loss_plot import HEIGHT, NARROW, described, loss_plot
from grader.reports.page.plane_plot import plane_plot
from grader.reports.report import (
    CheckResult,
    Frame,
    Outcome,
    Report,
    SourceLine,
    TrackReport,
    worst_outcome,
)
from grader.reports.text.wrong_node_lines import short

OURS = "grader.reports.page"
Scripts: TypeAlias = tuple[str, ...]
SCRIPTS: Scripts = ("page.js",)
MARKS = {
    Outcome.PASSED: ("✓", "passed"),
    Outcome.FAILED: ("✗", "failed"),
    Outcome.SKIPPED: ("–", "not asked yet"),
    Outcome.BROKEN: ("!", "the grader's fault"),
}


def render(report: Report) -> str:
    """Return `report` as HTML; everything that a student wrote is escaped."""
    return _page(report, report.exercise, "report.html.jinja")


def render_track(report: TrackReport) -> str:
    """Return the reports of a track as HTML: the total, then each exercise's outcome, to open."""
    return _page(report, report.track, "track.html.jinja")


def fragment(report: Report | TrackReport) -> str:
    """Return the page's content, to be put into another: a notebook's output, say."""
    content = "report.html.jinja" if isinstance(report, Report) else "track.html.jinja"
    template = _environment().get_template("fragment.html.jinja")
    return template.render(report=report, content=content, notes=_notes(report))


def _page(report: Report | TrackReport, name: str, content: str) -> str:
    title = f"{name}: {report.score:g} of {report.max_score:g} points"
    return page(title, content, report=report, notes=_notes(report))


def page(
    title: str, content: str, *, scripts: Scripts = SCRIPTS, package: str = OURS, **shown: object
) -> str:
    """Return a whole page as HTML.

    Args:
        title: of the page.
        content: the template of what stands on it.
        scripts: the files whose texts make the only script that may run on it.
        package: whose `templates/` has all of them; what they lack, a report's have.
        shown: what the template shows; with `asks_back`, the script may ask the page's own site,
            and with `again_after` the page comes anew after so many seconds where no script runs.
    """
    environment = _environment(package)
    return environment.get_template("page.html.jinja").render(
        title=title,
        content=content,
        script=_script(environment, scripts),
        script_hash=script_hash(scripts, package),
        **shown,
    )


def script_hash(scripts: Scripts = SCRIPTS, package: str = OURS) -> str:
    """Return the hash by which a page's policy knows its only script, "sha256-…"."""
    text = _script(_environment(package), scripts)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"sha256-{digest}"


def _script(environment: Environment, files: Scripts) -> str:
    """Return files from among the templates as they stand, with nothing filled in."""
    assert environment.loader is not None
    return "".join(environment.loader.get_source(environment, file)[0] for file in files)


def _notes(report: Report | TrackReport) -> list[str]:
    reports = [report] if isinstance(report, Report) else report.reports
    return list(dict.fromkeys(note for one in reports for note in one.notes))


@cache
def _environment(package: str = OURS) -> Environment:
    loaders = [PackageLoader(one, "templates") for one in dict.fromkeys((package, OURS))]
    environment = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= FILTERS
    environment.globals |= GLOBALS
    return environment


def _is_open(check: CheckResult, report: Report) -> bool:
    """Return whether a check is shown open: the first to fix, and the picture of the same fault."""
    if report.passed:
        return True
    wrong = (Outcome.FAILED, Outcome.BROKEN)
    first = next((one for one in report.checks if one.outcome in wrong), None)
    if first is None or check is first:
        return check is first
    is_same = check.outcome is first.outcome and check.message == first.message
    return is_same and first.training is None and check.training is not None


def _framed(where: SourceLine) -> Frame:
    return Frame(where.file, where.function, where.line, (where.text,), where.line)


FILTERS: dict[str, Callable[..., object]] = {
    "points": lambda value: f"{value:g}",
    "dedented": dedented,
    "dedented_edit": dedented_edit,
    "px": lambda value: f"{value:.1f}".removesuffix(".0"),
    "short": short,
    "spot": lambda spot: f"{spot.x:.4g}, {spot.y:.4g}",
}
GLOBALS = {
    "marks": MARKS,
    "version": __version__,
    "worst_outcome": worst_outcome,
    "is_open": _is_open,
    "framed": _framed,
    "draw": draw,
    "loss_plot": loss_plot,
    "described": described,
    "plane_plot": plane_plot,
    "narrow": NARROW,
    "plot_height": HEIGHT,
}
