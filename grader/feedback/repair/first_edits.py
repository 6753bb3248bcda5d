"""The edits that may be the first of two: those that get further than the submission did."""

from collections.abc import Sequence
from itertools import islice

from grader.feedback.repair.asked_edits import (
    DEFINING,
    AskedEdits,
    RepairProgress,
    right_among,
    shortfall,
)
from grader.feedback.repair.edit import CandidateEdit, Pieces, edited

FIRST_EDITS = 4  # that are tried with a second one
BATCH = 32
LIKELY = (-1.0, 0.0)  # the weights of what the source tells: that nothing reads a parameter, say


class FirstEdits:
    """The search for the first of two edits."""

    def __init__(self, asked: AskedEdits, reserve: int) -> None:
        """Prepare.

        Args:
            asked: asks edited sources.
            reserve: how many steps are left for the second edit.
        """
        self._asked = asked
        self._reserve = reserve

    def find(
        self, pieces: Pieces, tried: Sequence[CandidateEdit]
    ) -> list[tuple[RepairProgress, CandidateEdit]]:
        """Return edits that get further than a source does, with how far, the likeliest first."""
        before, reached = self._reached(pieces, tried)
        return self._least_harm(pieces, _with_more_answers(reached, before))

    def find_hidden(
        self, pieces: Pieces, tried: Sequence[CandidateEdit]
    ) -> list[tuple[RepairProgress, CandidateEdit]]:
        """Return what `find` does; where that is none, what another fault may hide.

        Two faults may both hide the first answer, and each of them the other: then those are
        returned that come to a later step, or else to another exception, or are likely.
        """
        before, reached = self._reached(pieces, tried)
        ways = (
            _with_more_answers(reached, before),
            [one for one in reached if one[0].steps > before.steps],
            [one for one in reached if _ends_otherwise(one[0], before)],
            sorted(
                (one for one in reached if one[0].steps >= before.steps and is_likely(one[1])),
                key=lambda one: one[1].weight,
            ),
        )
        return self._least_harm(pieces, next(filter(None, ways), []))

    def _reached(
        self, pieces: Pieces, tried: Sequence[CandidateEdit]
    ) -> tuple[RepairProgress, list[tuple[RepairProgress, CandidateEdit]]]:
        """Return how far a source gets, and its edits that mend as much, the furthest first."""
        (before,) = self._asked.progress([pieces])
        found: list[tuple[RepairProgress, CandidateEdit]] = []
        left = iter(tried)
        while self._asked.left > self._reserve and (batch := list(islice(left, BATCH))):
            reached = self._asked.progress([edited(pieces, one.edits) for one in batch])
            found += [
                (progress, one)
                for progress, one in zip(reached, batch, strict=True)
                if progress.mended >= before.mended
            ]
        return before, sorted(found, key=lambda one: (*shortfall(one[0]), one[1].weight))

    def _least_harm(
        self, pieces: Pieces, firsts: Sequence[tuple[RepairProgress, CandidateEdit]]
    ) -> list[tuple[RepairProgress, CandidateEdit]]:
        """Return the first of some edits, those before others that spoil less of what is right.

        What mends one answer by a second fault, as `__add__` that subtracts does for a `__sub__`
        that adds, spoils others.
        """
        asked = [one for part in self._asked.parts() for one in part]
        cost = sum(len(one.program.steps) for one in asked) + DEFINING
        some = firsts[: min(FIRST_EDITS * 3, self._asked.left // (3 * cost))]
        sources = [pieces, *(edited(pieces, one.edits) for _, one in some)]
        before, *after = map(right_among, self._asked.mismatches(sources, asked))
        ranks = [(len(before - right), -len(right)) for right in after]
        order = sorted(range(len(some)), key=ranks.__getitem__)
        return [*(some[at] for at in order), *firsts[len(some) :]]


def is_likely(one: CandidateEdit) -> bool:
    """Return whether an edit is likely by the source alone, though another fault hides it."""
    return LIKELY[0] <= one.weight <= LIKELY[1]


def _with_more_answers(
    reached: Sequence[tuple[RepairProgress, CandidateEdit]], before: RepairProgress
) -> list[tuple[RepairProgress, CandidateEdit]]:
    return [one for one in reached if one[0].right_answers > before.right_answers]


def _ends_otherwise(progress: RepairProgress, before: RepairProgress) -> bool:
    """Return whether an edit leads from one exception to another, or to none, as far as before."""
    return progress.steps == before.steps and progress.faults != before.faults != ()
