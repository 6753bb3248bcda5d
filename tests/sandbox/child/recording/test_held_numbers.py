"""A recorded node's number has what an array or a tensor of one has."""

import numpy as np
import pytest

from grader.sandbox.child.recording.held_numbers import HeldNumber, held

IN_PLACE = {
    "zeroed": (lambda one: one.zero_(), 0.0),
    "filled": (lambda one: one.fill_(3), 3.0),
    "filled as numpy does": (lambda one: one.fill(3), 3.0),
    "copied into": (lambda one: one.copy_(np.float64(1.5)), 1.5),
    "added to": (lambda one: one.add_(1.0), 3.5),
    "stepped": (lambda one: one.add_(4.0, alpha=-0.5), 0.5),
    "subtracted from": (lambda one: one.sub_(0.5), 2.0),
    "scaled": (lambda one: one.mul_(2), 5.0),
    "written whole": (lambda one: one.__setitem__(..., 7), 7.0),
    "written at the place of none": (lambda one: one.__setitem__((), 7), 7.0),
}


@pytest.fixture
def written() -> list[float]:
    return []


@pytest.fixture
def number(written: list[float]) -> HeldNumber:
    return held(2.5, written.append)


@pytest.mark.parametrize(("change", "after"), IN_PLACE.values(), ids=IN_PLACE.keys())
def test_what_changes_it_in_place_changes_the_node_s(
    number: HeldNumber, written: list[float], change: object, after: float
) -> None:
    change(number)  # type: ignore[operator]

    assert written == [after]


def test_what_reads_it_changes_nothing(number: HeldNumber, written: list[float]) -> None:
    number.copy().zero_()
    number.clone().fill_(9)

    assert (number.item(), number.tolist(), number[()], number.detach().numpy()) == (2.5,) * 4
    assert (number.shape, number.ndim, f"{number:.2f}", repr(number)) == ((), 0, "2.50", "2.5")
    assert written == []


def test_a_place_that_one_number_does_not_have_is_refused(number: HeldNumber) -> None:
    with pytest.raises(IndexError, match="it is one number"):
        number[3] = 1.0


def test_functions_of_numpy_and_torch_take_it(number: HeldNumber) -> None:
    torch = pytest.importorskip("torch", reason="what torch takes is looked at")

    assert np.zeros_like(number) == 0.0
    assert torch.zeros_like(number).item() == 0.0
    assert torch.tanh(number).item() == pytest.approx(np.tanh(2.5))
