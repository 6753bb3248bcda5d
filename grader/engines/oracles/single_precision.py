"""How far right answers may be off where numbers are held in 32 bits.

Such an engine rounds at every step to one part in 16 million. How much of that arrives in an
answer depends on the graph: sums of large numbers that nearly cancel leave much of it. So what is
allowed follows from the graph that was asked: from how large its numbers are, and from how far an
answer moves where its inputs move by as much as they are rounded.
"""

from collections.abc import Mapping
from math import isfinite

from grader.engines.observation import Array, Observation
from grader.engines.oracles.textbook import Textbook
from grader.engines.probes import probe
from grader.engines.program import Operand, Program, Step

ROUNDING = 2.0**-23
STEPS = 32  # roundings that may add up at the largest number of a graph
RUNS = 4
SPREAD = 8.0
LONG = 400
MOVED = ("add", "sub", "mul", "truediv")


def slack_of(program: Program) -> Mapping[int, float]:
    """Return for each look of a Program how far a right answer may be off."""
    textbook = Textbook()
    is_long = len(program.steps) > LONG  # a training, which looks at what matters by itself
    want = textbook.answer(program)
    probed = want if is_long else textbook.answer(probe(program, inner=True).program)
    largest = max(map(abs, _numbers(probed)), default=0.0)
    moved = [textbook.answer(_moved(program, run)) for run in range(1 if is_long else RUNS)]
    return {
        look.at: STEPS * ROUNDING * largest + SPREAD * _spread(look.at, want, moved)
        for look in program.observed
    }


def _numbers(observation: Observation) -> list[float]:
    return [
        number
        for answer in observation.answers.values()
        for number in _entries(answer.value)
        if isfinite(number)
    ]


def _entries(value: object) -> tuple[float, ...]:
    if isinstance(value, Array):
        return value.entries
    return (value,) if isinstance(value, float) else ()


def _spread(at: int, want: Observation, moved: list[Observation]) -> float:
    """Return the most by which an answer moves."""
    answer = want.answers.get(at)
    if answer is None or not isinstance(answer.value, float):
        return 0.0
    others = [one.answers[at].value for one in moved if at in one.answers]
    moves = [abs(one - answer.value) for one in others if isinstance(one, float)]
    return max((move for move in moves if isfinite(move)), default=0.0)


def _moved(program: Program, run: int) -> Program:
    """Return a Program each of whose inputs is off by a rounding, up or down."""
    steps = tuple(_moved_step(step, index, run) for index, step in enumerate(program.steps))
    return program._replace(steps=steps)


def _moved_step(step: Step, index: int, run: int) -> Step:
    if step.kind != "make" and not (step.kind == "operate" and step.name in MOVED):
        return step
    up = 1.0 if (index >> run) + run & 1 else -1.0
    return step._replace(
        operands=tuple(_moved_number(operand, 1.0 + up * ROUNDING) for operand in step.operands)
    )


def _moved_number(operand: Operand, factor: float) -> Operand:
    is_number = isinstance(operand, int | float) and not isinstance(operand, bool)
    return operand * factor if is_number else operand  # type: ignore[operator]
