"""The result of an operation: its number, the operands that it keeps, and those that it changes."""

from tests.feedback.repair.engine import giving
from tests.feedback.repair.rules.arrays.array_engine import (
    ENGINE,
    mending_arrays,
    with_array_fault,
)


def test_the_right_number_takes_the_place_of_another_one() -> None:
    found = mending_arrays("Tensor(np.exp(t.data)", "Tensor(2 ** t.data")

    assert found is not None
    assert found.kind == "value"


def test_an_operand_that_the_shares_need_is_kept() -> None:
    kept = "        super().forward(left, right)\n        self.left, self.right = left, right\n"
    first, second = kept.splitlines(keepends=True)

    found = giving(with_array_fault(second, ""), ENGINE.replace(kept, second + first))

    assert found is not None
    assert found.kind == "line missing"


def test_an_operand_that_is_changed_in_place_is_left_alone() -> None:
    made = "product = left.data @ right.data"
    wrong = with_array_fault(made, f"left.data *= 2\n        {made}")

    found = giving(
        wrong,
        ENGINE.replace(made, "made = left.data * 2\n        product = made @ right.data"),
    )

    assert found is not None
    assert found.kind == "changed in place"
