"""A weight belongs to all examples and a datum to one, wherever variables hold either."""

import pytest

from grader.sandbox.recording.recorded_trace import recorded_trace
from tests.sandbox.recording.recorded import Recorded

BEGIN = """
xs = [Value(1.5), Value(3.5), Value(0.25)]
ys = [Value(2.5), Value(6.5), Value(1.25)]
w, v, b = Value(0.3), Value(0.7), Value(0.1)
"""
FULL_BATCH = """
for _ in range(4):
    loss = sum((({w} * x).tanh() * {v} + {b} - y) ** 2 for x, y in zip(xs, ys))
    for p in moved:
        p.grad = 0.0
    loss.backward()
    for p in moved:
        p.data -= 0.01 * p.grad
"""
ONE_BY_ONE = """
for _ in range(4):
    for x, y in zip(xs, ys):
        loss = (({w} * x).tanh() * {v} + {b} - y) ** 2
        for p in moved:
            p.grad = 0.0
        loss.backward()
        for p in moved:
            p.data -= 0.01 * p.grad
"""


def forgotten(code: str) -> set[float]:
    """The values of the leaves that were forgotten."""
    recorded = Recorded(code)
    (training,) = recorded_trace(recorded.record, ()).trainings
    leaves = {leaf.id: leaf.data.value for one in training.passes for leaf in one.leaves}
    return {value for id_ in training.forgotten or () if isinstance(value := leaves[id_], float)}


@pytest.mark.parametrize("loop", [FULL_BATCH, ONE_BY_ONE], ids=["full batch", "one by one"])
@pytest.mark.parametrize(
    ("moved", "left"),
    [("[w, v, b]", set()), ("[w, b]", {0.7}), ("[w]", {0.7, 0.1}), ("[v, b]", {0.3})],
)
def test_what_is_not_moved_is_told_from_what_is_given(
    loop: str, moved: str, left: set[float]
) -> None:
    names = {name: name for name in ("w", "v", "b")}

    assert forgotten(f"{BEGIN}moved = {moved}\n{loop.format(**names)}") == left


def test_a_mean_and_small_weights_are_no_matter() -> None:
    zeroing = "    for p in moved:\n        p.grad"
    loss = "    loss = loss / 3 + 0.01 * sum(p * p for p in (w, v))\n"
    loop = FULL_BATCH.format(w="w", v="v", b="b").replace(zeroing, loss + zeroing, 1)

    assert forgotten(f"{BEGIN}moved = [w, v, b]\n{loop}") == set()
    assert forgotten(f"{BEGIN}moved = [w, b]\n{loop}") == {0.7}


def test_a_constant_of_the_usual_kind_is_no_weight() -> None:
    code = BEGIN + "one = Value(1.0)\nmoved = [w, v, b]\n"

    assert forgotten(code + FULL_BATCH.format(w="w", v="v", b="b * one")) == set()


def test_several_outputs_share_an_input_and_no_weight() -> None:
    loop = """
targets = [[Value(0.2), Value(0.4)], [Value(0.6), Value(0.9)], [Value(0.15), Value(0.35)]]
u = Value(0.45)
for _ in range(4):
    loss = Value(0.0)
    for x, (y, z) in zip(xs, targets):
        hidden = (w * x + b).tanh()
        loss = loss + (hidden * v - y) ** 2 + (hidden * u - z) ** 2
    for p in moved:
        p.grad = 0.0
    loss.backward()
    for p in moved:
        p.data -= 0.01 * p.grad
"""

    assert forgotten(f"{BEGIN}moved = [w, v, b]\n" + loop) == {0.45}
    assert (
        forgotten(f"{BEGIN}moved = [w, v, b]\n" + loop.replace("in moved", "in (w, v, b, u)"))
        == set()
    )


def test_one_example_alone_tells_nothing() -> None:
    loop = FULL_BATCH.format(w="w", v="v", b="b").replace("zip(xs, ys)", "[(xs[0], ys[0])]")

    assert forgotten(f"{BEGIN}moved = [w, v]\n{loop}") == set()


def test_a_weight_made_on_the_line_of_those_that_move_is_forgotten() -> None:
    code = """
class Net:
    def __init__(self):
        self.weights = [Value(number) for number in (0.3, 0.7)]

net = Net()
w, v = net.weights
for _ in range(4):
    loss = (w * 2.5 + v - 1.25) ** 2
    w.grad = v.grad = 0.0
    loss.backward()
    w.data -= 0.01 * w.grad
"""

    assert forgotten(code) == {0.7}
