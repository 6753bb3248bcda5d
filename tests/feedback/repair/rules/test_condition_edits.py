"""Conditions: comparisons, and which of two ways is taken."""

import pytest

from tests.feedback.repair.engine import giving, mending

RELU = "def relu(x):\n    return x if x > 0 else 0\n"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("if node not in visited", "if node in visited"),
    ],
)
def test_a_wrong_condition_of_an_engine_is_mended(right: str, wrong: str) -> None:
    mended = mending(right, wrong)

    assert mended is not None
    assert mended.kind == "condition"


@pytest.mark.parametrize(
    "wrong", [RELU.replace(">", "<"), RELU.replace(">", ">="), RELU.replace("x if", "0 if", 1)]
)
def test_a_choice_between_two_numbers_is_mended(wrong: str) -> None:
    right = RELU if "0 if" not in wrong else "def relu(x):\n    return 0 if x > 0 else x\n"
    wrong = wrong if "0 if" not in wrong else "def relu(x):\n    return x if x > 0 else 0\n"

    mended = giving(wrong, right)

    assert mended is not None
    assert mended.kind == "condition"


def test_what_is_asked_to_be_nothing_may_be_meant_to_be_zero() -> None:
    right = "def f(node):\n    if node.grad != 0:\n        node.draw()\n    return node\n"

    mended = giving(right.replace("!= 0", "is None"), right)

    assert mended is not None
    assert mended.kind == "condition"
