"""What a tier needs: a user without rights, landlock of a new enough ABI, a count of all files."""

import os
import sys

import pytest

from grader.sandbox.protocol.limits import Tier
from grader.sandbox.walls import landlock, tiers
from grader.sandbox.walls.tiers import Layer, tier_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def layers_without(*missing: str) -> list[Layer]:
    names = ("namespaces", "own root", "files", "system calls", "own user", "disk")
    return [Layer(name, name not in missing) for name in names]


@pytest.mark.parametrize(
    ("missing", "tier"),
    [
        ((), "full"),
        (("files", "own user", "disk"), "full"),
        (("own root",), "container"),
        (("own root", "own user"), "limits"),
        (("own root", "disk"), "limits"),
        (("own root", "files"), "limits"),
        (("system calls",), "limits"),
    ],
)
def test_a_tier_stands_where_all_its_walls_do(missing: tuple[str, ...], tier: Tier) -> None:
    assert tier_of(layers_without(*missing)) == tier


@pytest.mark.parametrize(
    ("missing", "tier"),
    [((), "container"), (("own root",), "container"), (("own user",), "limits")],
)
def test_a_tier_that_is_asked_for_needs_its_own_walls(missing: tuple[str, ...], tier: Tier) -> None:
    assert tier_of(layers_without(*missing), "container") == tier
    assert tier_of(layers_without(*missing), "limits") == "limits"


def test_landlock_without_truncate_is_no_wall() -> None:
    assert landlock.unguarded(2) == (
        "landlock of ABI 2 lets every file be cut to nothing: truncate is of ABI 3"
    )
    assert [landlock.unguarded(abi) for abi in (3, 4, 7)] == ["", "", ""]


def test_how_to_get_a_user_follows_from_why_there_is_none() -> None:
    ways = {why: tiers.how_to_get_a_user(why) for why in ("cannot read /x", "cannot write to /y")}

    assert ways == {
        "cannot read /x": "a Python that every user can read, as in /usr, or a start as an "
        "ordinary user",
        "cannot write to /y": "TMPDIR at a folder that every user may enter",
    }
