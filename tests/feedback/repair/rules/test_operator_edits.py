"""Operators: another one, their sides, and what they leave out."""

import pytest

from tests.feedback.repair.engine import giving

LINE = "def f(a, b, n):\n    return {}\n"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("a + b", "a - b", "operator"),
        ("a * b", "a + b", "operator"),
        ("a // b", "a / b", "operator"),
        ("a - b", "b - a", "operands swapped"),
        ("a / b", "b / a", "operands swapped"),
        ("a ** n", "a ** (n - 1)", "exponent"),
        ("a ** (n + 1)", "a ** ((n - 1))", "exponent"),
        ("a * b * n", "a * b", "factor too much"),
        ("a * (b + n)", "a * (b)", "factor too much"),
        ("a - b", "-b", "factor too much"),
    ],
)
def test_an_operator_gives_way(before: str, after: str, kind: str) -> None:
    mended = giving(LINE.format(before), LINE.format(after))

    assert mended is not None
    assert mended.kind == kind


def test_what_binds_less_tightly_stands_in_parentheses() -> None:
    assert giving(LINE.format("(a + b) * n"), LINE.format("((a - b)) * n")) is not None
    assert giving(LINE.format("a * b ** n"), LINE.format("(b ** n) * a")) is None
