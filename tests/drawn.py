"""Draws Programs and Observations: Hypothesis strategies that several test files share."""

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

from grader.observation import (
    ENDINGS,
    NODES,
    NOTHING,
    NUMBER,
    ORDER,
    OTHER,
    TEXT,
    TRUTH,
    Answer,
    Fault,
    Observation,
    Place,
    Printed,
    Traversal,
)
from grader.program import KINDS, Kind, Observed, Operand, Program, Ref, Step

Draw = Callable[[st.SearchStrategy[int]], int]

NAMES = [*"abcdefgh", "v1", "v2", "loss", "w"]
PLAIN = (2, -1, 3, 0.5, -2.5, -0.0, 1e-7, 0)
METHODS = ("relu", "tanh", "sigmoid", "backward", "zero_grad", "_backward")
LOOKS = ("read data", "read grad", "text", "is_a", "same")
MOVES = ("make", "operate", "unary", "power", "call", "arithmetic", "write", "copy", *LOOKS)

numbers = st.sampled_from(PLAIN) | st.floats(allow_nan=True) | st.integers(-(10**6), 10**6)
lines = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)


class Sketch:
    """A Program in the making: its steps, and which of them give nodes and plain numbers."""

    def __init__(self, draw: Callable[..., int]) -> None:
        self.steps: list[Step] = [Step("make", "Value", (2.0,))]
        self.nodes = [0]
        self.plain: list[int] = []
        self.looks: list[int] = []
        self.pick = lambda choices: choices[draw(st.integers(0, len(choices) - 1))]

    def add(self, kind: Kind, name: str, *operands: Operand) -> int:
        self.steps.append(Step(kind, name, operands))
        return len(self.steps) - 1
