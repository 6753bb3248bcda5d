"""Something of a package that is withheld holds no number, and says where it comes from."""

import itertools

import pytest

from grader.sandbox.child.stand_ins.withheld_values import (
    MOST_ANSWERS,
    StillWaiting,
    WithheldModule,
    WithheldValue,
    withheld_value,
)


def test_a_loop_that_waits_for_a_number_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WithheldValue, "answers", 0)
    loss, turns = withheld_value("torch", "loss"), itertools.count()

    with pytest.raises(StillWaiting, match="not there while the engine is asked"):
        all(loss < 0.01 for _ in turns)

    assert next(turns) == MOST_ANSWERS + 1


def test_what_a_module_gives_comes_from_its_package() -> None:
    made = WithheldModule("jax.numpy").ones

    assert (type(made).__module__, type(made).__name__) == ("jax", "ones")
    assert WithheldValue.latest == "jax"


def test_it_can_be_reckoned_with_on_either_side() -> None:
    value = withheld_value("torch", "Tensor")

    assert isinstance(2 * value + value / 3 - value**2, WithheldValue)
