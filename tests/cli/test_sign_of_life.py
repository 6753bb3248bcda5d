"""A grading that takes long shows on a terminal that it goes on, and leaves nothing of that."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.sign_of_life import ERASE, FIRST_S, sign_of_life
from tests.sandbox.engines import after


def test_where_there_is_no_terminal_nothing_is_set() -> None:
    with sign_of_life("it"):
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_on_a_terminal_it_says_so_after_a_moment_and_erases_it(tmp_path: Path) -> None:
    (tmp_path / "value.py").write_text(after("while True: pass"))
    ours, theirs = pty.openpty()

    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "ex9", str(tmp_path / "value.py"), "--time", "0.5"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while piece := _read(ours):
        shown += piece
    process.wait()

    assert b"still running: " in shown
    assert b"a limit ends it" in shown
    assert shown.endswith(ERASE.encode())


def test_what_is_over_in_a_moment_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    with sign_of_life("it"):
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= FIRST_S

    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""
