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
        return self._least_harm(pieces, self._further(pieces, tried))

    def _further(
        self, pieces: Pieces, tried: Sequence[CandidateEdit]
    ) -> list[tuple[RepairProgress, CandidateEdit]]:
        """Return the edits that get further than the submission, those that get furthest first."""
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
        found.sort(key=lambda one: (*shortfall(one[0]), one[1].weight))
        ways = (
            [one for one in found if one[0].right_answers > before.right_answers],
            [one for one in found if one[0].steps > before.steps],
            [one for one in found if _ends_otherwise(one[0], before)],
        )  # two faults may both hide the first answer, and each of them the other
        return next(filter(None, ways), [])

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


def _ends_otherwise(progress: RepairProgress, before: RepairProgress) -> bool:
    """Return whether an edit leads from one exception to another, or to none, as far as before."""
    return progress.steps == before.steps and progress.faults != before.faults != ()
