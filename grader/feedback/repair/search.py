"""Searches for the smallest change of a submission's own source that makes everything right.

Candidates are tried in the order of how likely they are, so that the first one that holds is the
answer. Each is asked a Program that the source fails, which nearly all of them fail too; then the
others that it fails, then all that was asked, and in the end Programs that nobody has seen: an edit
that fits the questions alone is no cause. Where no single edit holds, those that get further than
the submission did are tried once more, each with a second one.

What bounds a search is the number of steps that candidates are asked, and never a clock: the same
submission gets the same answer on a busy machine.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch
from grader.engines.observation import Observation
from grader.engines.oracles.expected import mismatch_of
from grader.engines.program import Program, Ref
from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import CandidateEdit, Pieces, edited, moved_before

AskEdited: TypeAlias = Callable[[Sequence[Pieces], Sequence[Program]], Sequence[list[Observation]]]
"""Edited sources, and Programs → what each source answers, up to what does not come to an end; less
than was asked, or nothing, where it cannot be asked."""
FIRST_EDITS = 4  # that are tried with a second one
BATCH = 32
DEFINING = 25  # that many steps it costs to define a source
NOTHING = Observation("not asked")


class AskedProgram(NamedTuple):
    """A Program, and the oracles' answer to it."""

    program: Program
    want: Observation


class RepairQuestions(NamedTuple):
    """What a repair has to answer.

    Attributes:
        failing: the Programs that the submission fails, one a check, that of the first check first.
        mismatches: where it fails each.
        others: all else that is asked of it.
        unseen: gives further Programs, which nobody has seen.
    """

    failing: Sequence[AskedProgram]
    mismatches: Sequence[Mismatch]
    others: Sequence[AskedProgram]
    unseen: Callable[[], Sequence[AskedProgram]]


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


class RepairProgress(NamedTuple):
    """How far an edited source gets: how much of what failed is right, and right answers in it."""

    mended: frozenset[int]
    right_answers: int


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
        self._ask = ask
        self._questions = questions
        self._name = name
        self._left = self._most = most_steps
        self._unseen: Sequence[AskedProgram] | None = None

    def find(self, pieces: Pieces) -> Found | None:
        """Return the edits that make everything right, None where none are found in the budget."""
        if not self._questions.failing:
            return None
        first = self._questions.failing[0]
        tried = candidates(pieces, suspicion_of(self._questions), self._name)
        single, partial = self._first_right(pieces, tried, first)
        if single is None:
            return self._two(pieces, tried, partial)
        everything = frozenset(range(len(self._questions.failing)))
        after = edited(pieces, single.edits)
        single = with_its_kind(single, self._questions)
        return Found((single,), (everything,), self._most - self._left, after)

    def _first_right(
        self, pieces: Pieces, tried: Iterable[CandidateEdit], first: AskedProgram
    ) -> tuple[CandidateEdit | None, list[CandidateEdit]]:
        """Return the first edit that makes everything right, and those that mend `first` alone."""
        left, partial = iter(tried), list[CandidateEdit]()
        while self._left > 0 and (batch := list(islice(left, BATCH))):
            sources = [edited(pieces, one.edits) for one in batch]
            answers = self._mismatches(sources, [first])
            for one, source, mismatches in zip(batch, sources, answers, strict=True):
                if mismatches != [None]:
                    continue
                if self._is_right(source):
                    return one, partial
                partial.append(one)
        return None, partial

    def _is_right(self, source: Pieces) -> bool:
        return self._first_wrong_of_all(source) is None

    def _first_wrong(
        self, source: Pieces, asked: Sequence[AskedProgram]
    ) -> tuple[AskedProgram, Mismatch] | None:
        """Return the first Program that a source gets wrong, and where."""
        (mismatches,) = self._mismatches([source], asked)
        pairs = zip(asked, mismatches, strict=True)
        return next(((one, at) for one, at in pairs if at is not None), None)

    def _mismatches(
        self, sources: Sequence[Pieces], asked: Sequence[AskedProgram]
    ) -> list[list[Mismatch | None]]:
        """Return, for each source, where each Program goes wrong, None where it does not."""
        if not asked:
            return [[] for _ in sources]
        answers = [*self._ask(sources, [one.program for one in asked])]
        answers += [[]] * (len(sources) - len(answers))
        steps = sum(len(one.program.steps) for one in asked)
        self._left -= (steps + DEFINING) * len(sources)
        return [_compared(asked, one) for one in answers]

    def _two(
        self, pieces: Pieces, tried: Sequence[CandidateEdit], partial: Sequence[CandidateEdit]
    ) -> Found | None:
        """Return two edits that make everything right together.

        Args:
            pieces: the source.
            tried: all edits of it, none of which is enough.
            partial: those that mend what fails first.
        """
        known = self._firsts(pieces, partial)[:FIRST_EDITS]
        for progress, one in known or self._firsts(pieces, tried)[:FIRST_EDITS]:
            after = edited(pieces, one.edits)
            wrong = self._first_wrong_of_all(after)
            if wrong is None or self._left <= 0:
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
        whole, self._left = self._left, self._left // 2  # others are to be tried, too
        share = self._left
        found, _ = self._first_right(after, candidates(after, suspicion, self._name), asked)
        self._left = whole - (share - self._left)
        return found

    def _first_wrong_of_all(self, source: Pieces) -> tuple[AskedProgram, Mismatch] | None:
        wrong = (self._first_wrong(source, asked) for asked in self._all_asked())
        return next((one for one in wrong if one is not None), None)

    def _all_asked(self) -> Iterator[Sequence[AskedProgram]]:
        yield self._questions.failing
        yield self._questions.others
        if self._unseen is None:  # most edits are wrong before that
            self._unseen = self._questions.unseen()
        yield self._unseen

    def _firsts(
        self, pieces: Pieces, tried: Sequence[CandidateEdit]
    ) -> list[tuple[RepairProgress, CandidateEdit]]:
        """Return the edits that get further than the submission, those that get furthest first."""
        (before,) = self._progress([pieces])
        found: list[tuple[RepairProgress, CandidateEdit]] = []
        left = iter(tried)
        while self._left > self._most // 4 and (batch := list(islice(left, BATCH))):
            reached = self._progress([edited(pieces, one.edits) for one in batch])
            found += [
                (progress, one)
                for progress, one in zip(reached, batch, strict=True)
                if progress.mended >= before.mended
                if progress.right_answers > before.right_answers
            ]
        return sorted(found, key=lambda one: (*_shortfall(one[0]), one[1].weight))

    def _both(
        self, pieces: Pieces, edits: tuple[CandidateEdit, CandidateEdit], first: RepairProgress
    ) -> Found:
        """Return two edits, and what each of them mends by itself."""
        one, second = edits
        after = edited(edited(pieces, one.edits), second.edits)
        moved = moved_before(one, second)
        if moved is None:  # one place, which takes both
            whole = frozenset(range(len(self._questions.failing)))
            return Found((one,), (whole,), self._most - self._left, after)
        (alone,) = self._progress([edited(pieces, moved.edits)])
        return Found((one, moved), (first.mended, alone.mended), self._most - self._left, after)

    def _progress(self, sources: Sequence[Pieces]) -> list[RepairProgress]:
        """Return how far each source gets in what the submission fails."""
        failing = self._questions.failing
        return [_progress_in(failing, one) for one in self._mismatches(sources, failing)]


def with_its_kind(one: CandidateEdit, questions: RepairQuestions) -> CandidateEdit:
    """Return an edit with the kind that what fails gives it, where that says more of it."""
    is_shared = one.kind == "kept on the class"
    return one if is_shared or not is_endless(questions) else one._replace(kind="endless")


def is_endless(questions: RepairQuestions) -> bool:
    """Return whether all that fails comes of calls without end."""
    faults = [one.observation.fault for one in questions.mismatches]
    return all(one is not None and one.type == "RecursionError" for one in faults)


def _compared(
    asked: Sequence[AskedProgram], answers: Sequence[Observation]
) -> list[Mismatch | None]:
    answered = (*answers, *[NOTHING] * (len(asked) - len(answers)))
    return [
        mismatch_of(one.program, one.want, got) for one, got in zip(asked, answered, strict=True)
    ]


def _progress_in(
    failing: Sequence[AskedProgram], mismatches: Sequence[Mismatch | None]
) -> RepairProgress:
    mended, right = set[int](), 0
    for at, (asked, mismatch) in enumerate(zip(failing, mismatches, strict=True)):
        looks = asked.program.observed
        if mismatch is None:
            mended.add(at)
        right += sum(mismatch is None or look.at < mismatch.at for look in looks)
        right += mismatch is None
    return RepairProgress(frozenset(mended), right)


def _shortfall(progress: RepairProgress) -> tuple[int, int]:
    return -len(progress.mended), -progress.right_answers


def suspicion_of(questions: RepairQuestions) -> Suspicion:
    """Return where to look first, as far as the failing Programs tell."""
    operations: set[str] = set()
    functions: set[str] = set()
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
    return Suspicion(frozenset(operations), frozenset(functions))
