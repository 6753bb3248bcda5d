"""Which walls a machine builds is found by trying them, on Linux alone."""

import sys

import pytest

from grader.sandbox.survey import Survey, Unwalled, strongest_tier, strongest_walls, survey


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_there_are_limits_alone(platform: str) -> None:
    assert survey(platform) == Survey(platform, "limits", ())


@pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
def test_every_wall_is_tried_and_the_strongest_tier_is_what_they_come_to() -> None:
    from grader.sandbox.walls.tiers import tier_of

    found = survey("linux")

    assert [layer.name for layer in found.layers] == [
        *("namespaces", "own root", "files", "system calls", "own user", "disk"),
    ]
    assert found.tier == tier_of(list(found.layers)) == strongest_tier()


def test_code_of_strangers_is_not_run_without_walls() -> None:
    tier = strongest_tier()

    if tier != "limits":
        assert strongest_walls() == tier
        return
    with pytest.raises(Unwalled, match="this machine builds no walls"):
        strongest_walls()
