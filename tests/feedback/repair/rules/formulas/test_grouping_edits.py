"""How a formula is put together: parentheses, operators, what is unpacked where."""

import pytest

from tests.feedback.repair.rules.formulas.parts import kind_mending


@pytest.mark.parametrize(
    ("right", "wrong", "asked", "kind"),
    [
        ("(math.sqrt(square) + self.eps)", "math.sqrt(square + self.eps)", "Adam", "parentheses"),
        ("b1, b2 = self.betas", "b2, b1 = self.betas", "Adam", "operands swapped"),
        ("(made // every)", "(made / every)", "rate", "operator"),
        ("base * factor ** (made // every)", "base - factor * (made // every)", "rate", "operator"),
        (
            "return moved(numbers, at, by)",
            "return moved(numbers, by, at)",
            "shifted",
            "operands swapped",
        ),
        ("(2 * h)", "2 * h", "slope", "parentheses"),
    ],
)
def test_a_formula_is_put_together_as_on_paper(
    right: str, wrong: str, asked: str, kind: str
) -> None:
    assert kind_mending(right, wrong, asked) == kind


def test_a_root_of_a_sum_is_one_of_its_first_part_alone() -> None:
    right, wrong = "(p.grad**2 for p in parameters) ** 0.5", "(p.grad**2 for p in parameters)"

    assert kind_mending(f"sum{right}", f"sum{wrong} ** 2", "clip_norm") == "power"
