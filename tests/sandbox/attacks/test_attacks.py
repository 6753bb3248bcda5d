"""Every attack, in each tier that this machine builds: nothing is gained, left or lost by it."""

from collections.abc import Iterator
from typing import cast

import pytest

from grader.reports.report import Report
from grader.sandbox.protocol.limits import Tier
from tests.sandbox.attacks.arena import NEXT, Arena, arena
from tests.sandbox.attacks.suite import ATTACKS, GROUPS, POINTS, Attack

TIERS = ("full", "container")


@pytest.fixture(scope="module", params=TIERS)
def place(request: pytest.FixtureRequest) -> Iterator[Arena]:
    """An arena of each tier; after all attacks honest submissions get what they got before."""
    tier = cast("Tier", request.param)
    with arena(tier) as made:
        if made.zygote.isolation != tier:
            why = [f"{layer.name}: {layer.why_not}" for layer in made.zygote.layers]
            pytest.skip(f"this machine builds no walls of tier {tier}: {why}")
        yield made
        assert {name: made.verdict(name) for name in made.honest} == made.honest


def test_there_are_attacks_of_every_group() -> None:
    assert {attack.name.partition("/")[0] for attack in ATTACKS} == set(GROUPS)
    assert len(ATTACKS) >= 60


def test_honest_submissions_get_what_they_deserve_before_any_attack(place: Arena) -> None:
    assert [verdict.score for verdict in place.honest.values()] == [5, 3, 4]


def test_an_attack_that_gets_through_is_seen(place: Arena) -> None:
    open_door = ATTACKS[0]._replace(engine="wrong", source="got_through()")

    assert place.attack(open_door).score == 5
    assert place.attack(open_door._replace(source="")).score == POINTS["wrong"]


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_an_attack_gains_nothing_and_leaves_nothing(
    place: Arena, attack: Attack, request: pytest.FixtureRequest
) -> None:
    tier, why = attack.gets_through
    if tier == place.zygote.isolation:
        request.applymarker(pytest.mark.xfail(strict=True, reason=why))
    before = place.left()

    report = place.attack(attack)

    assert report.score == attack.score, said(report)
    assert any(piece in said(report) for piece in attack.says), said(report)
    assert place.left() == before
    assert place.visitors() == []
    assert place.verdict(NEXT) == place.honest[NEXT]


def said(report: Report) -> str:
    """Everything that a report says, in words."""
    return "\n".join([*report.notes, *(check.message for check in report.checks)])
