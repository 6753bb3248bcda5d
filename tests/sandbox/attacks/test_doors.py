"""A few attacks through each door; `python -m tests.sandbox.attacks DOOR` tries them all."""

from collections.abc import Iterator

import pytest

from grader.sandbox.survey import strongest_tier
from tests.sandbox.attacks.arena import Arena, arena
from tests.sandbox.attacks.doors import DOORS, door, fits
from tests.sandbox.attacks.suite import ATTACKS

SAMPLE = ("forge/driver", "borrow/search_blinded", "read/key", "die/hard_exit", "exhaust/memory")
TIER = strongest_tier()


@pytest.fixture(scope="module")
def place() -> Iterator[Arena]:
    """An arena of the strongest tier, for all doors."""
    with arena(TIER) as made:
        yield made


@pytest.mark.skipif(TIER == "limits", reason="no walls can be built here")
@pytest.mark.parametrize("name", [name for name in DOORS if name != "script"])
def test_an_attack_gains_nothing_through_a_door(place: Arena, name: str) -> None:
    sample = [one for one in ATTACKS if one.name in SAMPLE and fits(name, one)]
    open_door = sample[0]._replace(engine="wrong", source="got_through()")

    with door(name, place) as through:
        gained = [through(attack).score - attack.score for attack in sample]
        opened = through(open_door).score

    assert opened == 5
    assert gained == [0] * len(sample)
