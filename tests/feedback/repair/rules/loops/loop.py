"""A training loop whose lines the tests replace, and the edits of it."""

from grader.feedback.repair.edit import CandidateEdit, edited
from grader.feedback.repair.outline import PieceText
from grader.feedback.repair.rules.loops.loop_edits import loop_edits
from grader.feedback.repair.rules.loops.loop_lines import LoopLines
from grader.feedback.repair.rules.loops.loop_task import LoopTask

LOOP = """\
rate = 0.1
w = Value(0.0)
b = Value(0.0)
for epoch in range(100):
    for x, y in zip(xs, ys):
        y_pred = x * w + b
        loss = (y_pred - y) ** 2
        w.grad = 0.0
        b.grad = 0.0
        loss.backward()
        w.data -= rate * w.grad
        b.data -= rate * b.grad
print(w.data)
"""
NAMES = ("data", "grad")
TASK = LoopTask(("w", "b"), 0.1, 100)


def lines_of(source: str) -> LoopLines | None:
    """Return the lines of the loop around the first pass of a source."""
    line = source[: source.index(".backward()")].count("\n") + 1
    return LoopLines.around(PieceText(0, source), line, NAMES)


def candidates(source: str, label: str, task: LoopTask = TASK) -> list[CandidateEdit]:
    """Return the edits of a source's loop, the likeliest first."""
    line = source[: source.index(".backward()")].count("\n") + 1
    edits = loop_edits(PieceText(0, source), line, NAMES, task)
    return edits.candidates(label) if edits else []


def kinds_mending(right: str, wrong: str, label: str) -> tuple[str, int] | None:
    """Return the kind of the first edit that gives the right loop back, and its place among all.

    Args:
        right: lines of the loop.
        wrong: what somebody wrote in their place.
        label: where the training goes wrong first.
    """
    assert LOOP.count(right) == 1, right
    source = LOOP.replace(right, wrong)
    for at, one in enumerate(candidates(source, label)):
        if edited((source,), one.edits) == (LOOP,):
            return one.kind, at
    return None
