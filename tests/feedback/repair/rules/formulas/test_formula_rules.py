"""The field's own formulas, where a part of them is missing."""

import pytest

from tests.feedback.repair.rules.formulas.parts import kind_mending


@pytest.mark.parametrize(
    ("right", "wrong", "asked", "kind"),
    [
        ("max(-most, min(most, p.grad))", "min(most, p.grad)", "clip_value", "one bound"),
        ("max(-most, min(most, p.grad))", "max(-most, p.grad)", "clip_value", "one bound"),
        ("max(-most, min(most, p.grad))", "min(abs(p.grad), most)", "clip_value", "one bound"),
        (
            "p.grad *= most / length",
            "p.grad = max(-most, min(most, p.grad))",
            "clip_norm",
            "one scale for all",
        ),
        ("(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h) - f(x)) / h", "slope", "quotient"),
        (
            "((1 + math.cos(math.pi * made / steps)) / 2)",
            "math.cos(math.pi * made / steps)",
            "wave",
            "curve",
        ),
        ("((1 + math.cos(math.pi * made / steps)) / 2)", "(1 - made / steps)", "wave", "curve"),
        ("max(-most, min(most, p.grad))", "most", "clip_value", "one bound"),
        ("factor ** (made // every)", "(factor if made >= every else 1.0)", "rate", "once alone"),
    ],
)
def test_a_formula_of_the_field_is_made_whole(
    right: str, wrong: str, asked: str, kind: str
) -> None:
    assert kind_mending(right, wrong, asked) == kind
