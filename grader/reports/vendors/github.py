"""The report as GitHub Actions' workflow commands, which put annotations beside the lines.

The text comes first, between `::stop-commands::` and its token, so that nothing in it is obeyed.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

import os
from collections.abc import Iterator, Mapping, Sequence

from grader.reports.context import ReportContext
from grader.reports.report import Outcome, Report, TrackReport
from grader.reports.text import terminal
from grader.reports.vendors.check_list import ListedCheck, each, points, words
from grader.reports.vendors.location import fault_location

MOST = 10  # annotations of a kind that a step shows
LONGEST = 4000  # characters; GitHub cuts a message at 4096 bytes, and we mark where
SUMMARY = 1 << 20  # bytes of a step's summary
REST = "\n\n… the rest is more than a summary may hold\n".encode()
WORDS = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTIES = WORDS | {":": "%3A", ",": "%2C"}


def render(report: Report | TrackReport, context: ReportContext) -> str:
    """Return the report as lines for a job's log."""
    lines = [f"::stop-commands::{context.token}", _text(report, context), f"::{context.token}::"]
    listed = list(each(report))
    lines += _annotations("error", listed, Outcome.FAILED, context)
    lines += _annotations("warning", listed, Outcome.BROKEN, context)
    name = report.exercise if isinstance(report, Report) else report.track
    lines.append(_command("notice", {"title": f"grade {name}"}, points(report)))
    return "\n".join(lines) + "\n"


def is_summary(path: str, environment: Mapping[str, str]) -> bool:
    """Return whether a path is that of the job's summary, which others write into as well."""
    summary = environment.get("GITHUB_STEP_SUMMARY")
    return bool(summary) and os.path.realpath(path) == os.path.realpath(str(summary))


def fitting(content: bytes, taken: int) -> bytes:
    """Return as much of a job's summary as GitHub takes: it shows none that is larger.

    Args:
        content: what is to be added.
        taken: how many bytes stand there already.
    """
    room = SUMMARY - taken
    if len(content) <= room:
        return content
    if room < len(REST):
        return b""
    return content[: room - len(REST)].decode(errors="ignore").encode() + REST


def _text(report: Report | TrackReport, context: ReportContext) -> str:
    style = terminal.Style(hints=context.hints)
    if isinstance(report, Report):
        return terminal.render(report, style).rstrip("\n")
    return terminal.render_track(report, style).rstrip("\n")


def _annotations(
    kind: str, listed: Sequence[ListedCheck], outcome: Outcome, context: ReportContext
) -> Iterator[str]:
    """Yield an annotation a message; where there are too many, the last sums up the rest."""
    by_message: dict[str, ListedCheck] = {}
    for one in listed:
        if one.check.outcome is outcome:
            by_message.setdefault(one.check.message, one)
    distinct = list(by_message.values())
    shown = distinct if len(distinct) <= MOST else distinct[: MOST - 1]
    for one in shown:
        yield _annotation(kind, one, context)
    rest = distinct[len(shown) :]
    if rest:
        names = "\n".join(f"{one.name}: {one.check.message}" for one in rest)
        yield _command(kind, {"title": f"{len(rest)} more checks"}, names)


def _annotation(kind: str, listed: ListedCheck, context: ReportContext) -> str:
    place = fault_location(listed.report, listed.check, context)
    line = "" if place.line is None else str(place.line)
    properties = {
        "file": place.file if context.path else "",
        "line": line,
        "endLine": line,
        "title": listed.name,
    }
    explanation = words(listed.check, hints=context.hints)
    text = f"{place.says}\n{explanation}" if place.says else explanation
    return _command(kind, properties, text)


def _command(name: str, properties: Mapping[str, str], message: str) -> str:
    assignments = ",".join(
        f"{key}={_escaped(value, PROPERTIES)}" for key, value in properties.items() if value
    )
    return f"::{name} {assignments}::{_escaped(_cut(message.strip()), WORDS)}"


def _cut(message: str) -> str:
    if len(message.encode(errors="replace")) <= LONGEST:
        return message
    return message.encode(errors="replace")[: LONGEST - 3].decode(errors="ignore") + "…"


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
