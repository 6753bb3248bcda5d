"""What the oracles say to a Program, and whether they agree."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from grader.engines.compare import ORACLES_RELATIVE, compare
from grader.engines.observation import Observation
from grader.engines.program import Program, Step


class Oracle(Protocol):
    """An engine that knows the answers."""

    label: str

    def answer(self, program: Program) -> Observation | None:
        """Return what the oracle does with `program`, or None where it cannot tell."""
        ...


class Expected(NamedTuple):
    """A Program, and what each oracle says to it; `quarrel` tells where they disagree."""

    program: Program
    expected: Mapping[str, Observation]
    quarrel: str = ""

    @property
    def want(self) -> Observation:
        """What the first oracle says."""
        return next(iter(self.expected.values()))


MOST_REMEMBERED = 5000

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
    """Return what asks the oracles, each Program once as long as it is remembered."""
    known: dict[tuple[tuple[Step, ...], frozenset[int]], Expected] = {}

    def ask(program: Program) -> Expected:
        asked = program.steps, frozenset(seen.at for seen in program.observed)
        found = known.get(asked)
        if found is None:
            if len(known) >= MOST_REMEMBERED:  # submissions without end may be asked all sorts
                known.clear()
            found = known[asked] = expect(program, oracles)
        return found._replace(program=program)

    return ask
