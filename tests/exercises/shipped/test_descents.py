"""ext2 knows nothing of a network, and still tells gradient descent from what is none."""

import textwrap
from functools import cache

import pytest

from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import program_of
from grader.reports.report import CheckResult
from tests.exercises.shipped.inprocess import graded

NETWORK = """
import random

random.seed(3)
hidden = [[Value(random.uniform(-1, 1)) for _ in range(3)] for _ in range(4)]
output = [Value(random.uniform(-1, 1)) for _ in range(4)]
bias = Value(0.0)
parameters = [w for row in hidden for w in row] + output + [bias]


def network(xs):
    middle = [(row[0] * xs[0] + row[1] * xs[1] + row[2]).tanh() for row in hidden]
    return sum((w * h for w, h in zip(output, middle)), bias)


data = [((1.0, 2.0), 1.0), ((-1.0, 0.5), -1.0), ((0.5, -2.0), 0.5)]
for step in range(20):
    loss = sum((network(xs) - y) ** 2 for xs, y in data)
    for p in parameters:
        p.grad = 0.0
    loss.backward()
    for p in parameters:
        p.data -= 0.05 * p.grad
"""


@cache
def ext2() -> Exercise:
    return catalogue.load(catalogue.find("ext2"))


def own_network(code: str, engine: str = "") -> CheckResult:
    """What a network below the textbook engine, or below another one, comes to."""
    above = engine or catalogue.solution(ext2()).partition("# %% A network")[0].partition("# %%")[0]
    report = graded(ext2(), above + textwrap.dedent(code))
    return next(check for check in report.checks if check.id == "own_network")


def changed(old: str, new: str) -> str:
    """The network with one thing otherwise."""
    assert NETWORK.count(old) == 1
    return NETWORK.replace(old, new)


RIGHT = {
    "as it stands": NETWORK,
    "ten steps": changed("range(20)", "range(10)"),
    "a rate that decays": changed("0.05 * p", "0.05 * 0.9**step * p"),
    "zeroed after the step": changed(
        "        p.data -= 0.05 * p.grad", "        p.data -= 0.05 * p.grad\n        p.grad = 0.0"
    ),
    "a mean": changed("for xs, y in data)", "for xs, y in data) * (1 / 3)"),
    "no bias in the output": changed("middle)), bias)", "middle)))"),
    "inputs as Values that last": changed(
        "data = [((1.0, 2.0), 1.0)", "data = [((Value(1.0), Value(2.0)), 1.0)"
    ),
    "a step after each sample": changed(
        "    loss = sum((network(xs) - y) ** 2 for xs, y in data)",
        "    xs, y = data[step % 3]\n    loss = (network(xs) - y) ** 2",
    ),
}
WRONG = {
    "gradients never zeroed": (
        changed("        p.grad = 0.0", "        pass"),
        "before step 2 a parameter's gradient is still",
    ),
    "up the hill": (changed("-= 0.05", "+= 0.05"), "step 1 goes up: a rate of -0.05"),
    "nothing moves": (changed("p.data -=", "p.grad -="), "no parameter moves from one step"),
    "a start at the minimum": (
        NETWORK.replace("output = [Value(random.uniform(-1, 1))", "output = [Value(0.0)")
        .replace("2.0), 1.0)", "2.0), 0.0)")
        .replace("0.5), -1.0)", "0.5), 0.0)")
        .replace("-2.0), 0.5)", "-2.0), 0.0)"),
        "every gradient is 0 from the first step on, at a loss of 0: where it starts there is",
    ),
    "no training": (NETWORK.partition("for step")[0], "no training was seen"),
    "nine steps": (changed("range(20)", "range(9)"), "9 steps were made, 10 at least were asked"),
    "four parameters": (
        changed("    for p in parameters:\n        p.data", "    for p in output:\n        p.data"),
        "4 parameters move, 5 at least were asked",
    ),
    "a parameter is forgotten": (
        NETWORK.replace("bias = Value(0.0)", "class Net:\n    bias = Value(0.0)\n")
        .replace("middle)), bias)", "middle)), Net.bias)")
        .replace(" + [bias]", ""),
        "one parameter has a gradient and never moves",
    ),
    "one object for all weights": (
        NETWORK.replace("hidden = ", "output = [Value(0.5)] * 4\nhidden = ").replace(
            "output = [Value(random.uniform(-1, 1)) for _ in range(4)]\n", ""
        ),
        "one parameter is used",
    ),
    "two rates": (
        changed("0.05 * p.grad", "(0.05 if p is bias else 0.01) * p.grad"),
        "step 1 moves one parameter by",
    ),
    "by the sign alone": (
        changed("0.05 * p.grad", "0.05 * ((p.grad > 0) - (p.grad < 0))"),
        "step 1 moves one parameter by",
    ),
    "a rate that is far too high": (changed("0.05", "20"), "the loss goes from"),
}


@pytest.mark.parametrize("style", RIGHT)
def test_gradient_descent_of_any_style_scores_everything(style: str) -> None:
    result = own_network(RIGHT[style])

    assert (result.message, result.score) == ("", 3)


@pytest.mark.parametrize("style", WRONG)
def test_what_is_none_fails_and_is_told(style: str) -> None:
    code, told = WRONG[style]

    result = own_network(code)

    assert result.score == 0
    assert result.message.startswith(told)


def test_an_engine_that_zeroes_in_backward_needs_no_other_zeroing() -> None:
    engine = catalogue.solution(ext2()).partition("# %%")[0]
    zeroing = engine.replace(
        "        self.grad = 1.0\n",
        "        for node in topological_order(self):\n            node.grad = 0.0\n"
        "        self.grad = 1.0\n",
    )
    assert zeroing != engine

    assert own_network(changed("        p.grad = 0.0", "        pass"), zeroing).score == 3


LAYERS = "network = MLP(2, [4, 1])"


@pytest.mark.parametrize("steps", [60, 300])
def test_no_line_passes_the_moons_however_it_was_trained(steps: int) -> None:
    moons = catalogue.load(catalogue.find("moons"))
    solution = catalogue.solution(moons)
    assert LAYERS in solution
    line = solution.replace(LAYERS, 'network = MLP(2, [4, 1], "linear")')

    report = graded(moons, line.replace("range(60)", f"range({steps})"))

    assert report.checks[0].score == 2.0
    assert report.score < report.max_score


def test_a_point_of_the_inner_moon_lies_between_points_of_the_outer_one() -> None:
    asked = {
        check.id: [step.operands for step in program_of(check).steps]
        for check in catalogue.load(catalogue.find("moons")).checks
        if not check.own_run
    }

    outer, inner = asked["outer_moon"], asked["inner_moon"]

    assert {(10, 2), (-10, 2), (-1, 10)} <= {*outer}
    assert (0, 3) in inner
