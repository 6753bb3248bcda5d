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


def test_an_option_that_is_ignored_is_kept_and_handed_on() -> None:
    kept = "self.t, self.axis, self.keepdims = t, axis, keepdims"
    made = "t.data.mean(axis=axis, keepdims=keepdims)"
    wrong = ENGINE.replace(kept, kept.replace("= t, axis", "= t, None"))

    found = giving(
        wrong.replace(made, "t.data.mean(keepdims=keepdims)"),
        ENGINE.replace(made, "t.data.mean(keepdims=keepdims, axis=axis)"),
    )

    assert found is not None
    assert (found.kind, len(found.edits)) == ("option", 2)


def test_how_many_entries_go_into_a_mean_is_one_size_by_the_other() -> None:
    found = mending_arrays("t.data.size / average.size", "len(t.data)")

    assert found is not None
    assert found.kind == "formula"


def test_uses_that_are_not_counted_are_counted_where_an_engine_counts_them_down() -> None:
    counted = "        for tensor in tensors:\n            tensor.uses += 1\n"
    wrong = with_array_fault(counted, "        pass\n")

    found = giving(
        wrong,
        ENGINE.replace(
            counted, counted.replace("tensor.", "one.").replace("for tensor in", "for one in")
        ),
    )

    assert found is not None
    assert (found.kind, found.function) == ("line missing", "forward")
