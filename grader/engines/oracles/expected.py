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


class Question(NamedTuple):
    """A Program, and what each oracle says to it; `quarrel` tells where they disagree."""

    program: Program
    expected: Mapping[str, Observation]
    quarrel: str = ""

    @property
    def want(self) -> Observation:
        """What the first oracle says."""
        return next(iter(self.expected.values()))


MOST_REMEMBERED = 5000

Ask: TypeAlias = Callable[[Program], Question]


def question(program: Program, oracles: Sequence[Oracle]) -> Question:
    """Ask the oracles a Program, and compare what they say."""
    answers = {oracle.label: oracle.answer(program) for oracle in oracles}
    expected = {label: answer for label, answer in answers.items() if answer is not None}
    (first, want), *others = expected.items()
    if want.ended != "answered":
        return Question(program, expected, f"{first} does not answer: {want.ended}")
    for label, other in others:
        if compare(program, want, other, relative=ORACLES_RELATIVE):
            return Question(program, expected, f"{first} and {label} disagree")
    return Question(program, expected)


def remembering(oracles: Sequence[Oracle]) -> Ask:
    """Return what asks the oracles, each Program once as long as it is remembered."""
    known: dict[tuple[tuple[Step, ...], frozenset[int]], Question] = {}

    def ask(program: Program) -> Question:
        asked = program.steps, frozenset(seen.at for seen in program.observed)
        found = known.get(asked)
        if found is None:
            if len(known) >= MOST_REMEMBERED:  # submissions without end may be asked all sorts
                known.clear()
            found = known[asked] = question(program, oracles)
        return found._replace(program=program)

    return ask
