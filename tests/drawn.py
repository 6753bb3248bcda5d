"""Draws Programs and Observations at random, for the claims that hold of all of them."""

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, TypeVar

from hypothesis import strategies as st

from grader.engines.observation import (
    ARRAY,
    ENDINGS,
    GRAPH,
    HALF,
    LINES,
    NODES,
    NOTHING,
    NUMBER,
    ORDER,
    OTHER,
    SINGLE,
    TEXT,
    TRUTH,
    WORD,
    Answer,
    Array,
    BorrowedPackage,
    Fault,
    GraphAnswer,
    Lines,
    Observation,
    Place,
    PrintedText,
    Traversal,
)
from grader.engines.program import (
    KINDS,
    ArrayData,
    Items,
    Keyword,
    Kind,
    NumpyArray,
    ObservedStep,
    Operand,
    Program,
    Ref,
    Step,
)

T = TypeVar("T")

PLAIN: tuple[Operand, ...] = (2, -1, 3, 0, 0.5, -2.5, -0.0, 1e-7, float("inf"), float("nan"))
METHODS = ("relu", "tanh", "sigmoid", "zero_grad", "_backward")
GIVES_NODES = ("relu", "tanh", "sigmoid")
NAMES = (*"abcdefgh", "v1", "v2", "loss", "w")

short_texts = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)


class Sketch:
    """Steps so far, and which of them give nodes, and which give plain numbers."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.steps: list[Step] = []
        self.nodes: list[int] = []
        self.numbers: list[int] = []
        self.looks: list[int] = []
        self.moves: tuple[Callable[[], None], ...] = (
            self.make,
            self.combine,
            self.combine,
            self.raise_to_power,
            self.turn,
            self.call,
            self.backward,
            self.backward,
            self.read,
            self.read,
            self.reckon,
            self.write,
            self.write,
            self.look,
        )

    def pick(self, choices: Sequence[T]) -> T:
        return self.draw(st.sampled_from(choices))

    def add(self, kind: Kind, name: str, *operands: Operand) -> int:
        self.steps.append(Step(kind, name, operands))
        return len(self.steps) - 1

    def number(self) -> Operand:
        """A number that stands there, or one that was read from a node."""
        if self.pick((True, False)) and self.numbers:
            return Ref(self.pick(self.numbers))
        return self.pick(PLAIN)

    def node(self) -> Ref:
        return Ref(self.pick(self.nodes))

    def make(self) -> None:
        self.nodes.append(self.add("make", "Value", self.number()))

    def combine(self) -> None:
        pair = [self.node(), self.pick((self.node(), self.number()))]
        left, right = self.draw(st.permutations(pair))
        name = self.pick(("add", "sub", "mul", "truediv"))
        self.nodes.append(self.add("operate", name, left, right))

    def raise_to_power(self) -> None:
        base, exponent = self.node(), self.node()
        pairs: list[tuple[Operand, Operand]] = [(base, self.pick(PLAIN)), (2.0, exponent)]
        self.nodes.append(self.add("operate", "pow", *self.pick(pairs)))

    def turn(self) -> None:
        self.nodes.append(self.add("operate", self.pick(("neg", "abs")), self.node()))

    def call(self) -> None:
        method = self.pick(METHODS)
        at = self.add("call", method, self.node())
        (self.nodes if method in GIVES_NODES else self.looks).append(at)

    def backward(self) -> None:
        self.looks.append(self.add("call", "backward", self.node()))

    def read(self) -> None:
        at = self.add("read", self.pick(("data", "grad")), self.node())
        self.numbers.append(at)
        self.looks.append(at)

    def reckon(self) -> None:
        name = self.pick(("add", "sub", "mul", "neg"))
        operands = (self.number(),) if name == "neg" else (self.number(), self.number())
        if any(isinstance(operand, Ref) for operand in operands):
            self.numbers.append(self.add("operate", name, *operands))
            self.looks.append(self.numbers[-1])

    def write(self) -> None:
        self.add("write", self.pick(("data", "grad")), self.node(), self.number())

    def look(self) -> None:
        question = self.pick(("text", "is_a", "same"))
        rest: Operand = "Value" if question == "is_a" else self.node()
        operands = (self.node(),) if question == "text" else (self.node(), rest)
        self.looks.append(self.add("ask", question, *operands))


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """A Program that the reference engine answers, with an end that looks at a number."""
    sketch = Sketch(draw)
    sketch.make()
    for _ in range(draw(st.integers(1, 5)) * 5):
        sketch.pick(sketch.moves)()
    sketch.read()
    looks = draw(st.lists(st.sampled_from(sketch.looks), unique=True, max_size=3))
    observed = [ObservedStep(f"look {at}", at) for at in [*looks, sketch.looks[-1]]]
    return Program(tuple(sketch.steps), tuple(observed), _names(draw, sketch.steps))


def _names(draw: st.DrawFn, steps: Sequence[Step]) -> dict[int, str]:
    """Names for some results, as a check's locals give them."""
    nameable = [at for at, step in enumerate(steps) if step.kind not in ("read", "write")]
    named = draw(st.lists(st.sampled_from(nameable), unique=True, max_size=4))
    return dict(zip(named, draw(st.permutations(NAMES)), strict=False))


@st.composite
def any_programs(draw: st.DrawFn) -> Program:
    """A Program of any form, sense or none: what must travel, not what can be answered."""
    numbers = st.integers(-(10**30), 10**30) | st.floats()
    rows = st.recursive(
        st.lists(numbers, max_size=3).map(lambda items: ArrayData(tuple(items))),
        lambda inner: st.lists(inner, max_size=3).map(lambda items: ArrayData(tuple(items))),
        max_leaves=4,
    )
    axes = st.lists(st.integers(-3, 3), max_size=3).map(tuple)
    plain: st.SearchStrategy[Any] = (
        st.none() | st.booleans() | numbers | st.text(max_size=10) | rows | axes
    )
    plain |= st.builds(NumpyArray, rows)
    steps: list[Step] = []
    for _ in range(draw(st.integers(1, 6))):
        refs = st.integers(0, len(steps) - 1).map(Ref) if steps else st.nothing()
        kinds = st.sampled_from(("list", "tuple"))
        one = plain | refs
        one |= st.builds(Items, st.lists(one, max_size=3).map(tuple), kinds)
        one |= st.builds(Keyword, st.text(max_size=10), one)
        operands = draw(st.lists(one, max_size=3))
        steps.append(Step(draw(st.sampled_from(KINDS)), draw(st.text()), tuple(operands)))
    observed = draw(st.lists(st.integers(0, len(steps) - 1), max_size=3))
    return Program(tuple(steps), tuple(ObservedStep("", at) for at in observed))


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    """An Array of any shape, empty ones among them."""
    shape = tuple(draw(st.lists(st.integers(0, 3), min_size=1, max_size=3)))
    size = prod(shape)
    return Array(shape, tuple(draw(st.lists(st.floats(), min_size=size, max_size=size))))


def answers(steps: int) -> st.SearchStrategy[Answer]:
    """An Answer of any kind to a question of a Program of `steps` steps."""
    known = st.integers(0, steps - 1)
    nodes = st.lists(st.just(-1) | known, max_size=4).map(tuple)
    pairs = st.lists(st.tuples(known, st.just(-1) | known), max_size=3).map(tuple)
    gradients = st.lists(st.tuples(known, st.floats()), max_size=3).map(tuple)
    line_numbers = st.integers(0, 10_000_000)
    values: dict[str, st.SearchStrategy[Any]] = {
        NUMBER: st.floats(),
        ARRAY: arrays(),
        TRUTH: st.booleans(),
        NODES: nodes,
        ORDER: st.builds(Traversal, st.none() | nodes, gradients, st.booleans()),
        TEXT: st.builds(PrintedText, short_texts, st.booleans()),
        LINES: st.builds(Lines, short_texts, short_texts, line_numbers, line_numbers),
        NOTHING: st.none(),
        WORD: short_texts,
        GRAPH: st.builds(GraphAnswer, nodes, pairs, pairs),
        OTHER: short_texts,
    }
    return st.sampled_from(list(values)).flatmap(
        lambda kind: st.builds(Answer, st.just(kind), values[kind], short_texts)
    )


def observations(steps: int) -> st.SearchStrategy[Observation]:
    """An Observation of any kind of a Program of `steps` steps."""
    known = st.integers(0, steps - 1)
    places = st.builds(Place, short_texts, st.integers(0, 10_000_000), short_texts)
    names = st.sampled_from(["Value", "torch", "größe_2"])
    faults = st.builds(Fault, short_texts, short_texts, st.none() | places)
    return st.builds(
        Observation,
        st.sampled_from(ENDINGS),
        st.dictionaries(known, answers(steps), max_size=4),
        st.none() | known,
        st.none() | faults,
        short_texts,
        st.dictionaries(short_texts, st.sampled_from(["{}.value", "relu({})"]), max_size=2),
        st.none() | st.builds(BorrowedPackage, names, names, st.none() | places, short_texts),
        use=st.none(),  # a submission does not tell what it has used
        precision=st.sampled_from(["", SINGLE, HALF]),
    )
