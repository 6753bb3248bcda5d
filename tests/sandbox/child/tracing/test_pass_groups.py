"""Which passes are one training: those of one loop, wherever in it `backward` is called."""

import textwrap

import pytest

from grader.sandbox.child.tracing.pass_groups import MOST_TRAININGS
from tests.sandbox.child.tracing.scripts import LOOP, made

SHAPES = {
    "a function": ("def train():\n" + textwrap.indent(LOOP, "    ") + "\ntrain()", [5]),
    "a function called twice": (
        "def train():\n" + textwrap.indent(LOOP, "    ") + "\ntrain()\ntrain()",
        [5, 5],
    ),
    "a function called in a loop, each time with a parameter of its own": (
        "def train():\n" + textwrap.indent(LOOP, "    ") + "\nfor _ in range(2):\n    train()",
        [5, 5],
    ),
    "a function for a step": (
        """
        w = Value(0.0)
        def step():
            loss = w * w + w
            w.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
        for _ in range(7):
            step()
        """,
        [7],
    ),
    "one function for the steps of two loops": (
        """
        w = Value(0.0)
        def step():
            loss = w * w + w
            w.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
        def main():
            for _ in range(3):
                step()
            for _ in range(4):
                step()
        main()
        """,
        [3, 4],
    ),
    "a function for an epoch": (
        """
        w = Value(0.0)
        def epoch():
            for x in (1.0, 3.0):
                loss = w * Value(x) + Value(-x)
                w.grad = 0.0
                loss.backward()
                w.data -= 0.1 * w.grad
        for _ in range(4):
            epoch()
        """,
        [8],
    ),
    "a function for an epoch that calls one for a step": (
        """
        w = Value(0.0)
        def step(x):
            loss = w * Value(x) + Value(-x)
            w.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
        def epoch():
            for x in (1.0, 3.0):
                step(x)
        for _ in range(4):
            epoch()
        """,
        [8],
    ),
    "a list of steps": (
        """
        w = Value(1.0)
        def step():
            loss = w * w
            w.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
            return loss
        losses = [step() for _ in range(6)]
        """,
        [6],
    ),
    "two lines that call in turns": (
        """
        w = Value(1.0)
        for _ in range(20):
            first = w * w
            w.grad = 0.0
            first.backward()
            w.data -= 0.1 * w.grad
            second = w * w + w
            w.grad = 0.0
            second.backward()
            w.data -= 0.1 * w.grad
        """,
        [40],
    ),
    "a line for every second step": (
        """
        w = Value(1.0)
        for i in range(10):
            loss = w * w
            w.grad = 0.0
            if i % 2:
                loss.backward()
            else:
                loss.backward()
            w.data -= 0.1 * w.grad
        """,
        [10],
    ),
    "a generator that two functions draw from": (
        """
        def steps():
            w = Value(0.0)
            while True:
                loss = w * w + w
                w.grad = 0.0
                loss.backward()
                w.data -= 0.1 * w.grad
                yield loss
        def draw(some, count):
            for _ in range(count):
                next(some)
        endless = steps()
        draw(endless, 3)
        draw(endless, 4)
        """,
        [3, 4],
    ),
    "one pass before a loop": ("a = Value(2.0)\n(a * a).backward()\n" + LOOP, [1, 5]),
    "two loops": (LOOP + LOOP, [5, 5]),
    "a while loop": (
        "w = Value(1.0)\nwhile w.data > 0.5:\n    w.grad = 0.0\n    (w * w).backward()\n"
        "    w.data -= 0.1 * w.grad",
        [4],
    ),
    "a class with a fit method": (
        """
        class Perceptron:
            def __init__(self):
                self.w = Value(0.5)
            def step(self):
                loss = self.w * self.w
                self.w.grad = 0.0
                loss.backward()
                self.w.data -= 0.1 * self.w.grad
            def fit(self, steps):
                for _ in range(steps):
                    self.step()
        Perceptron().fit(9)
        """,
        [9],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_training_is_what_one_loop_makes(shape: str) -> None:
    code, passes = SHAPES[shape]

    assert made(code) == passes


def test_more_trainings_than_can_be_kept_end_with_the_last() -> None:
    code = f"""
    def train(steps):
        w = Value(1.0)
        for _ in range(steps):
            w.grad = 0.0
            (w * w).backward()
            w.data -= 0.1 * w.grad
    for number in range({MOST_TRAININGS + 50}):
        train(2)
    train(3)
    """

    passes = made(code)

    assert len(passes) == MOST_TRAININGS
    assert passes[-1] == 3
