"""The report as Markdown: for a job's summary, a comment, or to be read as it stands."""

from collections.abc import Iterator, Sequence

from grader.errors import quoted
from grader.reports.report import (
    CheckResult,
    Counterexample,
    Diagnosis,
    HeldValue,
    LossCurve,
    Node,
    Outcome,
    Report,
    TrackReport,
    WrongNode,
    worst_outcome,
)
from grader.reports.text.loss_lines import loss_rows, loss_words
from grader.reports.text.markdown_escape import block, cell, code, prose
from grader.reports.text.wording import agreed, agreement, failures, prints, walls
from grader.reports.text.wrong_node_lines import frame_lines, short

MARKS = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Outcome.SKIPPED: "–",
    Outcome.BROKEN: "!",
}
LONGEST_LINE = 88


def render(report: Report) -> str:
    """Return `report` as Markdown, ending in a newline."""
    return _text(_report(report))


def render_track(report: TrackReport) -> str:
    """Return the reports of a track as Markdown: a line an exercise, then each one to fix."""
    return _text(_track(report))


def _text(blocks: Iterator[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _report(report: Report) -> Iterator[str]:
    yield f"## {prose(report.exercise)} · {prose(report.title)}"
    yield _headline(report)
    if report.passed:
        yield f"✓ {prose(agreement(report))}"
    else:
        yield from _checks(report, "###")
    yield from _notes(report.notes)
    yield _reproduced(report, report.exercise)


def _track(track: TrackReport) -> Iterator[str]:
    count = len(track.reports)
    yield f"## {prose(track.track)} · {count} {'exercise' if count == 1 else 'exercises'}"
    yield _headline(track)
    yield _table(
        ("", "Exercise", "Points"),
        (":-:", "---", "--:"),
        [
            (MARKS[worst_outcome(one)], f"{cell(_name(one))} · {cell(one.title)}", _points(one))
            for one in track.reports
        ],
    )
    for number, one in enumerate(one for one in track.reports if not one.passed):
        yield f"### {MARKS[worst_outcome(one)]} {prose(_name(one))} · {prose(one.title)}"
        checks = _checks(one, "####")
        yield from _folded("What is wrong, and why", checks) if number else checks
    yield from _notes(list(dict.fromkeys(note for one in track.reports for note in one.notes)))
    yield _reproduced(track.reports[0], track.track)


def _headline(report: Report | TrackReport) -> str:
    return f"**{_points(report)} points** · {code(report.submission.name)}"


def _points(result: Report | TrackReport | CheckResult) -> str:
    full = f"{result.max_score:g}"
    passed = isinstance(result, CheckResult) and result.outcome is Outcome.PASSED
    return full if passed else f"{result.score:g} of {full}"


def _name(report: Report) -> str:
    return report.exercise.partition("/")[2] or report.exercise


def _checks(report: Report, heading: str) -> Iterator[str]:
    """Yield a table of the checks, then each failure once, then the misconceptions behind them."""
    yield _table(
        ("", "Check", "Points"),
        (":-:", "---", "--:"),
        [
            (MARKS[check.outcome], cell(check.title), _points_or_why_not(check))
            for check in report.checks
        ],
    )
    for check, diagnoses in failures(report):
        if check is not None:
            yield from _failure(check, heading)
        for diagnosis in diagnoses:
            yield from _diagnosis(diagnosis)


def _points_or_why_not(check: CheckResult) -> str:
    return "not asked yet" if check.outcome is Outcome.SKIPPED else _points(check)


def _failure(check: CheckResult, heading: str) -> Iterator[str]:
    mark = MARKS[check.outcome]
    if check.counterexample is None and check.training is None:
        yield f"{mark} {prose(check.message)}"
        return
    yield f"{heading} {mark} {prose(check.title)}"
    yield prose(check.message)
    if check.counterexample is not None:
        yield from _example(check.counterexample)
    if check.first_wrong_node is not None:
        yield from _wrong_node(check.first_wrong_node)
    if check.training is not None:
        yield from _training(check.training)


def _example(example: Counterexample) -> Iterator[str]:
    want, got = agreed(example.expected.values()), prints(example.got)
    remark = f"# expected {want}, yours {got}"
    program = f"{example.source}  {remark}"
    if len(program.rpartition("\n")[2]) > LONGEST_LINE:
        program = f"{example.source}\n# expected {want}\n# yours {got}"
    yield block(program, "python")
    if example.note:
        yield f"({prose(example.note)})"
    where = example.where
    if where is not None:
        yield _place(where.file, where.line, where.function)
        yield block(f"> {where.line} | {where.text}")


def _wrong_node(wrong: WrongNode) -> Iterator[str]:
    made = f", made by {code(wrong.made_by)}" if wrong.made_by else ""
    says = f": {prose(wrong.says)}" if wrong.says else ""
    yield f"First wrong node: {code(f'{wrong.name}.{wrong.field}')}{made}{says}"
    yield _table(
        ("Node", "Made by", "Data", "Gradient", ""),
        ("---", "---", "---", "---", "---"),
        [_row(node) for node in wrong.nodes],
    )
    if wrong.where is not None:
        _, *lines = frame_lines(wrong.where)
        yield _place(wrong.where.file, wrong.where.marked, wrong.where.function)
        yield block("\n".join(lines))


def _place(file: str, line: int, function: str) -> str:
    inside = f" in {code(function)}" if function not in ("", "<module>") else ""
    return f"{code(f'{file}:{line}')}{inside}"


def _row(node: Node) -> Sequence[str]:
    named = code(node.name, in_table=True)
    made = code(node.expression, in_table=True)
    state = {"right": "✓", "first wrong": "✗ **first wrong**"}.get(node.state, f"✗ {node.state}")
    return named, made, _held(node.data), _held(node.grad), state


def _held(held: HeldValue | None) -> str:
    if held is None:
        return ""
    want, got = cell(short(held.expected)), cell(short(held.got))
    return want if want == got else f"expected {want}, got {got}"


def _training(curve: LossCurve) -> Iterator[str]:
    yield _table(
        ("", "Step", "Loss asked", "Yours"),
        (":-:", "--:", "---", "---"),
        [
            ("✗" if remark else "", step, cell(asked), cell(own))
            for step, asked, own, remark in loss_rows(curve)
        ],
    )
    yield from map(prose, loss_words(curve))


def _diagnosis(diagnosis: Diagnosis) -> Iterator[str]:
    if diagnosis.hint:
        yield f"> {prose(diagnosis.hint)}"
    if diagnosis.says:
        edit = [block(diagnosis.edit, "diff")] if diagnosis.edit else []
        yield from _folded("What is probably the matter", iter([prose(diagnosis.says), *edit]))


def _folded(summary: str, blocks: Iterator[str]) -> Iterator[str]:
    yield f"<details><summary>{summary}</summary>"
    yield from blocks
    yield "</details>"


def _notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield "**Notes**"
        yield "\n".join(f"- {prose(note)}" for note in notes)


def _reproduced(report: Report, name: str) -> str:
    engines = prose(" and ".join(report.oracles))
    command = code(f"grade {name} {quoted(report.submission.name)}")
    around = f" · {prose(walls(report))}" if walls(report) else ""
    return f"Compared with {engines} · seed {report.seed}{around} · {command}"


def _table(head: Sequence[str], rule: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))
