"""Asks the same with other numbers, so that a table of the known answers is of no use.

Only what a Program writes down itself is drawn anew: the data of what it makes, and what it sets.
Exponents, axes and plain operands stay, since what is asked may be about them; so do the sizes and
labels that a function or a network is given, and all that it is given beside nodes: a share between
0 and 1, say. A zero stays, for it stands where a fault hides, and so does what is equal, as in
`Value(2) + Value(2)`.
Where a text is asked for, a number has as many digits as before: an engine may show no more.
"""

from collections.abc import Callable
from random import Random

from grader.engines.program import ENGINES, ArrayData, Items, NumpyArray, Operand, Program, Step

KINDS = ("make", "write")
TRIES = 40
DIGITS = 4  # behind the point
LEAST, MOST = 0.6, 1.5  # of the number that stood there
FURTHEST = 4  # whole numbers away


def other_numbers(program: Program, seed: int, is_fit: Callable[[Program], bool]) -> Program | None:
    """Return `program` with other numbers, None where it has none or nothing that is drawn fits.

    Args:
        program: one that a check asks.
        seed: the same seed gives the same numbers, on every machine.
        is_fit: whether a Program can be compared: away from kinks and poles, see `is_safe`. Where
            the check's own is not, on purpose, the other one need not be.
    """
    random = Random(seed)
    in_text = any((step.kind, step.name) == ("ask", "text") for step in program.steps)
    for attempt in range(TRIES):
        drawn = _Numbers(random, as_long=in_text)
        steps = tuple(drawn.step(step) for step in program.steps)
        if not drawn.known:
            return None
        other = program._replace(steps=steps)
        if is_fit(other) or (attempt == 0 and not is_fit(program)):
            return other
    return None


class _Numbers:
    """Numbers drawn so far, each for one that stood in the Program.

    Attributes:
        known: the type of a number and the number → what stands for it.
    """

    def __init__(self, random: Random, *, as_long: bool) -> None:
        self.known: dict[tuple[type, float], float] = {}
        self._random = random
        self._as_long = as_long

    def step(self, step: Step) -> Step:
        if step.kind not in KINDS:
            return step
        is_node = step.kind == "write" or step.name in ENGINES
        if step.refs() and not is_node:
            return step
        draw = self._operand if is_node else self._argument
        return step._replace(operands=tuple(map(draw, step.operands)))

    def _argument(self, operand: Operand) -> Operand:
        """Return what a function or a network is given: whole numbers are sizes, and labels."""
        return operand if type(operand) is int else self._operand(operand, whole=False)

    def _operand(self, operand: Operand, *, whole: bool = True) -> Operand:
        draw = self._operand if whole else self._argument
        if isinstance(operand, NumpyArray):
            return NumpyArray(ArrayData(tuple(map(self._argument, operand.rows.items))))
        if isinstance(operand, Items):
            return operand._replace(items=tuple(map(self._argument, operand.items)))
        if isinstance(operand, ArrayData):
            return ArrayData(tuple(map(draw, operand.items)))
        if type(operand) not in (int, float) or operand == 0:
            return operand
        return self._number(operand)  # type: ignore[arg-type]

    def _number(self, number: float) -> float:
        key = type(number), number
        while key not in self.known:
            drawn = self._draw(number)
            if drawn != number and drawn not in self.known.values():
                self.known[key] = drawn
        return self.known[key]

    def _draw(self, number: float) -> float:
        if isinstance(number, int):
            sign = 1 if number > 0 else -1
            return sign * self._random.randint(
                max(1, abs(number) - FURTHEST), abs(number) + FURTHEST
            )
        digits = len(repr(number).partition(".")[2]) if self._as_long else DIGITS
        return round(number * self._random.uniform(LEAST, MOST), digits) or number / 2
