"""Edited sources of a submission, asked what it has to answer, within a number of steps."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch
from grader.engines.observation import Observation
from grader.engines.oracles.expected import mismatch_of
from grader.engines.program import Program
from grader.feedback.repair.edit import Pieces

AskEdited: TypeAlias = Callable[[Sequence[Pieces], Sequence[Program]], Sequence[list[Observation]]]
"""Edited sources, and Programs → what each source answers, up to what does not come to an end; for
fewer sources than were asked, or for none, where no more can be asked."""
DEFINING = 25  # that many steps it costs to define a source
ENDLESS = 150  # and that many, an answer that calls itself without end, as long as it takes
MOST_ENDLESS = 400  # answers that are free of it: the right edit is mostly among those
NOTHING = Observation("not asked")


class AskedProgram(NamedTuple):
    """A Program, and the oracles' answer to it."""

    program: Program
    want: Observation


def up_to_mismatch(asked: AskedProgram, mismatch: Mismatch) -> AskedProgram:
    """Return a Program up to the step that goes wrong first: most edits are wrong before that."""
    program, end = asked.program, mismatch.at + 1
    shorter = program._replace(
        steps=program.steps[:end],
        observed=tuple(look for look in program.observed if look.at < end),
        names={at: name for at, name in program.names.items() if at < end},
    )
    return asked._replace(program=shorter)


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


class RepairProgress(NamedTuple):
    """How far an edited source gets in what the submission fails.

    Attributes:
        mended: the places of what is right.
        right_answers: how many answers are right, in what is wrong as well.
        steps: how many steps are made before anything goes wrong.
        faults: the exceptions that end it.
    """

    mended: frozenset[int]
    right_answers: int
    steps: int
    faults: tuple[str, ...] = ()


class AskedEdits:
    """Edited sources, asked until so many steps are taken.

    Attributes:
        left: how many steps may still be taken.
    """

    def __init__(self, ask: AskEdited, questions: RepairQuestions, most_steps: int) -> None:
        """Prepare.

        Args:
            ask: puts Programs to edits of a submission.
            questions: what it has to answer.
            most_steps: how many steps may be taken.
        """
        self.left = most_steps
        self._ask = ask
        self._questions = questions
        self._unseen: Sequence[AskedProgram] | None = None
        self._endless = 0

    def mismatches(
        self, sources: Sequence[Pieces], asked: Sequence[AskedProgram]
    ) -> list[list[Mismatch | None]]:
        """Return, for each source, where each Program goes wrong, None where it does not."""
        if not asked:
            return [[] for _ in sources]
        answers = [*self._ask(sources, [one.program for one in asked])]
        steps = sum(len(one.program.steps) for one in asked)
        self.left -= (steps + DEFINING) * len(sources)
        self.left -= ENDLESS * self._endless_in(answers)
        if len(answers) < len(sources):  # nor will the next ones be
            answers += [[]] * (len(sources) - len(answers))
            self.left = min(self.left, 0)
        return [_compared(asked, one) for one in answers]

    def _endless_in(self, answers: Sequence[Sequence[Observation]]) -> int:
        """Return how many answers call themselves without end, beyond those that are free."""
        before = max(self._endless, MOST_ENDLESS)
        self._endless += sum(map(is_endless, chain.from_iterable(answers)))
        return max(0, self._endless - before)

    def first_wrong(self, source: Pieces) -> tuple[AskedProgram, Mismatch] | None:
        """Return the first Program of all that a source gets wrong, and where."""
        wrong = (self._first_wrong_in(source, asked) for asked in self.parts())
        return next((one for one in wrong if one is not None), None)

    def _first_wrong_in(
        self, source: Pieces, asked: Sequence[AskedProgram]
    ) -> tuple[AskedProgram, Mismatch] | None:
        """Return the first Program that a source gets wrong, and where."""
        (mismatches,) = self.mismatches([source], asked)
        pairs = zip(asked, mismatches, strict=True)
        return next(((one, at) for one, at in pairs if at is not None), None)

    def parts(self) -> Iterator[Sequence[AskedProgram]]:
        """Give all that has to be answered, part by part; what nobody has seen comes last."""
        yield self._questions.failing
        yield self._questions.others
        if self._unseen is None:  # most edits are wrong before that
            self._unseen = self._questions.unseen()
        yield self._unseen

    def progress(self, sources: Sequence[Pieces]) -> list[RepairProgress]:
        """Return how far each source gets in what the submission fails."""
        failing = self._questions.failing
        return [_progress_in(failing, one) for one in self.mismatches(sources, failing)]


def is_endless(observation: Observation) -> bool:
    """Return whether an answer comes of calls without end."""
    return observation.fault is not None and observation.fault.type == "RecursionError"


def _compared(
    asked: Sequence[AskedProgram], answers: Sequence[Observation]
) -> list[Mismatch | None]:
    answered = (*answers, *[NOTHING] * (len(asked) - len(answers)))
    return [
        mismatch_of(one.program, one.want, got) for one, got in zip(asked, answered, strict=True)
    ]


def right_among(mismatches: Sequence[Mismatch | None]) -> frozenset[int]:
    """Return the places of the Programs that are right."""
    return frozenset(at for at, mismatch in enumerate(mismatches) if mismatch is None)


def _progress_in(
    failing: Sequence[AskedProgram], mismatches: Sequence[Mismatch | None]
) -> RepairProgress:
    mended, right, steps = set[int](), 0, 0
    faults: list[str] = []
    for at, (asked, mismatch) in enumerate(zip(failing, mismatches, strict=True)):
        looks = asked.program.observed
        if mismatch is None:
            mended.add(at)
        right += sum(mismatch is None or look.at < mismatch.at for look in looks)
        right += mismatch is None
        steps += mismatch.at if mismatch else len(asked.program.steps)
        if mismatch is not None and mismatch.observation.fault is not None:
            fault = mismatch.observation.fault
            faults.append(f"{fault.type}: {fault.message}")
    return RepairProgress(frozenset(mended), right, steps, tuple(faults))


def shortfall(progress: RepairProgress) -> tuple[int, int]:
    """Return a number, and another, that are the less, the further an edit gets."""
    return -len(progress.mended), -progress.right_answers
