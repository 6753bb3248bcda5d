"""Moving averages that begin at 0, and are used as they are."""

import pytest

from tests.feedback.repair.rules.formulas.parts import kind_mending

MEAN = "mean = (self.m[id(p)] / (1 - b1**self.t))"
SQUARE = "square = (self.v[id(p)] / (1 - b2**self.t))"
UNCORRECTED = ("mean = self.m[id(p)]", "square = self.v[id(p)]")
LINE = "\n            "


@pytest.mark.parametrize(("right", "wrong"), [*zip((MEAN, SQUARE), UNCORRECTED, strict=True)])
def test_one_average_is_corrected_by_its_own_share(right: str, wrong: str) -> None:
    assert kind_mending(right, wrong, "Adam") == "bias correction"


def test_both_averages_are_corrected_by_one_edit() -> None:
    right, wrong = LINE.join((MEAN, SQUARE)), LINE.join(UNCORRECTED)

    assert kind_mending(right, wrong, "Adam") == "bias correction"
