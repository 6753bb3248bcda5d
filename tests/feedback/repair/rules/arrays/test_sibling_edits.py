"""What the operations beside one have, and it has not."""

import pytest

from tests.feedback.repair.rules.arrays.array_engine import mending_arrays


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("        super().forward(left, right)\n", ""),
        ("super().forward(left, right)", "super().forward(left)"),
    ],
)
def test_a_line_that_the_others_have_is_put_there(right: str, wrong: str) -> None:
    found = mending_arrays(right, wrong)

    assert found is not None
    assert found.kind == "line of its siblings"


def test_an_option_is_given_what_the_others_give() -> None:
    found = mending_arrays(
        "requires_grad=left.requires_grad or right.requires_grad",
        "requires_grad=left.requires_grad",
    )

    assert found is not None
    assert found.kind == "option"
