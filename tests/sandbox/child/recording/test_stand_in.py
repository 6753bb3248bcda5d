"""The class that stands in for a student's agrees with the reference engine, and is theirs."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engines.compare import compare
from grader.engines.interpreter.execute import Implementation, execute
from grader.engines.oracles.textbook import Textbook
from grader.exercises.random.scalar_programs import EVERYTHING, scalar_program
from tests.sandbox.recording.recorded import ENGINE, Recorded

EXTRAS = """
    def square(self):
        return self * self

    def log(self):
        pass

    exp = sigmoid = log

    def sin(self):
        out = Value(math.sin(self.data), (self,))

        def _backward():
            self.grad += math.cos(self.data) * out.grad

        out._backward = _backward
        return out

    def zero_grad(self):
        for node in topological_order(self):
            node.grad = 0.0

    def backward(self):"""
RICHER = ENGINE.replace(
    "    def __add__", "    def __truediv__(self, other):\n        pass\n\n    def __add__"
).replace("\n    def backward(self):", EXTRAS)
PAIRS = """
import math

class Value:
    __slots__ = ("v", "g", "parents")

    def __init__(self, v, parents=()):
        self.v, self.g, self.parents = v, 0.0, parents

    def __add__(self, other):
        return Value(self.v + other.v, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.v * other.v, ((self, other.v), (other, self.v)))

    def sin(self):
        return Value(math.sin(self.v), ((self, math.cos(self.v)),))

    def backward(self):
        pass
"""
BEHIND_PROPERTIES = """
import math

class Value:
    def __init__(self, data, _prev=(), _op=""):
        self._data, self._grad, self._prev, self._op = data, None, list(_prev), _op

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, number):
        self._data = number

    @property
    def grad(self):
        return 0.0 if self._grad is None else self._grad

    @grad.setter
    def grad(self, number):
        self._grad = number

    def __mul__(self, other):
        return Value(self._data * other._data, (self, other), "*")

    def sin(self):
        return Value(math.sin(self._data), (self,), "sin")

    def _backward(self):
        if self._op == "sin":
            (a,) = self._prev
            a.grad += math.cos(a._data) * self.grad

    def backward(self):
        pass
"""


KNOWN = EVERYTHING._replace(methods=("relu", "tanh", "exp", "log", "sigmoid"))


@given(st.integers(0, 10**9))
@settings(max_examples=100, deadline=None)
def test_it_answers_random_graphs_as_the_reference_engine_does(seed: int) -> None:
    program = scalar_program(seed, KNOWN)  # what it computes itself; of others it asks their rules
    stand_in = Recorded("", RICHER).names["Value"]

    got = execute(program, Implementation({"Value": stand_in}))

    assert compare(program, Textbook().answer(program), got, relative=1e-12) is None


def test_plain_numbers_stand_on_both_sides() -> None:
    sums = "2 + a, a + 2, 2 - a, a - 3, 2 * a, 3 / a, a / 4, a**2, -a, 2**a, abs(-a)"

    seen = Recorded(f"a = Value(2.0)\nseen = [{sums}]", RICHER).names["seen"]

    assert [node.data for node in seen] == [4, 4, 0, -1, 4, 1.5, 0.5, 4, -2, 4, 2]


def test_what_the_submission_has_added_works_on_it() -> None:
    code = """
a = Value(2.0)
b = (a.square() + a.sin() * 3.0).tanh()
b.backward()
after, b2 = a.grad, b.data
b.zero_grad()
zeroed = a.grad
kind = isinstance(b, Value), type(b) is Value
"""
    names = Recorded(code, RICHER).names

    inner = 4.0 + 3.0 * math.sin(2.0)
    assert names["after"] == pytest.approx(
        (4.0 + 3.0 * math.cos(2.0)) * (1 - math.tanh(inner) ** 2)
    )
    assert (names["b2"], names["zeroed"]) == (pytest.approx(math.tanh(inner)), 0.0)
    assert names["kind"] == (True, True)


@pytest.mark.parametrize("engine", [PAIRS, BEHIND_PROPERTIES], ids=["pairs", "properties"])
def test_engines_that_are_built_otherwise_are_read(engine: str) -> None:
    data, grad = ("v", "g") if "__slots__" in engine else ("data", "grad")
    code = f"a = Value(2.0)\nb = a * a.sin()\nb.backward()\nseen = b.{data}, a.{grad}"

    names = Recorded(code, engine).names

    want = (2 * math.sin(2), math.sin(2) + 2 * math.cos(2))
    assert names["seen"] == pytest.approx(want)


def test_a_chain_of_thousands_is_no_matter_of_recursion() -> None:
    code = """
a = total = Value(1.0)
for _ in range(50_000):
    total = total + a
total.backward()
del total
seen = a.grad
"""

    recorded = Recorded(code)

    assert recorded.names["seen"] == 50_001.0
    assert len(recorded.record._nodes.held) == 1


def test_a_backward_that_begins_with_zeroes_does_so_here_too() -> None:
    code = "a = Value(2.0)\nfor _ in range(2):\n    (a * 3.0).backward()\nseen = a.grad"

    assert Recorded(code).names["seen"] == 6.0
    assert Recorded(code, zeroes=True).names["seen"] == 3.0


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("Value([1.0])", "its objects hold something else than one number"),
        ("Value(1.0).data = 'x'", "data is set to something else than a number"),
        ("Value(1.0).grad = [2.0]", "grad is set to something else than a number"),
    ],
)
def test_what_it_cannot_do_is_said(code: str, why: str) -> None:
    with pytest.raises(BaseException, match=why):
        Recorded(code)


def test_a_gradient_set_to_nothing_is_zero() -> None:
    code = "a = Value(2.0)\n(a * 3.0).backward()\na.grad = None\nseen = a.grad"

    assert Recorded(code).names["seen"] == 0.0


def test_numbers_of_numpy_are_numbers() -> None:
    code = """
import numpy as np
a = Value(np.float64(2.0))
seen = (np.float64(3.0) * a * np.int64(2)).data
"""

    assert Recorded(code).names["seen"] == 12.0
