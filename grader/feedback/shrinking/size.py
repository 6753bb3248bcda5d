"""The size of a Program, for those who look for a smaller one that shows the same.

A node that is used twice is a complication of its own, and so are two inputs of equal value: what
shows without them is shown without them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from grader.engines.program import ArrayData, Operand, Program, Step
from grader.engines.program_graph import is_leaf, operations

SIMPLE = (1, 2, 3, -1)
SIMPLE_FACTORS = (2, 3, -1)
PLAINNESS = {"add": 0, "mul": 1, "sub": 2, "neg": 2, "truediv": 3, "pow": 3}
"""Of operators: what is learnt first is plainer. Methods come after all of them."""


class Size(NamedTuple):
    """The measures of a Program, compared in this order; the smaller one is the better example.

    Attributes:
        operations: how many results are computed.
        foreign: how far those are from `+`, added up.
        shared: how often a node is used again by a further operation.
        leaves: how many nodes are made from numbers.
        entries: how many numbers stand in its arrays.
        others: how many other steps there are, those that look at a result among them.
        disorder: how many operations use a later node before an earlier one.
        equal: how many inputs have the value of an earlier one.
        numbers: how far each number is from the simple ones.
    """

    operations: int
    foreign: int
    shared: int
    leaves: int
    entries: int
    others: int
    disorder: int
    equal: int
    numbers: tuple[int, ...]


def size(program: Program) -> Size:
    """Return the size of `program`."""
    steps = program.steps
    computed = operations(program)
    leaves = [index for index, step in enumerate(steps) if is_leaf(step)]
    graph = {*computed, *leaves}
    operands = [steps[index].refs() for index in computed]
    used = [at for refs in operands for at in refs if at in graph]
    inputs = [steps[leaf].operands[0] for leaf in leaves]
    numbers = list(_numbers(program))
    return Size(
        operations=len(computed),
        foreign=sum(PLAINNESS.get(steps[index].name, 4) for index in computed),
        shared=len(used) - len(set(used)),
        leaves=len(leaves),
        entries=sum(in_array for _, _, in_array in numbers),
        others=len(steps) - len(computed) - len(leaves),
        disorder=sum(len(refs) > 1 and list(refs) != sorted(refs) for refs in operands),
        equal=len(inputs) - len(set(inputs)),
        numbers=tuple(rank(number, step) for number, step, _ in numbers),
    )


def is_factor(step: Step) -> bool:
    """Return whether the numbers in a step are factors, exponents and the like."""
    return step.kind == "operate" or step.name == "forward"


def rank(number: float, step: Step) -> int:
    """Return the distance of a number from simple ones; 1 as a factor or exponent hides faults."""
    simple = SIMPLE_FACTORS if is_factor(step) else SIMPLE
    other_type = isinstance(number, int) is not is_factor(step)
    if number in simple:
        return simple.index(int(number)) + other_type * len(simple)
    return 10 + len(repr(number))


def _numbers(program: Program) -> Iterator[tuple[float, Step, bool]]:
    """Yield every number, the step that it stands in, and whether it stands in an array."""
    for step in program.steps:
        if step.kind in ("make", "operate", "write", "call"):
            for operand in step.operands:
                yield from ((number, step, in_array) for number, in_array in _in_operand(operand))


def _in_operand(operand: Operand, in_array: bool = False) -> Iterator[tuple[float, bool]]:
    if isinstance(operand, ArrayData):
        for item in operand.items:
            yield from _in_operand(item, True)
    elif type(operand) in (int, float):
        yield operand, in_array  # type: ignore[misc]
