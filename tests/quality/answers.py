"""Wrong answers to ex9 as students write them: one engine, with what somebody made of a part of it.

`python -m tests.quality.answers` prints what each is told, without and with the search for causes.
"""

import sys
from contextlib import redirect_stdout
from io import StringIO
from typing import NamedTuple

from grader.exercises import catalogue
from grader.grading.preparation import misconceptions_of, two_mutants_of
from grader.grading.prepared_exercise import PreparedExercise
from grader.grading.request import REPAIR_STEPS_WITH_HINTS
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import Report
from grader.submissions.submission import Submission
from tests.exercises.shipped.inprocess import InProcess
from tests.quality.repairs import causes_told, prepared_for

EXERCISE = "my475/ex9"
ENGINE = """\
# Exercise 9
class Value:
    def __init__(self, data, _children=(), _op=''):
        self.data = data
        self.grad = 0.0
        self._prev = set(_children)
        self._backward = lambda: None
        self._op = _op

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), '+')
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), '*')
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def __pow__(self, other):
        assert isinstance(other, (int, float))
        out = Value(self.data ** other, (self,), f'**{other}')
        def _backward():
            self.grad += other * self.data ** (other - 1) * out.grad
        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def backward(self):
        topo = []
        visited = set()
        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)
        build_topo(self)
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()
"""
SUB = "        return self + (-other)\n"
NEG = "        return self * -1\n"
POW = "self.grad += other * self.data ** (other - 1) * out.grad"
ATTACHED = "        out._backward = _backward\n"
POW_END = "            " + POW + "\n        out._backward = _backward\n        return out\n"
MADE = "out = Value(self.data ** other, (self,), f'**{other}')"
CHANGING = "        self.data = -self.data\n        return self\n"
OWN_SUB = """\
        out = Value(self.data - other.data, (self, other), '-')
        def _backward():
            self.grad += out.grad
            other.grad {rule}
        out._backward = _backward
        return out
"""


class WrongAnswer(NamedTuple):
    """A wrong answer: what is wrong with it, and the text that stands in another's place.

    Attributes:
        name: in few words.
        right: a text of the engine.
        wrong: what stands there.
        function: the one at fault.
    """

    name: str
    right: str
    wrong: str
    function: str

    @property
    def source(self) -> str:
        """What is handed in."""
        assert ENGINE.count(self.right) == 1, self.right
        return ENGINE.replace(self.right, self.wrong)


def _minus(name: str, wrong: str) -> WrongAnswer:
    return WrongAnswer(name, SUB, wrong, "__sub__")


def _negation(name: str, wrong: str) -> WrongAnswer:
    return WrongAnswer(name, NEG, wrong, "__neg__")


def _power(name: str, right: str, old: str, new: str) -> WrongAnswer:
    return WrongAnswer(name, right, right.replace(old, new, 1), "__pow__")


ANSWERS = (
    _minus("minus sends plus", OWN_SUB.format(rule="+= out.grad")),
    _minus("minus overwrites", OWN_SUB.format(rule="= -out.grad")),
    _minus("minus sends one", OWN_SUB.format(rule="-= 1")),
    _minus("minus sends its number", OWN_SUB.format(rule="-= out.data")),
    _minus("minus is plus", "        return self + other\n"),
    _minus("minus turned round", "        return other + (-self)\n"),
    _minus("minus gives a number", "        return self.data - other.data\n"),
    _minus("minus without return", "        self + (-other)\n"),
    _minus("minus printed", "        print(self + (-other))\n"),
    _minus("minus calls minus", "        return self - other\n"),
    _minus("minus by the other's minus", "        return -(other - self)\n"),
    _minus("no self in minus", "        return data + (-other)\n"),
    WrongAnswer("minus misnamed", "def __sub__", "def __minus__", "__minus__"),
    WrongAnswer("minus in one dunder", "def __sub__", "def __sub", "__sub"),
    _negation("negation without a sign", "        return self * 1\n"),
    _negation("negation of a plain number", "        return Value(-self.data)\n"),
    _negation("negation gives a number", "        return -self.data\n"),
    _negation("negation calls itself", "        return -self\n"),
    _power("power keeps its exponent", POW, "(other - 1)", "other"),
    _power("power without its factor", POW, "other * self", "self"),
    _power("power without what arrives", POW, " * out.grad", ""),
    _power("power overwrites", POW, "+=", "="),
    _power("power is a product", MADE, "**", "*"),
    WrongAnswer("power without children", MADE, "out = Value(self.data ** other)", "__pow__"),
    _minus("minus of plain numbers", "        return Value(self.data - other.data)\n"),
    WrongAnswer("minus without a parameter", "__sub__(self, other)", "__sub__(other)", "__sub__"),
    _negation("negation changes its operand", CHANGING),
    _power("power takes its result's number", POW, "out.grad", "out.data"),
    _power("power turned round", MADE, "self.data ** other,", "other ** self.data,"),
    _power("power without return", POW_END, "        return out\n", ""),
    _power("power's rule not attached", POW_END, ATTACHED, ""),
    _power("power's rule called", POW_END, "= _backward\n", "= _backward()\n"),
    _power("power's rule given to its base", POW_END, "out._backward =", "self._backward ="),
    _power("power asks for a Value", "isinstance(other, (int, float))", "(int, float)", "Value"),
    _power("power of a misspelt attribute", POW, "self.data", "self.dat"),
)


def told_by(answer: WrongAnswer, prepared: PreparedExercise, steps: int) -> Report:
    """Return the report on an answer, with all that is known of misconceptions."""
    exercise = prepared.exercise
    options = GradingOptions(
        misconceptions=misconceptions_of(exercise),
        two_mutants=two_mutants_of(exercise),
        examples_s=0.0,
        repair_steps=steps,
    )
    submission = Submission("value.py", "/", "script", "", answer.source)
    with redirect_stdout(StringIO()):  # one of them prints
        return grade(prepared, submission, InProcess(answer.source), options)


def main() -> None:
    """Print what each answer is told, and how many are told a cause."""
    prepared = prepared_for(catalogue.load(catalogue.find(EXERCISE)))
    counts = {0: 0, REPAIR_STEPS_WITH_HINTS: 0}
    for answer in ANSWERS:
        told = []
        for steps in counts:
            causes = causes_told(told_by(answer, prepared, steps))
            counts[steps] += bool(causes)
            told.append("; ".join(cause.hint for cause in causes) or "-")
        print(f"| {answer.name} | {told[0]} | {told[1]} |", flush=True)
    print(f"of {len(ANSWERS)}: {list(counts.values())}", file=sys.stderr)


if __name__ == "__main__":
    main()
