"""Conditions that are missing, or always hold."""

import pytest

from tests.feedback.repair.rules.formulas.parts import kind_mending

GUARDED = """\
    if length > most:
        for p in parameters:
            p.grad *= most / length
"""


@pytest.mark.parametrize(
    ("right", "wrong", "asked"),
    [
        ("if length > most:", "if True:", "clip_norm"),
        (
            GUARDED,
            "    for p in parameters:\n        p.grad *= most / length\n",
            "clip_norm",
        ),
        ('kind if place < len(sizes) - 1 else "linear"', "kind", "MLP"),
    ],
)
def test_what_should_not_always_happen_has_a_condition(right: str, wrong: str, asked: str) -> None:
    assert kind_mending(right, wrong, asked) == "decision"


def test_what_happens_once_happens_as_long_as_it_should() -> None:
    kind = kind_mending("    while made >= every:", "    if made >= every:", "rate_by_loop")

    assert kind == "once alone"
