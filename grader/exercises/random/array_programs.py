"""Random Programs over Tensors and Functions, seeded, with inputs that hide no fault.

Every tensor that is computed leads to the root: an engine that counts the consumers of a tensor,
as the sheet's does, waits for each of them.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from grader.engines.program import (
    ArrayData,
    Keyword,
    Kind,
    ObservedStep,
    Operand,
    Plain,
    Program,
    Ref,
    Step,
)
from grader.exercises.random.grids import Grid, by_entry, matrix_product, summed
from grader.exercises.random.scalar_programs import (
    TaughtOperations,
    first_within,
    late_node,
    number_off_zero,
)

EXPONENTS = (2, 3, -1, 0.5, -2)
LARGEST = 1e3
BINARY: Mapping[str, Callable[[float, float], float]] = {
    "Add": lambda x, y: x + y,
    "Sub": lambda x, y: x - y,
    "Mul": lambda x, y: x * y,
    "Div": lambda x, y: x / y if abs(y) >= 0.2 else math.nan,
}
UNARY: Mapping[str, Callable[[float], float]] = {
    "ReLU": lambda x: max(0.0, x) if abs(x) >= 0.05 else math.nan,
    "Sigmoid": lambda x: 1 / (1 + math.exp(-x)) if abs(x) <= 8 else math.nan,
    "Tanh": lambda x: math.tanh(x) if abs(x) <= 3 else math.nan,
    "Exp": lambda x: math.exp(x) if x <= 5 else math.nan,
    "Log": lambda x: math.log(x) if x >= 0.2 else math.nan,
    "Sqrt": lambda x: math.sqrt(x) if x >= 0.2 else math.nan,
    "Sin": lambda x: math.sin(x) if abs(x) <= 100 else math.nan,
    "Cos": lambda x: math.cos(x) if abs(x) <= 100 else math.nan,
}
"""Each is nan near a kink or a pole, where no Program should go."""
FUNCTIONS = (*BINARY, *UNARY, "Pow", "MatMul", "Sum", "Mean")


class _Node(NamedTuple):
    """A tensor: the Function it came from, "Tensor" for a leaf, and what it holds."""

    function: str
    operands: tuple[int, ...]
    options: tuple[Operand, ...]
    grid: Grid


def array_program(seed: int, taught: TaughtOperations) -> Program:
    """Return a random Program that starts a backward pass with unequal gradients.

    Args:
        seed: the same seed gives the same Program, on every machine.
        taught: the Functions that it may use; the operands of Add never differ in shape.
    """
    random = Random(seed)
    sketch = _ArraySketch(random, taught.functions, taught.broadcasting)
    for _ in range(random.randint(2, 4)):
        sketch.leaf()
    for _ in range(random.randint(2, 5)):
        sketch.grow()
    return sketch.program()


class _ArraySketch:
    def __init__(self, random: Random, functions: Sequence[str], broadcasting: bool) -> None:
        self.random = random
        self.functions = functions
        self.broadcasting = broadcasting
        self.nodes: list[_Node] = []
        rows, columns = random.choice(((2, 3), (3, 2), (2, 4), (2, 2), (3, 3)))
        self.shapes = [(rows, columns)]
        if "MatMul" in functions:
            self.shapes += [(columns, rows), (rows, rows), (columns, columns)]
        if broadcasting:
            self.shapes += [(rows, columns), (rows, 1), (1, columns)]

    def leaf(self) -> None:
        """Add an input."""
        height, width = self.random.choice(self.shapes)
        rows = tuple(tuple(self._entry() for _ in range(width)) for _ in range(height))
        flat = height == 1 and self.random.random() < 0.6
        self.nodes.append(
            _Node("Tensor", (), (), Grid((width,) if flat else (height, width), rows))
        )

    def grow(self) -> None:
        """Add a Function's result, the first of many drawn that stays within bounds."""
        node = first_within(self._draw, _is_within)
        if node is not None:
            self.nodes.append(node)

    def program(self) -> Program:
        """Return the Program that ends in the last tensor, without those that it does not need."""
        needed = {len(self.nodes) - 1}
        for index in range(len(self.nodes) - 1, -1, -1):
            if index in needed:
                needed.update(self.nodes[index].operands)
        nodes = {index: self.nodes[index] for index in sorted(needed)}
        return _Writer(self.random, nodes).program()

    def _entry(self) -> float:
        luck = self.random.random()
        if luck < 0.1:
            return 0.0
        if luck < 0.2:
            return self.random.choice((1.0, 2.0, 2.0, 3.0))
        return number_off_zero(self.random, 6 if luck < 0.3 else 2)

    def _draw(self) -> _Node | None:
        name = self.random.choice(self.functions)
        one = late_node(self.random, len(self.nodes))
        grid = self.nodes[one].grid
        if name in UNARY:
            return _node(name, (one,), (), by_entry(UNARY[name], grid))
        if name == "Pow":
            return self._draw_power(one, grid)
        if name in ("Sum", "Mean"):
            return self._draw_reduction(name, one, grid)
        other = one if self.random.random() < 0.15 else self.random.randrange(len(self.nodes))
        pair = [one, other]
        self.random.shuffle(pair)
        left, right = (self.nodes[index].grid for index in pair)
        if name == "MatMul":
            return _node(name, tuple(pair), (), matrix_product(left, right))
        if left.shape != right.shape and (name == "Add" or not self.broadcasting):
            return None
        return _node(name, tuple(pair), (), by_entry(BINARY[name], left, right))

    def _draw_power(self, node: int, grid: Grid) -> _Node | None:
        exponent = self.random.choice(EXPONENTS)
        if exponent not in (2, 3) and min(grid.entries()) < 0.2:
            return None
        return _node("Pow", (node,), (exponent,), by_entry(lambda x: float(x**exponent), grid))

    def _draw_reduction(self, name: str, node: int, grid: Grid) -> _Node | None:
        axes = len(grid.shape)
        axis = self.random.choice((None, *range(-axes, axes)))
        keepdims = self.random.random() < 0.5
        sums = summed(grid, axis, keepdims)
        terms = len(grid.entries()) / len(sums.entries()) if name == "Mean" else 1
        options = [Keyword("axis", axis)] * (axis is not None or self.random.random() < 0.3)
        options += [Keyword("keepdims", True)] * keepdims
        return _node(name, (node,), tuple(options), by_entry(lambda x: x / terms, sums))


class _Writer:
    """Writes the steps that make tensors, and those that look at them."""

    def __init__(self, random: Random, nodes: Mapping[int, _Node]) -> None:
        self.random = random
        self.nodes = nodes
        self.steps: list[Step] = []
        self.places: dict[int, int] = {}
        self.leaves = [index for index, node in nodes.items() if node.function == "Tensor"]
        with_gradient = [leaf for leaf in self.leaves if random.random() < 0.85]
        self.differentiated = with_gradient or self.leaves[:1]

    def program(self) -> Program:
        """Return the Program: all tensors, a backward pass, and a look at numbers and gradients."""
        for index, node in self.nodes.items():
            self.places[index] = self._write(index, node)
        root = max(self.nodes)
        grid = self.nodes[root].grid
        seed = by_entry(lambda _: round(self.random.uniform(-2, 2), 2), grid)
        self._add("call", "backward", Ref(self.places[root]), _rows(seed or grid))
        names = {place: f"v{number}" for number, place in enumerate(self.places.values(), 1)}
        looks = [(index, "data") for index in (root, *self.leaves)]
        looks += [(leaf, "grad") for leaf in self.differentiated]
        observed = [self._look(names, self.places[index], field) for index, field in looks]
        return Program(tuple(self.steps), tuple(observed), names)

    def _write(self, index: int, node: _Node) -> int:
        if node.function == "Tensor":
            keywords = [Keyword("requires_grad", True)] * (index in self.differentiated)
            return self._add("make", "Tensor", _rows(node.grid), *keywords)
        function = self._add("make", node.function)
        operands = (Ref(self.places[operand]) for operand in node.operands)
        return self._add("call", "forward", Ref(function), *operands, *node.options)

    def _look(self, names: Mapping[int, str], place: int, field: str) -> ObservedStep:
        return ObservedStep(f"{names[place]}.{field}", self._add("read", field, Ref(place)))

    def _add(self, kind: Kind, name: str, *operands: Operand) -> int:
        self.steps.append(Step(kind, name, operands))
        return len(self.steps) - 1


def _is_within(node: _Node) -> bool:
    return all(abs(entry) <= LARGEST for entry in node.grid.entries())


def _node(
    name: str, operands: tuple[int, ...], options: tuple[Operand, ...], grid: Grid | None
) -> _Node | None:
    return None if grid is None else _Node(name, operands, options, grid)


def _rows(grid: Grid) -> Plain:
    """Return a grid as a check would write it: a list of lists, a list, or a number."""
    rows = tuple(ArrayData(row) for row in grid.rows)
    return ArrayData(rows) if len(grid.shape) == 2 else rows[0] if grid.shape else grid.rows[0][0]
