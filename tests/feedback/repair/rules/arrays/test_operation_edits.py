"""Shares that an operation sends, what it works them out of, and operands that it changes."""

import pytest

from tests.feedback.repair.engine import giving
from tests.feedback.repair.rules.arrays.array_engine import (
    ENGINE,
    mending_arrays,
    with_array_fault,
)


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("upstream * self.out.data", "upstream * self.t.data", "operand"),
        ("self.right.backward(self.left", "self.left.backward(self.left", "operand"),
        ("fitted(upstream, self.t2.data.shape)", "upstream", "shape"),
        ("        self.t2.backward(fitted(upstream, self.t2.data.shape))\n", "", "share missing"),
    ],
)
def test_a_fault_of_a_share_is_mended(right: str, wrong: str, kind: str) -> None:
    found = mending_arrays(right, wrong)

    assert found is not None
    assert found.kind == kind


def test_what_arrives_is_put_to_a_share_without_it() -> None:
    wrong = with_array_fault("upstream * self.out.data", "self.out.data")

    found = giving(wrong, ENGINE.replace("upstream * self.out.data", "self.out.data * upstream"))

    assert found is not None
    assert found.kind == "upstream missing"


def test_a_number_that_is_kept_is_a_factor_of_a_share() -> None:
    share = "upstream * np.ones_like(self.t.data)"
    wrong = with_array_fault(f"{share} / self.count", share)

    found = giving(wrong, ENGINE.replace(share, f"({share})"))

    assert found is not None
    assert found.kind == "factor missing"


def test_the_shares_of_two_operands_are_exchanged_together() -> None:
    first, second = "upstream @ self.right.data.T", "self.left.data.T @ upstream"
    wrong = ENGINE.replace(first, "?").replace(second, first).replace("?", second)
    lines = [f"        self.left.backward({first})\n", f"        self.right.backward({second})\n"]
    other_order = ENGINE.replace("".join(lines), "".join(lines[::-1]))

    found = giving(wrong, other_order)

    assert found is not None
    assert len(found.edits) == 2


def test_what_was_kept_and_is_not_read_is_tried_before_other_factors() -> None:
    share = "upstream * np.ones_like(self.t.data)"
    wrong = with_array_fault(f"{share} / self.count", share)

    of_count = giving(wrong, ENGINE.replace(share, f"({share})"))
    of_operand = giving(wrong, wrong.replace(share, f"({share}) / self.t.data"))

    assert of_count is not None
    assert of_operand is not None
    assert of_count.weight < of_operand.weight
