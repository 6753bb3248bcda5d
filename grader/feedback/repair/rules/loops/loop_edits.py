"""Edits of a training loop: zeroing, the step, what moves, the order of its lines, how often."""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import PieceText
from grader.feedback.repair.rules.loops.loop_lines import LoopLines, number_of
from grader.feedback.repair.rules.loops.loop_steps import step_edits
from grader.feedback.repair.rules.loops.loop_task import LoopTask
from grader.feedback.repair.rules.loops.optimizer_edits import OptimizerEdits

Edits: TypeAlias = Iterator[CandidateEdit]
FIRST = -3.0  # where the failure shows it, an edit is tried before all others


class LoopEdits:
    """The edits of the loop that a training was made by."""

    def __init__(self, lines: LoopLines, task: LoopTask) -> None:
        """Prepare.

        Args:
            lines: of the loop.
            task: what was asked of it.
        """
        self._lines = lines
        self._piece = lines.piece
        self._task = task
        self._optimizer = OptimizerEdits(lines, task)

    def candidates(self, label: str) -> list[CandidateEdit]:
        """Return them, the likeliest first.

        Args:
            label: where the training goes wrong first: "w.grad in step 2" say.
        """
        shown = likely_at(label)
        likely = {shown} | ({"optimizer"} if shown == "step" else set())
        parts = {
            "zeroing": self._zeroing(),
            "step": step_edits(self._lines, self._task.rate, self._task.parameters),
            "optimizer": self._optimizer.candidates(),
            "count": self._count(),
            "pass": self._passes(),
        }
        found = [
            one._replace(weight=one.weight + (FIRST if name in likely else 0.0))
            for name, edits in parts.items()
            for one in edits
        ]
        return sorted(found, key=lambda one: one.weight)

    def _zeroing(self) -> Edits:
        """Give the edits that set all gradients to 0 right before the pass."""
        text = self._lines.zeroing_text() or self._optimizer.zeroing_text()
        if not text or not self._lines.is_alone(self._lines.passes[0]):
            return
        insertion = self._piece.inserting_before(self._lines.passes[0], text)
        late = [one for one in self._lines.zeroings if one.lineno > self._lines.passes[0].lineno]
        if late:
            edits = (insertion, *map(self._lines.without, late))
            yield self._with("order in the loop", edits, 1.0)
        yield self._with("zeroing", (insertion,), 1.2)

    def _count(self) -> Edits:
        """Give the edits of how often the loop runs."""
        wanted = self._task.epochs
        for at, node in enumerate(self._lines.counts()):
            for number in (wanted, wanted + 1, wanted - 1):
                if number_of(node) != number:
                    weight = 2.0 + at / 10 + abs(number - wanted) / 2
                    yield self._with("number of passes", (self._put(node, str(number)),), weight)

    def _passes(self) -> Edits:
        """Give the edits of the pass itself: from where it goes back, and how often."""
        for one in self._lines.passes[1:]:
            if self._lines.is_alone(one):
                yield self._with("pass too much", (self._lines.without(one),), 2.0)
        owner = self._lines.pass_owner()
        for name in self._lines.assigned_names() if owner is not None else ():
            if owner is not None and name != self._piece.of(owner):
                yield self._with("pass from elsewhere", (self._put(owner, name),), 2.5)

    def _put(self, node: ast.expr, text: str) -> TextEdit:
        return self._piece.replacing(node, text)

    def _with(self, kind: str, edits: Iterable[TextEdit], weight: float) -> CandidateEdit:
        return CandidateEdit(kind, tuple(edits), self._lines.function, weight)


WORDS = {"not zeroed": "zeroing", "uphill": "step", "uneven": "step", "still": "step"}


def likely_at(label: str) -> str:
    """Return the kind of edits that a first difference speaks for.

    Args:
        label: its label, or in a word what is wrong with a descent of any shape.
    """
    word = label.partition(",")[0]
    if word in WORDS:
        return WORDS[word]
    found = re.fullmatch(r"(.*?)(\.grad in| before|the loss of) ?step (\d+)", label)
    if found is None:
        return "count"
    is_first = found[3] == "1"
    if found[2] == ".grad in":
        return "pass" if is_first else "zeroing"
    return "pass" if is_first else "step"


def loop_edits(
    piece: PieceText, line: int, names: tuple[str, str], task: LoopTask
) -> LoopEdits | None:
    """Return the edits of the loop around a line that calls `backward`, None where there is none.

    Args:
        piece: where it stands.
        line: that of the pass.
        names: of a node's number, and of its gradient.
        task: what was asked.
    """
    lines = LoopLines.around(piece, line, names)
    return LoopEdits(lines, task) if lines is not None else None
