"""What is kept from step to step: decayed, counted, and for the next time or not."""

import pytest

from tests.feedback.repair.rules.formulas.parts import SOURCE, kind_giving, kind_mending

MEAN = "self.m[id(p)] = b1 * self.m[id(p)] + (1 - b1) * p.grad\n"
SQUARE = "            self.v[id(p)] = b2 * self.v[id(p)] + (1 - b2) * p.grad**2"


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        (MEAN, "self.m[id(p)] = (1 - b1) * p.grad\n", "not kept"),
        (MEAN, "self.m[id(p)] = b1 * 0.0 + (1 - b1) * p.grad\n", "not kept"),
        (MEAN, "mean = b1 * self.m[id(p)] + (1 - b1) * p.grad\n", None),
        ("self.t += 1\n", "self.t = 1\n", "not counted"),
        ("        self.t += 1\n", "", "not counted"),
        ("mean = (self.m[id(p)] /", "mean = self.m[id(p)] = (self.m[id(p)] /", "kept too much"),
    ],
)
def test_what_is_kept_is_mended(right: str, wrong: str, kind: str | None) -> None:
    assert kind_mending(right, wrong, "Adam") == kind


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("total += p.grad * p.grad", "total = p.grad * p.grad", "not kept"),
        ("    total **= 0.5\n", "", "power"),
    ],
)
def test_a_sum_over_a_loop_is_mended(right: str, wrong: str, kind: str) -> None:
    assert kind_mending(right, wrong, "total_length") == kind


@pytest.mark.parametrize(
    ("right", "wrong"), [("x = layer(x)", "layer(x)"), ("p.grad = 0\n", "p.grad == 0\n")]
)
def test_what_is_worked_out_is_used(right: str, wrong: str) -> None:
    assert kind_mending(right, wrong, "Chain") == "not used"


def test_both_averages_that_begin_anew_are_mended_by_one_edit() -> None:
    wrong = "self.m[id(p)] = (1 - b1) * p.grad\n            self.v[id(p)] = (1 - b2) * p.grad**2"

    assert kind_mending(MEAN + SQUARE, wrong, "Adam") == "not kept"


def test_what_is_counted_for_each_parameter_is_counted_once_before_the_loop() -> None:
    count = "        self.t += 1\n"
    head = "        b1, b2 = self.betas\n"
    loop = "        for p in self.parameters:\n"
    source = SOURCE.replace(count + head + loop, f"{head}{loop}    {count}")

    right = SOURCE.replace(count + head + loop, head + count + loop)

    assert kind_giving(source, right, "Adam") == "depth of a line"
