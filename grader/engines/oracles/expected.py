"""Asks the oracles a Program, and finds whether they agree."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from grader.engines.compare import ORACLES_RELATIVE, SINGLE_RELATIVE, Mismatch, compare
from grader.engines.memo import Recent
from grader.engines.observation import SINGLE, Observation
from grader.engines.program import Program, Step


class Oracle(Protocol):
    """An engine that knows the answers."""

    label: str

    def answer(self, program: Program) -> Observation | None:
        """Return the oracle's Observation of `program`, or None where it cannot tell."""
        ...


class Expected(NamedTuple):
    """A Program, and what each oracle says to it.

    Attributes:
        program: the Program that they were asked.
        by_oracle: oracle's label → its Observation; submissions are compared with the first.
        disagreement: in words, empty where they agree.
    """

    program: Program
    by_oracle: Mapping[str, Observation]
    disagreement: str = ""

    @property
    def want(self) -> Observation:
        """The Observation of the first oracle."""
        return next(iter(self.by_oracle.values()))


def mismatch_of(program: Program, want: Observation, got: Observation) -> Mismatch | None:
    """Return where a submission's Observation differs first, at the precision of its numbers.

    Args:
        program: the Program that was asked.
        want: an oracle's Observation.
        got: the submission's.
    """
    if got.precision != SINGLE:
        return compare(program, want, got)
    if compare(program, want, got, relative=SINGLE_RELATIVE) is None:
        return None
    from grader.engines.oracles.single_precision import slack_of  # most hold floats of Python's

    return compare(program, want, got, relative=SINGLE_RELATIVE, slack=slack_of(program))


MOST_STEPS = 100_000
"""Programs of so many steps together are remembered: some thousand that check an engine, but of
trainings, each from a start of its own, twenty. A process may grade submissions without end.
"""

AskOracles: TypeAlias = Callable[[Program], Expected]


def expect(program: Program, oracles: Sequence[Oracle]) -> Expected:
    """Ask the oracles a Program, and compare what they say."""
    answers = {oracle.label: oracle.answer(program) for oracle in oracles}
    expected = {label: answer for label, answer in answers.items() if answer is not None}
    (first, want), *others = expected.items()
    if want.ended != "answered":
        return Expected(program, expected, f"{first} does not answer: {want.ended}")
    for label, other in others:
        if compare(program, want, other, relative=ORACLES_RELATIVE):
            return Expected(program, expected, f"{first} and {label} disagree")
    return Expected(program, expected)


def memoised(oracles: Sequence[Oracle]) -> AskOracles:
    """Return a way to ask the oracles, each Program once as long as it is remembered."""
    known: Recent[tuple[tuple[Step, ...], frozenset[int]], Expected] = Recent(MOST_STEPS)

    def ask(program: Program) -> Expected:
        key = program.steps, frozenset(look.at for look in program.observed)
        expected = known.get(key)
        if expected is None:
            expected = expect(program, oracles)
            known.keep(key, expected, len(program.steps))
        return expected._replace(program=program)

    return ask
