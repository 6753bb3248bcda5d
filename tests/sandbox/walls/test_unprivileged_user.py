"""Root goes on as nobody for good, and says what is out of reach then."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


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
