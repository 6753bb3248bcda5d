"""Parts that are missing: a factor, a term, a divisor, a power, a root."""

import pytest

from tests.feedback.repair.rules.formulas.parts import kind_mending


@pytest.mark.parametrize(
    ("right", "wrong", "asked", "kind"),
    [
        ("(math.sqrt(square) + self.eps)", "math.sqrt(square)", "Adam", "term missing"),
        ("p.grad**2\n", "p.grad\n", "Adam", "power"),
        ("for p in parameters) ** 0.5", "for p in parameters)", "clip_norm", "power"),
        ("sum(p.grad**2 for", "sum(p.grad for", "clip_norm", "power"),
        ("(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h) - f(x - h)) / h", "slope", "factor missing"),
        (
            "((1 + math.cos(math.pi * made / steps)) / 2)",
            "(1 + math.cos(math.pi * made / steps))",
            "wave",
            "factor missing",
        ),
        ("(sum(scores) - scores[right])", "sum(scores)", "log_loss", "term missing"),
        ("(0.5 * base)", "0.5", "half", "factor missing"),
    ],
)
def test_a_part_is_put_where_it_is_missing(right: str, wrong: str, asked: str, kind: str) -> None:
    assert kind_mending(right, wrong, asked) == kind
