"""Searches for the smallest change of a submission's own source that makes everything right.

Candidates are tried in the order of how likely they are, so that the first one that holds is the
answer. Each is asked a Program that the source fails, which nearly all of them fail too; then the
others that it fails, then all that was asked, and in the end Programs that nobody has seen: an edit
that fits the questions alone is no cause. Where no single edit holds, those that get further than
the submission did are tried once more, each with a second one.

What bounds a search is the number of steps that candidates are asked, and never a clock: the same
submission gets the same answer on a busy machine.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from grader.engines.compare import Mismatch
from grader.engines.program import Ref
from grader.feedback.repair.asked_edits import (
    DEFINING,
    AskedEdits,
    AskEdited,
    AskedProgram,
    RepairProgress,
    RepairQuestions,
    is_endless,
    up_to_mismatch,
)
from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import CandidateEdit, Pieces, edited, moved_before
from grader.feedback.repair.first_edits import BATCH, FIRST_EDITS, FirstEdits, is_likely
from grader.feedback.repair.stopped_statements import StoppedLine

SOONER = 1.5
A_FEW = 4  # of those that are mostly stopped: what is right among them is still to be asked more
OF_A_FORMULA = frozenset({"formula", "value"})
NOBODY_ASKED = frozenset({"missing method", "reflected operator"})
"""The kinds of what is no fault where nothing that failed needs it."""


class Found(NamedTuple):
    """The edits that make everything right: one, or two.

    Attributes:
        edits: each as one of the submission's own source.
        mends: for each edit, the places in `failing` of what it makes right by itself.
        steps: how many steps it took.
        after: the source that they give.
    """

    edits: tuple[CandidateEdit, ...]
    mends: tuple[frozenset[int], ...]
    steps: int
    after: Pieces


class Search:
    """The search for the edits that mend one submission."""

    def __init__(
        self, ask: AskEdited, questions: RepairQuestions, name: str | None, most_steps: int
    ) -> None:
        """Prepare.

        Args:
            ask: puts Programs to edits of a submission.
            questions: what it has to answer.
            name: of the engine's class, where it is known.
            most_steps: how many steps candidates may be asked.
        """
        self._asked = AskedEdits(ask, questions, most_steps)
        self._questions = questions
        self._name = name
        self._most = most_steps
        self._batch = A_FEW if is_stopped(questions) else BATCH

    def find(self, pieces: Pieces) -> Found | None:
        """Return the edits that make everything right, None where none are found in the budget."""
        if not self._questions.failing:
            return None
        first = up_to_mismatch(self._questions.failing[0], self._questions.mismatches[0])
        tried = candidates(pieces, suspicion_of(self._questions), self._name)
        if len(tried) * (len(first.program.steps) + DEFINING) > self._most:
            tried.sort(key=_weight_of_few)
        left = iter(tried)
        single, partial = self._first_right(pieces, left, first, self._most // 2)
        if single is None and (found := self._two(pieces, tried, partial)) is not None:
            return found
        if single is None:
            single, _ = self._first_right(pieces, left, first)
        if single is None:
            return None
        after = edited(pieces, single.edits)
        return self._single(with_its_kind(single, self._questions), after)

    def _first_right(
        self,
        pieces: Pieces,
        tried: Iterator[CandidateEdit],
        first: AskedProgram,
        for_two: int = 0,
    ) -> tuple[CandidateEdit | None, list[CandidateEdit]]:
        """Return the first edit that makes everything right, and those that mend `first` alone.

        Args:
            pieces: the source.
            tried: edits of it; what is left of them may be tried later.
            first: what is asked first.
            for_two: so many steps are left where something mends `first` alone, or where an edit is
                likely that another fault may hide.
        """
        partial = list[CandidateEdit]()
        is_hidden = False
        while self._asked.left > (for_two if partial or is_hidden else 0):
            batch = list(islice(tried, self._batch))
            if not batch:
                break
            is_hidden = is_hidden or any(map(is_likely, batch))
            sources = [edited(pieces, one.edits) for one in batch]
            answers = self._asked.mismatches(sources, [first])
            for one, source, mismatches in zip(batch, sources, answers, strict=True):
                if mismatches != [None]:
                    continue
                if self._is_right(source):
                    return one, partial
                partial.append(one)
        return None, partial

    def _is_right(self, source: Pieces) -> bool:
        return self._asked.first_wrong(source) is None

    def _two(
        self, pieces: Pieces, tried: Sequence[CandidateEdit], partial: Sequence[CandidateEdit]
    ) -> Found | None:
        """Return two edits that make everything right together.

        Args:
            pieces: the source.
            tried: all edits of it, none of which is enough.
            partial: those that mend what fails first.
        """
        firsts = FirstEdits(self._asked, self._most // 4)
        found = firsts.find(pieces, partial) if partial else firsts.find_hidden(pieces, tried)
        for progress, one in found[:FIRST_EDITS]:
            after = edited(pieces, one.edits)
            wrong = self._asked.first_wrong(after)
            if wrong is None or self._asked.left <= 0:
                continue
            second = self._second(after, *wrong)
            if second is not None:
                return self._both(pieces, (one, second), progress)
        return None

    def _second(
        self, after: Pieces, asked: AskedProgram, mismatch: Mismatch
    ) -> CandidateEdit | None:
        """Return the edit that makes right what is still wrong after a first one."""
        suspicion = suspicion_of(self._questions._replace(failing=[asked], mismatches=[mismatch]))
        whole, self._asked.left = (
            self._asked.left,
            self._asked.left // 2,
        )  # others are to be tried, too
        share = self._asked.left
        tried = iter(candidates(after, suspicion, self._name))
        found, _ = self._first_right(after, tried, up_to_mismatch(asked, mismatch))
        self._asked.left = whole - (share - self._asked.left)
        return found

    def _both(
        self, pieces: Pieces, edits: tuple[CandidateEdit, CandidateEdit], first: RepairProgress
    ) -> Found:
        """Return two edits, and what each of them mends by itself."""
        one, second = edits
        after = edited(edited(pieces, one.edits), second.edits)
        moved = moved_before(one, second)
        if moved is None:  # one place, which takes both
            return self._single(one, after)
        if second.kind in NOBODY_ASKED and len(first.mended) == len(self._questions.failing):
            return self._single(one, after)
        alone_gives = edited(pieces, moved.edits)
        if self._is_right(alone_gives):  # the first one has mended nothing
            return self._single(moved, alone_gives)
        (alone,) = self._asked.progress([alone_gives])
        mends = first.mended, alone.mended
        return Found((one, moved), mends, self._most - self._asked.left, after)

    def _single(self, one: CandidateEdit, after: Pieces) -> Found:
        """Return one edit that makes right all that failed."""
        everything = frozenset(range(len(self._questions.failing)))
        return Found((one,), (everything,), self._most - self._asked.left, after)


def _weight_of_few(one: CandidateEdit) -> float:
    """Return the weight of an edit where not all can be tried: those of whole formulas are few."""
    return one.weight - SOONER * (one.kind in OF_A_FORMULA)


def with_its_kind(one: CandidateEdit, questions: RepairQuestions) -> CandidateEdit:
    """Return an edit with the kind that what fails gives it, where that says more of it."""
    is_shared = one.kind == "kept on the class"
    return one if is_shared or not are_endless(questions) else one._replace(kind="endless")


def are_endless(questions: RepairQuestions) -> bool:
    """Return whether all that fails comes of calls without end."""
    return all(is_endless(one.observation) for one in questions.mismatches)


def is_stopped(questions: RepairQuestions) -> bool:
    """Return whether something that fails prints without end, or does not come to an end."""
    return any(one.observation.ended in ("flooded", "timed out") for one in questions.mismatches)


def suspicion_of(questions: RepairQuestions) -> Suspicion:
    """Return where to look first, as far as the failing Programs tell."""
    operations: set[str] = set()
    functions: set[str] = set()
    stopped: set[StoppedLine] = set()
    for asked, mismatch in zip(questions.failing, questions.mismatches, strict=True):
        for step in asked.program.steps[: mismatch.at + 1]:
            if step.kind == "operate":
                on_left = not step.operands or type(step.operands[0]) is Ref
                operations.add(step.name if on_left else f"r{step.name}")
            else:
                operations.add(str(step.name))
        fault = mismatch.observation.fault
        if fault is not None and fault.place is not None:
            functions.add(fault.place.function)
            if mismatch.observation.ended == "flooded":
                stopped.add((fault.place.function, fault.place.line))
    return Suspicion(frozenset(operations), frozenset(functions), frozenset(stopped))
