from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from grader.reports.report import CheckResult
from grader.reports.vendors.points import scaled, shares
from tests.reports.sample import FAILED, PASSED

POINTS = st.floats(0, 100) | st.integers(0, 400).map(lambda n: n / 4) | st.just(1 / 3)


def check(got: float, most: float) -> CheckResult:
    if got < most:
        return FAILED._replace(score=got, max_score=most)
    return PASSED._replace(score=most, max_score=most)


CHECKS = st.lists(st.builds(check, POINTS, POINTS), max_size=8)


@given(CHECKS)
def test_shares_add_up_to_the_points_there_are_and_full_ones_stay_full(
    checks: list[CheckResult],
) -> None:
    found = list(shares(checks))

    total = sum(one.max_score for one in found)
    assert abs(total - Decimal(sum(one.max_score for one in checks))) <= Decimal("0.00006")
    for one, share in zip(checks, found, strict=True):
        assert 0 <= share.score <= share.max_score
        assert one.score < one.max_score or share.score == share.max_score
        assert share.score == round(share.score, 4)


@given(CHECKS)
def test_scaled_points_are_the_points_where_it_says_that_they_are_exact(
    checks: list[CheckResult],
) -> None:
    found = scaled(checks)

    slack = 1e-6 if found.exact else 0.5 + 1e-6
    for one, (got, most) in zip(checks, found.scores, strict=True):
        assert 0 <= got <= most
        assert abs(got - one.score * found.scale) <= slack
        assert abs(most - one.max_score * found.scale) <= slack


def test_quarters_are_exact_by_four() -> None:
    assert scaled([check(0.25, 0.5), check(1.0, 1.0)]) == (4, ((1, 2), (4, 4)), True)


def test_of_no_checks_there_are_no_points() -> None:
    assert list(shares([])) == []
    assert scaled([]) == (1, (), True)
