"""How much is enough is points, or per cent of them."""

import pytest

from grader.integrations.ci.threshold import NoThreshold, OutOfReach, Threshold, threshold


@pytest.mark.parametrize(
    ("text", "means"),
    [("60%", Threshold(60.0)), ("3", Threshold(3.0, False)), (" 0.5 ", Threshold(0.5, False))],
)
def test_enough_is_points_or_per_cent(text: str, means: Threshold) -> None:
    assert threshold(text, 5.0) == means


@pytest.mark.parametrize("text", ["", "%", "all", "60%%", "-1", "nan", "inf%", "60 percent"])
def test_what_is_neither_is_said(text: str) -> None:
    with pytest.raises(NoThreshold, match="neither points nor per cent") as raised:
        threshold(text, 5.0)

    assert raised.value.hint == "write 60% or 3, or leave it out: then every point is needed"


def test_a_third_of_three_points_is_one_however_numbers_are_rounded() -> None:
    assert Threshold(100 * 1 / 3).reached(1.0, 3.0)
    assert not Threshold(34.0).reached(1.0, 3.0)
    assert Threshold(1.0, per_cent=False).reached(1.0, 3.0)


@pytest.mark.parametrize("text", ["60", "5.5", "101%", "100.5 %"])
def test_more_than_there_is_to_get_is_said(text: str) -> None:
    with pytest.raises(OutOfReach) as raised:
        threshold(text, 5.0)

    assert raised.value.message == f"--fail-under {text}: there are 5 points, and nobody gets more"
    assert raised.value.hint == "write 60%, or points up to 5"


@pytest.mark.parametrize("text", ["5", "100%", "0", "0%"])
def test_all_that_there_is_may_be_wanted(text: str) -> None:
    assert threshold(text, 5.0).reached(5.0, 5.0)
