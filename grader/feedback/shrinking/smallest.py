"""Finds the smallest Program that a submission fails as it failed, by asking both sides again.

The search itself (`shrink`) knows a predicate and no more, so what counts as the same failure is
decided here, and in this order:

1. The failure has to come again before anything is searched. Where it depends on memory addresses
   or on chance, each smaller Program would fail or not by luck, and the one that is shown would
   pass when the student pastes it.
2. The oracles are asked before the submission. Their answers are remembered for all submissions,
   and rule many candidates out: those on which they disagree, and those near a kink or a pole,
   where a right engine may differ. Asked first, the submission would spend its seconds on Programs
   that can never be shown.
3. A difference counts only if it is of the same kind, see `kind_of`. Most Programs that are small
   enough fail in some way, for what comes in may be missing altogether: without this the search
   would end at a fault that the check is not about.
4. The Program that the search ends with is asked once more, alone. In a batch it came after
   others, and some engines leave something behind that makes the next graph wrong.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch, same_number
from grader.engines.observation import Answer, Observation
from grader.engines.oracles.expected import AskOracles, Expected, mismatch_of
from grader.engines.probes import FROM_ROOT, probe
from grader.engines.program import Program
from grader.engines.program_graph import is_leaf
from grader.engines.safe_ranges import is_safe
from grader.feedback.shrinking.candidates import Candidates, key_of
from grader.feedback.shrinking.shrink import Budget, shrink

AskSubject: TypeAlias = Callable[[Sequence[Program]], Sequence[Observation]]
OWN_PROGRAMS = 3  # asked besides those of the search
WORTH_ASKING_AGAIN = ("answered", "raised")


class FailingProgram(NamedTuple):
    """A Program that a submission fails: what was asked, where it differs, what was expected."""

    program: Program
    mismatch: Mismatch
    expected: Mapping[str, Observation]


class Smallest(NamedTuple):
    """The smallest example of a fault.

    Attributes:
        failing: the Program with its own mismatch, the one that was given where nothing smaller is.
        programs_asked: how many Programs the submission was asked for it.
        out_of_budget: whether time or patience ended the search.
        unsteady: whether the submission answered differently when it was asked again; then nothing
            is known but its first answer.
    """

    failing: FailingProgram
    programs_asked: int = 0
    out_of_budget: bool = False
    unsteady: bool = False


class Askers(NamedTuple):
    """The submission, asked many Programs at once; the oracles; the candidates known by now."""

    subject: AskSubject
    oracles: AskOracles
    candidates: Candidates | None = None


def smallest(
    failing: FailingProgram,
    askers: Askers,
    taught: Collection[str],
    budget: Budget | None = None,
    guess: Program | None = None,
) -> Smallest:
    """Return the smallest Program found on which the submission fails in the same way.

    What it failed stays failed: this finds a better example, or none.

    Args:
        failing: a Program and its mismatch.
        askers: the submission and the oracles.
        taught: the operators that a student knows so far.
        budget: where the search ends.
        guess: the smallest Program that an engine with the same misconception fails; where the
            submission fails it as well, twice, nothing is searched.
    """
    budget = budget or Budget()
    if failing.mismatch.observation.ended not in WORTH_ASKING_AGAIN:
        return Smallest(failing)
    if budget.programs < OWN_PROGRAMS or budget.clock() >= budget.deadline:
        return Smallest(failing, out_of_budget=True)
    search = _FailureSearch(failing, askers)
    if guess:
        guess_failure = search.try_guess(guess)
        if guess_failure:
            return Smallest(guess_failure, OWN_PROGRAMS)
    start = search.start()
    if start is None:
        return search.give_up(programs_asked=2)
    remaining = budget._replace(programs=budget.programs - OWN_PROGRAMS)
    shrunk = shrink(start, search.fails, taught, remaining, askers.candidates)
    confirmed = search.confirm(shrunk.program)
    programs_asked = shrunk.programs_asked + OWN_PROGRAMS
    if confirmed is None:
        return search.give_up(programs_asked)
    return Smallest(confirmed, programs_asked, shrunk.out_of_budget)


class _FailureSearch:
    """The search for a smaller Program that fails in the same way."""

    def __init__(self, failing: FailingProgram, askers: Askers) -> None:
        self.failing = failing
        self.askers = askers
        self.kind = kind_of(failing.program, failing.mismatch)
        self.cut_off = False

    def start(self) -> Program | None:
        """Return the Program to begin with, None where the failure does not come again."""
        program, shorter = self.failing.program, self._shorter()
        first, second = self.askers.subject([program, shorter])
        self.cut_off = "not asked" in (first.ended, second.ended)
        if not self._repeats(first):
            return None
        expected = self.askers.oracles(shorter)
        return shorter if self._failure(shorter, second, expected) else program

    def try_guess(self, guess: Program) -> FailingProgram | None:
        """Return the failure of a guess, None unless the submission fails it each time."""
        shorter = self._shorter()
        if key_of(guess) == key_of(shorter):
            guess = shorter  # its results have the check's own names
        repeated, *answers = self.askers.subject([self.failing.program, guess, guess])
        if not self._repeats(repeated):
            return None
        expected = self.askers.oracles(guess)
        first, second = (self._failure(guess, answer, expected) for answer in answers)
        same = first and second and repeats(first.mismatch.got, second.mismatch.got)
        return second if same else None

    def fails(self, programs: list[Program]) -> list[bool]:
        """Return of each Program whether it fails in the same way, and may be shown."""
        by_oracles = [self._expected(program) for program in programs]
        pairs = list(zip(programs, by_oracles, strict=True))
        can_be_shown = [program for program, expected in pairs if expected]
        answers = iter(self.askers.subject(can_be_shown) if can_be_shown else ())
        return [
            expected is not None and self._failure(program, next(answers), expected) is not None
            for program, expected in pairs
        ]

    def confirm(self, program: Program) -> FailingProgram | None:
        """Return the failure of `program`, asked once more; None where there is none."""
        (answer,) = self.askers.subject([program])
        self.cut_off = answer.ended == "not asked"
        return self._failure(program, answer, self.askers.oracles(program))

    def give_up(self, programs_asked: int) -> Smallest:
        """Return the Program that failed: it passes by now, or there was no time to ask again."""
        late = self.cut_off
        return Smallest(self.failing, programs_asked, out_of_budget=late, unsteady=not late)

    def _repeats(self, answer: Observation) -> bool:
        """Return whether the submission answers the Program that it failed as it did before."""
        program, mismatch = self.failing.program, self.failing.mismatch
        repeated = mismatch_of(program, _first(self.failing.expected), answer)
        if repeated is None or kind_of(program, repeated) != self.kind:
            return False
        return repeated.at == mismatch.at and repeats(mismatch.got, repeated.got)

    def _shorter(self) -> Program:
        """Return the Program up to its mismatch, without what cannot matter to it."""
        program, mismatch = self.failing.program, self.failing.mismatch
        observed = {look.at for look in program.observed}
        if mismatch.at in observed or mismatch.got is not None:
            return program.up_to(mismatch.at)
        return program._replace(observed=()).up_to(mismatch.at)._replace(observed=())

    def _expected(self, program: Program) -> Expected | None:
        candidates = self.askers.candidates
        if candidates is None:
            return self._ask_oracles(program)
        return candidates.expected.of(program, self._ask_oracles)

    def _ask_oracles(self, program: Program) -> Expected | None:
        """Return the oracles' answers, or None where the Program should not be shown."""
        probes = probe(program)
        expected = self.askers.oracles(probes.program)
        if expected.disagreement or not expected.by_oracle:
            return None
        return expected if is_safe(program, probes, _first(expected.by_oracle)) else None

    def _failure(
        self, program: Program, observation: Observation, expected: Expected
    ) -> FailingProgram | None:
        """Return the failure of a Program, None where it passes or fails in another way."""
        if expected.disagreement or not expected.by_oracle:
            return None
        mismatch = mismatch_of(program, _first(expected.by_oracle), observation)
        if mismatch is None or kind_of(program, mismatch) != self.kind:
            return None
        return FailingProgram(program, mismatch, expected.by_oracle)


def _first(expected: Mapping[str, Observation]) -> Observation:
    return next(iter(expected.values()))


def repeats(first: Answer | None, second: Answer | None) -> bool:
    """Return whether an answer came again: a number within tolerance, others in their kind.

    A text may show a memory address, and a wrong order may follow from one.
    """
    if first is None or second is None or first.kind != second.kind:
        return first is second
    one, other = first.value, second.value
    return not isinstance(one, float) or not isinstance(other, float) or same_number(one, other)


def kind_of(program: Program, mismatch: Mismatch) -> tuple[str, ...]:
    """Return the kind of a failure, which stays while it shrinks: what is raised, or what is wrong.

    The same exception in another method is another failure: of two faults the example would show
    the one that its check is not about. The gradient of a node between the leaves and the root is a
    kind of its own: an engine may be right, and keep none.
    """
    observation = mismatch.observation
    if mismatch.got is None:
        return (observation.ended, *_raised(observation))
    step = program.steps[mismatch.at]
    is_between = step.name == "grad" and not set(step.refs()) <= _ends(program)
    return (step.kind, step.name, mismatch.got.kind, "between" * is_between)


def _raised(observation: Observation) -> tuple[str, ...]:
    """Return what was raised, and in which function of the submission.

    Where calls without end run out is a matter of how deep they began.
    """
    fault = observation.fault
    if fault is None or fault.place is None or fault.type == "RecursionError":
        return (fault.type if fault else "",)
    return (fault.type, fault.place.function)


def _ends(program: Program) -> set[int]:
    """Return the leaves and the roots."""
    steps = program.steps
    leaves = {index for index, step in enumerate(steps) if is_leaf(step)}
    return leaves | {
        at for step in steps if step.kind == "call" and step.name in FROM_ROOT for at in step.refs()
    }
