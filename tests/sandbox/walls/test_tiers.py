"""What a tier needs: a user without rights, landlock of a new enough ABI, a count of all files."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.protocol.limits import Tier
from grader.sandbox.walls import landlock, scratch, tiers
from grader.sandbox.walls.deleted_files import NOTHING, Held, held_by
from grader.sandbox.walls.tiers import Layer, tier_of
from tests.places import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")

HOLDER = """
import mmap, os, sys
os.chdir(sys.argv[1])
open_one = os.open("open", os.O_CREAT | os.O_RDWR)
os.unlink("open")
os.write(open_one, bytes(1 << 20))
again = os.dup(open_one)
kept = open("kept", "wb")
if sys.argv[2:]:
    mapped = os.open("mapped", os.O_CREAT | os.O_RDWR)
    os.write(mapped, bytes(1 << 20))
    held = mmap.mmap(mapped, 4096)
    os.unlink("mapped")
    os.closerange(mapped, mapped + 8)  # mmap keeps a duplicate open
print("ready", flush=True)
sys.stdin.read()
"""


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


@pytest.fixture
def holding(tmp_path: Path) -> "Iterator[list[subprocess.Popen[str]]]":
    """Processes that are ended after the test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.communicate()


def hold(
    holding: "list[subprocess.Popen[str]]", folder: Path, *words: str
) -> "subprocess.Popen[str]":
    """Start a process that holds removed files of a folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # else a removed file of pytest's
        text=True,
    )
    holding.append(process)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_removed_file_that_is_open_is_counted_once(
    holding: "list[subprocess.Popen[str]]", tmp_path: Path
) -> None:
    process = hold(holding, tmp_path)

    assert held_by(process.pid, str(tmp_path)) == Held(files=1, size=1 << 20)


def test_a_removed_file_that_is_mapped_and_closed_is_seen(
    holding: "list[subprocess.Popen[str]]", tmp_path: Path
) -> None:
    process = hold(holding, tmp_path, "mapped too")

    assert held_by(process.pid, str(tmp_path)) == Held(files=1, size=1 << 20, unseen=1)
    assert held_by(process.pid, str(tmp_path / "other")).unseen == 0


def test_a_process_that_has_ended_holds_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()

    assert held_by(process.pid, "/tmp") == NOTHING


def test_what_is_held_counts_as_what_lies_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"x" * (10 << 20))
    folder = str(tmp_path)

    assert not scratch.is_too_full(folder, Held(files=1, size=5 << 20))
    assert scratch.is_too_full(folder, Held(files=1, size=7 << 20))
    assert scratch.is_too_full(folder, Held(files=256))
    assert scratch.is_too_full(folder, Held(unseen=1))


def as_nobody(folder: Path, code: str) -> object:
    """What code prints as JSON, as nobody with a room below `folder`."""
    script = f"""
import json, os
from grader.sandbox.walls import unprivileged_user
room = unprivileged_user.make_room({str(folder)!r}, "room")
unprivileged_user.become()
{code}
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user can enter, which those of pytest are not."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(dir="/tmp") as name:
        yield Path(name)


@as_root
def test_root_becomes_nobody_for_good(open_folder: Path) -> None:
    code = """
try:
    os.setuid(0)
except PermissionError:
    back = False
open(f"{room}/file", "x").close()
told = [os.getresuid(), os.getresgid(), os.getgroups(), back, os.listdir(room)]
print(json.dumps(told))
"""

    assert as_nobody(open_folder, code) == [[65534] * 3, [65534] * 3, [], False, ["file"]]


@as_root
def test_a_python_out_of_reach_is_told(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    code = f"""
told = []
for seen in ([], [{str(open_folder / "gone")!r}], [{str(closed / "lib")!r}]):
    try:
        unprivileged_user.reach(room, seen)
    except OSError as error:
        told.append(str(error))
print(json.dumps(told))
"""

    assert as_nobody(open_folder, code) == [
        f"uid 65534 cannot read {closed / 'lib'}: Permission denied"
    ]


@as_root
def test_a_room_out_of_reach_is_told(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    inside = closed / "inside"
    inside.mkdir()
    code = """
try:
    unprivileged_user.reach(room, [])
except OSError as error:
    print(json.dumps(str(error)))
"""

    assert as_nobody(inside, code) == (
        f"uid 65534 cannot write to {inside / 'room'}: Permission denied"
    )


def test_how_to_get_a_user_follows_from_why_there_is_none() -> None:
    ways = {why: tiers.how_to_get_a_user(why) for why in ("cannot read /x", "cannot write to /y")}

    assert ways == {
        "cannot read /x": "a Python that every user can read, as in /usr, or a start as an "
        "ordinary user",
        "cannot write to /y": "TMPDIR at a folder that every user may enter",
    }
