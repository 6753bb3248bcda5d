"""Files that are removed and still held are counted, once each, or known to be there."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.walls.deleted_files import NOTHING, DeletedSpace, deleted_space

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")

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

    assert deleted_space(process.pid, str(tmp_path)) == DeletedSpace(files=1, size=1 << 20)


def test_a_removed_file_that_is_mapped_and_closed_is_seen(
    holding: "list[subprocess.Popen[str]]", tmp_path: Path
) -> None:
    process = hold(holding, tmp_path, "mapped too")

    assert deleted_space(process.pid, str(tmp_path)) == DeletedSpace(
        files=1, size=1 << 20, unseen=1
    )
    assert deleted_space(process.pid, str(tmp_path / "other")).unseen == 0


def test_a_process_that_has_ended_holds_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()

    assert deleted_space(process.pid, "/tmp") == NOTHING
