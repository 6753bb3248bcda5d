"""Finds the smallest Program that a submission fails as it failed, by asking both sides again."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch, compare, same_number
from grader.engines.observation import Answer, Observation
from grader.engines.oracles.expected import AskOracles, Expected
from grader.engines.probes import FROM_ROOT, probe
from grader.engines.program import Program
from grader.engines.program_graph import is_leaf
from grader.engines.safe_ranges import is_safe
from grader.feedback.shrinking.candidates import Candidates, key_of
from grader.feedback.shrinking.shrink import Budget, shrink

AskSubject: TypeAlias = Callable[[Sequence[Program]], Sequence[Observation]]
AGAIN = 3  # Programs asked besides those of the search
ASKED_AGAIN = ("answered", "raised")


class FailingProgram(NamedTuple):
    """A Program that a submission fails: what was asked, where it differs, what was expected."""

    program: Program
    mismatch: Mismatch
    expected: Mapping[str, Observation]


class Smallest(NamedTuple):
    """The smallest example of a fault.

    Attributes:
        failing: the Program with its own mismatch, the one that was given where nothing smaller is.
        asked: how many Programs the submission was asked for it.
        out_of_budget: whether time or patience ended the search.
        unsteady: whether the submission answered differently when it was asked again; then nothing
            is known but its first answer.
    """

    failing: FailingProgram
    asked: int = 0
    out_of_budget: bool = False
    unsteady: bool = False


class Askers(NamedTuple):
    """Whom to ask: the submission, many Programs at once, the oracles, and who knows neighbours."""

    subject: AskSubject
    oracles: AskOracles
    near: Candidates | None = None


def smallest(
    failing: FailingProgram,
    sides: Askers,
    taught: Collection[str],
    budget: Budget | None = None,
    guess: Program | None = None,
) -> Smallest:
    """Return the smallest Program found on which the submission fails in the same way.

    What it failed stays failed: this finds a better example, or none.

    Args:
        failing: a Program and its mismatch.
        sides: whom to ask.
        taught: the operators that a student knows so far.
        budget: where the search ends.
        guess: the smallest Program that an engine with the same misconception fails; where the
            submission fails it as well, twice, nothing is searched.
    """
    budget = budget or Budget()
    if failing.mismatch.observation.ended not in ASKED_AGAIN:
        return Smallest(failing)
    if budget.programs < AGAIN or budget.clock() >= budget.deadline:
        return Smallest(failing, out_of_budget=True)
    again = _Reasker(failing, sides)
    if guess:
        guessed = again.guessed(guess)
        if guessed:
            return Smallest(guessed, AGAIN)
    start = again.start()
    if start is None:
        return again.given_up(asked=2)
    left = budget._replace(programs=budget.programs - AGAIN)
    found = shrink(start, again.fails, taught, left, sides.near)
    confirmed = again.fail(found.program)
    asked = found.asked + AGAIN
    if confirmed is None:
        return again.given_up(asked)
    return Smallest(confirmed, asked, found.out_of_budget)


class _Reasker:
    """Asks smaller Programs, and keeps the kind of failure fixed."""

    def __init__(self, failing: FailingProgram, sides: Askers) -> None:
        self.failing = failing
        self.sides = sides
        self.kind = kind_of(failing.program, failing.mismatch)
        self.unanswered = False

    def start(self) -> Program | None:
        """Return what to begin with, or None where the submission answers differently by now."""
        program, shorter = self.failing.program, self._shorter()
        first, second = self.sides.subject([program, shorter])
        self.unanswered = "not asked" in (first.ended, second.ended)
        if not self._repeats(first):
            return None
        said = self.sides.oracles(shorter)
        return shorter if self._judged(shorter, second, said) else program

    def guessed(self, guess: Program) -> FailingProgram | None:
        """Return how the submission fails a guess, or None where it does not, each time."""
        shorter = self._shorter()
        if key_of(guess) == key_of(shorter):
            guess = shorter  # its results have the check's own names
        again, *answers = self.sides.subject([self.failing.program, guess, guess])
        if not self._repeats(again):
            return None
        said = self.sides.oracles(guess)
        first, second = (self._judged(guess, answer, said) for answer in answers)
        same = first and second and repeats(first.mismatch.got, second.mismatch.got)
        return second if same else None

    def fails(self, programs: list[Program]) -> list[bool]:
        """Return which Programs fail in the same way, and may be shown."""
        said = [self._known(program) for program in programs]
        asked = [program for program, known in zip(programs, said, strict=True) if known]
        answers = iter(self.sides.subject(asked) if asked else ())
        return [
            known is not None and self._judged(program, next(answers), known) is not None
            for program, known in zip(programs, said, strict=True)
        ]

    def fail(self, program: Program) -> FailingProgram | None:
        """Return how the submission fails `program`, asked once more; None where it does not."""
        (answer,) = self.sides.subject([program])
        self.unanswered = answer.ended == "not asked"
        return self._judged(program, answer, self.sides.oracles(program))

    def given_up(self, asked: int) -> Smallest:
        """Return what was given: it answers differently by now, or was not asked any more."""
        late = self.unanswered
        return Smallest(self.failing, asked, out_of_budget=late, unsteady=not late)

    def _repeats(self, answer: Observation) -> bool:
        """Return whether the submission answers the Program that it failed as it did before."""
        program, mismatch = self.failing.program, self.failing.mismatch
        repeated = compare(program, _first(self.failing.expected), answer)
        if repeated is None or kind_of(program, repeated) != self.kind:
            return False
        return repeated.at == mismatch.at and repeats(mismatch.got, repeated.got)

    def _shorter(self) -> Program:
        """Return what is asked up to the mismatch, without what cannot matter to it."""
        program, mismatch = self.failing.program, self.failing.mismatch
        looks = {seen.at for seen in program.observed}
        if mismatch.at in looks or mismatch.got is not None:
            return program.up_to(mismatch.at)
        return program._replace(observed=()).up_to(mismatch.at)._replace(observed=())

    def _known(self, program: Program) -> Expected | None:
        near = self.sides.near
        return near.expected.of(program, self._said) if near else self._said(program)

    def _said(self, program: Program) -> Expected | None:
        """Return what the oracles say, or None where the Program should not be shown."""
        watch = probe(program)
        said = self.sides.oracles(watch.program)
        if said.quarrel or not said.expected:
            return None
        return said if is_safe(program, watch, _first(said.expected)) else None

    def _judged(
        self, program: Program, observation: Observation, said: Expected
    ) -> FailingProgram | None:
        """Return how the submission fails, or None where it does not, or not in the same way."""
        if said.quarrel or not said.expected:
            return None
        mismatch = compare(program, _first(said.expected), observation)
        if mismatch is None or kind_of(program, mismatch) != self.kind:
            return None
        return FailingProgram(program, mismatch, said.expected)


def _first(expected: Mapping[str, Observation]) -> Observation:
    return next(iter(expected.values()))


def repeats(first: Answer | None, again: Answer | None) -> bool:
    """Return whether an answer came again: a number within tolerance, others in their kind.

    A text may show a memory address, and a wrong order may follow from one.
    """
    if first is None or again is None or first.kind != again.kind:
        return first is again
    one, other = first.value, again.value
    return not isinstance(one, float) or not isinstance(other, float) or same_number(one, other)


def kind_of(program: Program, mismatch: Mismatch) -> tuple[str, ...]:
    """Return what stays the same while a Program shrinks: raises what, or is wrong about what.

    The gradient of a node between the leaves and the root is a kind of its own: an engine may be
    right, and keep none.
    """
    observation = mismatch.observation
    if mismatch.got is None:
        return (observation.ended, observation.fault.type if observation.fault else "")
    step = program.steps[mismatch.at]
    between = step.name == "grad" and not set(step.refs()) <= _ends(program)
    return (step.kind, step.name, mismatch.got.kind, "between" * between)


def _ends(program: Program) -> set[int]:
    """Return the leaves and the roots."""
    steps = program.steps
    leaves = {index for index, step in enumerate(steps) if is_leaf(step)}
    return leaves | {
        at for step in steps if step.kind == "call" and step.name in FROM_ROOT for at in step.refs()
    }
