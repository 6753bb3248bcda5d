"""The report as text: 80 columns, with and without colour, with and without Unicode."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from grader.errors import quoted
from grader.reports.next_command import NextCommand
from grader.reports.report import (
    CheckResult,
    Counterexample,
    Diagnosis,
    LossCurve,
    Outcome,
    Report,
    TrackReport,
    WrongNode,
    worst_outcome,
)
from grader.reports.text.wording import BARS, agreed, agreement, diagnoses, failures, prints, walls

WIDTH = 80
LONGEST_NAME = 30
CODES = {"green": "32", "red": "31", "yellow": "33", "bold": "1", "dim": "2"}
PLAIN = {
    "✓": "+",
    "✗": "x",
    "–": "-",
    "·": "|",
    "“": '"',
    "”": '"',
    "…": "...",
    "≠": "!=",
    "←": "<-",
    "ᐅ": ">",
    **dict(zip(BARS, "_.:-=+*#", strict=True)),
    "─": "-",
    "→": "->",
}
MARKS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.SKIPPED: ("–", "dim"),
    Outcome.BROKEN: ("!", "yellow"),
}


class Style(NamedTuple):
    """How a terminal wants its text; inside a notebook the command is %grade, and needs no file."""

    colour: bool = False
    unicode: bool = True
    hints: bool = False
    inside: bool = False


def render(report: Report, style: Style, command: NextCommand = NextCommand()) -> str:  # noqa: B008  (it is frozen)
    """Return `report` as text, ending in a newline.

    Args:
        report: what grading gave.
        style: how the terminal wants it.
        command: what comes next, proposed where all is right.
    """
    return as_text(_lines(report, style, command), style)


def render_track(
    report: TrackReport,
    style: Style,
    command: NextCommand = NextCommand(),  # noqa: B008  (it is frozen)
) -> str:
    """Return the reports of a track as text: a line an exercise, and under it what to fix."""
    return as_text(_track_lines(report, style, command), style)


def explanation(check: CheckResult, style: Style) -> str:
    """Return the explanation of one check that did not pass, by itself, as text."""
    lines = list(_failure(check, style))
    for diagnosis in diagnoses(check):
        lines += _hint(diagnosis, style, "    ", last=False)
    return textwrap.dedent(as_text(lines, style))


def as_text(lines: Iterable[str], style: Style) -> str:
    """Return lines as one text, without Unicode where the terminal has none."""
    text = "\n".join(lines) + "\n"
    if style.unicode:
        return text
    for fancy, plain in PLAIN.items():
        text = text.replace(fancy, plain)
    return text.encode("ascii", "backslashreplace").decode("ascii")


def number(value: float) -> str:
    """Return points as people write them: 3, 2.5."""
    return f"{value:g}"


def _lines(report: Report, style: Style, command: NextCommand) -> Iterator[str]:
    yield _title(f"{report.exercise}  {report.title}", report, style)
    yield ""
    if report.passed:
        yield from _wrapped(agreement(report), f"  {paint('✓', 'green', style)} ", "    ")
    else:
        for check in report.checks:
            yield from _check_lines(check, style)
        yield from _failures(report, style)
    yield from _notes(_and_walls(report.notes, report), style)
    if report.passed and command.exercise:
        yield ""
        yield f"Next: {'%' if style.inside else ''}grade {command.exercise}{command.options}"


def _title(left: str, report: Report | TrackReport, style: Style) -> str:
    points = f"{number(report.score)} of {number(report.max_score)} points"
    right = f"{_clipped(report.submission.name, LONGEST_NAME)} · {points}"
    gap = max(2, WIDTH - len(left) - len(right))
    return f"{paint(left, 'bold', style)}{' ' * gap}{right}"


def _track_lines(report: TrackReport, style: Style, command: NextCommand) -> Iterator[str]:
    count = len(report.reports)
    exercises = "1 exercise" if count == 1 else f"{count} exercises"
    yield _title(f"{report.track}  {exercises}", report, style)
    yield ""
    names = [_clipped(one.exercise.partition("/")[2], LONGEST_NAME) for one in report.reports]
    width = max(map(len, names))
    for name, one in zip(names, report.reports, strict=True):
        yield _row(worst_outcome(one), f"{name:<{width}}  {one.title}", _points(one), style)
        to_fix = dict.fromkeys(_what_to_fix(check) for check in one.checks)
        indent = " " * (width + 6)
        yield from (
            line for text in filter(None, to_fix) for line in _wrapped(text, indent, indent)
        )
    outcomes = zip(names, map(worst_outcome, report.reports), strict=True)
    wrong = [name for name, one in outcomes if one in (Outcome.FAILED, Outcome.BROKEN)]
    notes = dict.fromkeys(note for one in report.reports for note in one.notes)
    yield from _notes(_and_walls(tuple(notes), report.reports[0]), style)
    if wrong:
        yield ""
        path = command.path or ("" if style.inside else report.submission.name)
        words = f"{wrong[0]}{command.options}{f' {quoted(path)}' if path else ''}"
        yield f"What is wrong, and why: {'%' if style.inside else ''}grade {words}"


def _points(report: Report) -> str:
    full = number(report.max_score)
    return full if report.passed else f"{number(report.score)} of {full}"


def _what_to_fix(check: CheckResult) -> str:
    return check.title if check.outcome in (Outcome.FAILED, Outcome.BROKEN) else ""


def _row(outcome: Outcome, text: str, right: str, style: Style) -> str:
    mark, colour = MARKS[outcome]
    gap = " " * (WIDTH - 4 - len(text) - len(right))
    return f"  {paint(mark, colour, style)} {text}{gap}{right}"


def _check_lines(check: CheckResult, style: Style) -> Iterator[str]:
    points = number(check.max_score)
    right = points if check.outcome is Outcome.PASSED else f"{number(check.score)} of {points}"
    if check.outcome is Outcome.SKIPPED:
        right = "not asked yet"
    first, *rest = textwrap.wrap(check.title, WIDTH - 7 - len("not asked yet"))
    yield _row(check.outcome, first, right, style)
    yield from (f"    {line}" for line in rest)


def _failures(report: Report, style: Style) -> Iterator[str]:
    all_failures = list(failures(report))
    last = next((one.diagnoses[-1] for one in all_failures[::-1] if one.diagnoses), None)
    for check, misconceptions in all_failures:
        if check is not None:
            yield ""
            yield from _failure(check, style)
        for diagnosis in misconceptions:
            indent = "  " if check is None else "    "
            yield from _hint(diagnosis, style, indent, last=diagnosis is last)


def _hint(diagnosis: Diagnosis, style: Style, indent: str, *, last: bool) -> Iterator[str]:
    says = f"{diagnosis.says} " if style.hints else ""
    more = "   (more: --hints)" if last and not style.hints else ""
    yield ""
    yield from _wrapped(f"{says}{diagnosis.hint}{more}", indent, indent)
    yield from (_clipped(f"{indent}  {line}", WIDTH) for line in diagnosis.edit.splitlines())


def _failure(check: CheckResult, style: Style) -> Iterator[str]:
    mark, colour = MARKS[check.outcome]
    begins = f"  {paint(mark, colour, style)} "
    if check.counterexample is None:
        yield from _wrapped(check.message, begins, "    ")
        if check.training is not None:
            yield from _training(check.training)
        return
    yield from _wrapped(check.title, begins, "    ")
    yield from _wrapped(check.message, "    ", "    ")
    yield ""
    yield from _program(check.counterexample, style)
    if check.first_wrong_node is not None:
        yield from _wrong_node(check.first_wrong_node)
    if check.counterexample.where is not None:
        where = check.counterexample.where
        inside = f"  in {where.function}" if where.function not in ("", "<module>") else ""
        yield ""
        yield f"    {where.file}:{where.line}{inside}"
        yield f"    > {where.line} | {_clipped(where.text, WIDTH - 12)}"


def _program(example: Counterexample, style: Style) -> Iterator[str]:
    *before, last = example.source.splitlines()
    yield from (f"      {line}" for line in before)
    want, got = agreed(example.expected.values()), prints(example.got)
    remark = f"# expected {want}, yours {got}"
    if len(last) + len(remark) + 14 <= WIDTH:
        yield f"      {last}        {paint(remark, 'dim', style)}"
    else:
        yield f"      {last}"
        yield from _wrapped(want, "      # expected  ", "      #           ")
        yield from _wrapped(got, "      # yours     ", "      #           ")
    if example.note:
        yield from _wrapped(f"({example.note})", "      ", "      ")


def _training(curve: LossCurve) -> Iterator[str]:
    from grader.reports.text.loss_lines import loss_lines, loss_words  # most reports have none

    yield ""
    yield from (f"    {line}".rstrip() for line in loss_lines(curve))
    sentences = list(loss_words(curve))
    yield from [""] * bool(sentences)
    for sentence in sentences:
        yield from _wrapped(sentence, "    ", "      ")


def _wrong_node(wrong: WrongNode) -> Iterator[str]:
    from grader.reports.text.wrong_node_lines import frame_lines, way_to  # what passes has none

    yield ""
    yield _clipped(f"    {way_to(wrong, WIDTH - 4)}", WIDTH)
    yield from _wrapped(wrong.says, "    ", "      ")
    if wrong.where is not None:
        yield ""
        yield from (_clipped(f"    {line}", WIDTH) for line in frame_lines(wrong.where))


def _notes(notes: Sequence[str], style: Style) -> Iterator[str]:
    if notes:
        yield ""
    for note in notes:
        yield from _wrapped(note, f"  {paint('note', 'dim', style)}  ", " " * 8)


def _and_walls(notes: Sequence[str], report: Report) -> Sequence[str]:
    note = walls(report)
    return (*notes, note) if note else notes


def _wrapped(text: str, first: str, further: str) -> Iterator[str]:
    """Wrap a text behind what stands before its first line, and before the further ones."""
    lines = textwrap.wrap(text, WIDTH - len(further), break_on_hyphens=False) or [""]
    yield first + lines[0]
    yield from (further + line for line in lines[1:])


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def paint(text: str, colour: str, style: Style) -> str:
    """Return a text in a colour, where the terminal wants colours."""
    return f"\x1b[{CODES[colour]}m{text}\x1b[0m" if style.colour else text
