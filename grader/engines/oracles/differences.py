"""The second oracle where torch has no such thing: gradients are confirmed by central differences.

It knows no derivative. What it looks at otherwise, values say, is as the first oracle has it: they
are what the definition says. `confirms` tells where that leaves nothing that two oracles agree on.
"""

from collections.abc import Iterator

from grader.engines.compare import same_number
from grader.engines.observation import NUMBER, Answer, Observation, number_in
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import ObservedStep, Program, Ref, Step

STEP = 1e-5  # of a number of size 1; of larger ones, as much larger
RELATIVE = 1e-6  # as far as a central difference with that step may be off
BACKWARD = ("call", "backward")


class CentralDifferences:
    """Confirms the gradients that another oracle gives, or gives others."""

    label = f"central differences (within {RELATIVE:g})"

    def __init__(self, textbook: Textbook) -> None:
        self._textbook = textbook

    def answer(self, program: Program) -> Observation:
        """Return the first oracle's Observation, with the gradients that differences do not have.

        Those that are confirmed stay as they are, to the last digit.
        """
        observation = self._textbook.answer(program)
        answers = dict(observation.answers)
        for at, measured in self._measured(program):
            if not same_number(number_in(answers.get(at)), measured, RELATIVE):
                answers[at] = Answer(NUMBER, measured)
        return observation._replace(answers=answers)

    def confirms(self, program: Program) -> bool:
        """Return whether there is a gradient in what `program` looks at that can be measured."""
        return any(True for _ in self._measured(program))

    def _measured(self, program: Program) -> Iterator[tuple[int, float]]:
        """Yield the looks at gradients of numbers that the Program itself writes down."""
        for look in sorted({look.at for look in program.observed}):
            step = program.steps[look]
            if (step.kind, step.name) != ("read", "grad"):
                continue
            place = _place_of_number(program.steps[:look], step.refs()[0])
            roots = _roots(program.steps[:look])
            if place is not None and roots:
                yield look, self._slope(program.steps[:look], place, roots)

    def _slope(self, steps: tuple[Step, ...], place: int, roots: list[int]) -> float:
        number = float(steps[place].operands[-1])  # type: ignore[arg-type]
        size = STEP * max(1.0, abs(number))
        above, below = (
            self._total(_moved(steps, place, number + move), roots) for move in (size, -size)
        )
        return (above - below) / (2 * size)

    def _total(self, steps: tuple[Step, ...], roots: list[int]) -> float:
        """Return the sum of what the roots of all passes hold: gradients add up over passes."""
        observed = tuple(ObservedStep("", at) for at in roots)
        answers = self._textbook.answer(Program(steps, observed)).answers
        return sum(number_in(answers.get(at)) for at in roots)


def _place_of_number(steps: tuple[Step, ...], node: int) -> int | None:
    """Return the only step that says which number a node holds, None where none or several do."""
    made = [node] if steps[node].kind == "make" else []
    written = [
        at
        for at, step in enumerate(steps)
        if (step.kind, step.name) == ("write", "data")
        and _path(steps, step.refs()[0]) == _path(steps, node)
    ]
    places = [*made, *written]
    if len(places) != 1 or type(steps[places[0]].operands[-1]) not in (int, float):
        return None
    return places[0]


def _path(steps: tuple[Step, ...], at: int) -> object:
    """Return how a result is come by: `layer.w[0]` is the same however often it is read."""
    kind, name, operands = steps[at]
    if kind != "read" and name != "getitem":
        return at
    return name, [_path(steps, one.at) if isinstance(one, Ref) else one for one in operands]


def _roots(steps: tuple[Step, ...]) -> list[int]:
    """Return the steps that begin passes; none where something else changes gradients."""
    effects = [at for at, step in enumerate(steps) if step.has_effect()]
    used = {at for step in steps for at in step.refs()}
    for at in effects:
        kind, name, operands = steps[at]
        is_pass = (kind, name) == BACKWARD and len(operands) == 1
        if not (is_pass or (kind, name) == ("write", "data") or (kind == "call" and at in used)):
            return []
    return [at for at in effects if (steps[at].kind, steps[at].name) == BACKWARD]


def _moved(steps: tuple[Step, ...], place: int, number: float) -> tuple[Step, ...]:
    """Return the steps with another number at a place, and a look at each root for its pass."""
    operands = (*steps[place].operands[:-1], number)
    moved = (*steps[:place], steps[place]._replace(operands=operands), *steps[place + 1 :])
    return tuple(
        Step("read", "data", (Ref(step.refs()[0]),)) if (step.kind, step.name) == BACKWARD else step
        for step in moved
    )
