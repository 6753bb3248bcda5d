"""Random Programs, seeded: graphs that reuse their nodes, with inputs that hide no fault.

The rules are measured ones: inputs in ±[0.3, 2.7] with equal pairs, zeros, whole numbers and long
ones among them; every operation inside a graph in which it counts; nothing near a kink or a pole,
and nothing so large that rounding would look like a fault.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from grader.engines.program import BINARY, UNARY, Kind, ObservedStep, Operand, Program, Ref, Step
from grader.engines.safe_ranges import LARGEST_NODE, SAFE

if TYPE_CHECKING:
    from grader.exercises.random.own_calls import OwnCall

CONSTANTS = (-2, 2, 3, 0.5, -1.5, 1.25)
EXPONENTS = (2, 3, -1, 0.5, -2)
TRIES = 200

Draft = TypeVar("Draft")
NewNode: TypeAlias = tuple[tuple[Step, ...], float]
"""The steps that make a node, the last of them the node itself, and the number that it holds."""


class TaughtOperations(NamedTuple):
    """The operations that a random Program may use.

    Attributes:
        operators: names of `program.BINARY` and `program.UNARY`.
        methods: names of methods without arguments, "relu" say.
        numbers: whether plain numbers may stand beside a Value, on either side.
        functions: names of Functions over Tensors, "MatMul" say; with any, there are no Values.
        broadcasting: whether the operands of a Function may have different shapes.
        own: calls of those among the methods that an exercise's author has defined; they may be
            functions, and take several nodes.
    """

    operators: Sequence[str] = ("add", "mul")
    methods: Sequence[str] = ()
    numbers: bool = False
    functions: Sequence[str] = ()
    broadcasting: bool = False
    own: "tuple[OwnCall, ...]" = ()


EVERYTHING = TaughtOperations(
    ("add", "sub", "mul", "truediv", "pow", "neg", "abs"),
    ("relu", "tanh", "exp", "log", "sigmoid", "sqrt", "sin", "cos", "gelu"),
    numbers=True,
)

UNARY_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "neg": lambda x: -x,
    "abs": abs,
    "relu": lambda x: max(0.0, x),
    "tanh": math.tanh,
    "exp": math.exp,
    "log": math.log,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "gelu": lambda x: x * (1 + math.erf(x * math.sqrt(0.5))) / 2,
}


def taught_by(names: Sequence[str]) -> TaughtOperations:
    """Return operators, methods and Functions, sorted out of what has been taught."""
    operators = tuple(name for name in names if name in BINARY or name in UNARY)
    functions = tuple(name for name in names if name[:1].isupper())
    known = (*operators, *functions, "numbers", "broadcasting")
    methods = tuple(name for name in names if name not in known)
    return TaughtOperations(
        operators, methods, "numbers" in names, functions, "broadcasting" in names
    )


def scalar_program(seed: int, taught: TaughtOperations = EVERYTHING) -> Program:
    """Return a random Program that ends in `backward()` and looks at values and gradients.

    Args:
        seed: the same seed gives the same Program, on every machine.
        taught: what it may use.
    """
    random = Random(seed)
    sketch = _ScalarSketch(random, taught)
    for _ in range(random.randint(2, 3)):
        sketch.leaf()
    for _ in range(random.randint(3, 8)):
        sketch.grow()
    return sketch.program()


def number_off_zero(random: Random, digits: int) -> float:
    """Return a number in ±[0.3, 2.7], rounded to so many digits."""
    size = random.uniform(0.3, 2.7)
    return round(random.choice((-size, size)), digits)


def late_node(random: Random, count: int) -> int:
    """Return a node among so many, most often the last: graphs grow deep, and reuse nodes."""
    return count - 1 if random.random() < 0.6 else random.randrange(count)


def first_within(
    draw: Callable[[], Draft | None], is_within: Callable[[Draft], bool]
) -> Draft | None:
    """Return the first of TRIES drafts that stays within bounds, None where none does."""
    for _ in range(TRIES):
        draft = draw()
        if draft is not None and is_within(draft):
            return draft
    return None


class _ScalarSketch:
    """Steps so far, and the number that each node holds, so that a next step can be refused."""

    def __init__(self, random: Random, taught: TaughtOperations) -> None:
        self.random = random
        self.taught = taught
        self.steps: list[Step] = []
        self.nodes: list[int] = []  # a list of nodes is none
        self.values: dict[int, float] = {}
        self.leaves: list[int] = []

    def leaf(self) -> None:
        """Add an input."""
        value = self._input()
        self.leaves.append(len(self.steps))
        self._add((Step("make", "Value", (value,)),), float(value))

    def grow(self) -> None:
        """Add an operation, the first of many drawn that stays within bounds."""
        draft = first_within(self._draw, lambda draft: abs(draft[1]) <= LARGEST_NODE)
        if draft is not None:
            self._add(*draft)

    def program(self) -> Program:
        """Return the Program: a backward pass from the last node, and a look at every number."""
        root = len(self.steps) - 1
        steps = [*self.steps, Step("call", "backward", (Ref(root),))]
        observed = []
        looks = [(root, "data")] + [(leaf, field) for leaf in self.leaves for field in FIELDS]
        for node, field in looks:
            observed.append(ObservedStep(f"{_name(node)}.{field}", len(steps)))
            steps.append(Step("read", field, (Ref(node),)))
        names = {node: _name(node) for node in range(root + 1)}
        return Program(tuple(steps), tuple(observed), names)

    def _add(self, steps: tuple[Step, ...], value: float) -> None:
        self.steps += steps
        self.nodes.append(len(self.steps) - 1)
        self.values[self.nodes[-1]] = value

    def _input(self) -> float | int:
        luck = self.random.random()
        if luck < 0.15 and self.leaves:
            return self.values[self.random.choice(self.leaves)]
        if luck < 0.25:
            return 0.0
        if luck < 0.35:
            return self.random.choice((1, 2, 2, 3))
        return number_off_zero(self.random, 6 if luck < 0.55 else 2)

    def _draw(self) -> NewNode | None:
        name = self.random.choice((*self.taught.operators, *self.taught.methods))
        node = self.nodes[late_node(self.random, len(self.nodes))]
        if name in BINARY:
            return self._draw_binary(name, node)
        calls = [call for call in self.taught.own if call.step.name == name]
        if calls:
            return self._draw_own(self.random.choice(calls), node)
        value = self.values[node]
        if name in SAFE and not SAFE[name](value):
            return None
        kind: Kind = "operate" if name in UNARY else "call"
        return (Step(kind, name, (Ref(node),)),), UNARY_FUNCTIONS[name](value)

    def _draw_own(self, call: "OwnCall", node: int) -> NewNode:
        """Return a call over one node and others; of a list that it gives, one item."""
        taken = [node, *(self.random.choice(self.nodes) for _ in range(call.arity - 1))]
        self.random.shuffle(taken)
        step = call.step.redirected(dict(enumerate(taken)))
        result = call.result([self.values[one] for one in taken])
        if not isinstance(result, list):
            return (step,), result
        place = self.random.randrange(len(result))
        item = Step("operate", "getitem", (Ref(len(self.steps)), place))
        return (step, item), result[place]

    def _draw_binary(self, name: str, node: int) -> NewNode | None:
        if name == "pow":
            return self._draw_power(node)
        other = self.nodes[self.random.randrange(len(self.nodes))]
        pair: list[tuple[Operand, float]] = [
            (Ref(node), self.values[node]),
            (Ref(other), self.values[other]),
        ]
        if self.taught.numbers and self.random.random() < 0.25:
            constant = self.random.choice(CONSTANTS)
            pair[1] = (constant, float(constant))
        self.random.shuffle(pair)
        (left, x), (right, y) = pair
        if name == "truediv" and abs(y) < 0.2:
            return None
        value = {"add": x + y, "sub": x - y, "mul": x * y}.get(name)
        return (Step("operate", name, (left, right)),), x / y if value is None else value

    def _draw_power(self, node: int) -> NewNode | None:
        base, exponent = self.values[node], self.random.choice(EXPONENTS)
        if (exponent != int(exponent) or exponent < 0) and base < 0.2:
            return None
        return (Step("operate", "pow", (Ref(node), exponent)),), float(base**exponent)


FIELDS = ("data", "grad")


def _name(node: int) -> str:
    return f"v{node + 1}"
