"""Colour is for terminals, and for those who want it."""

import os
import subprocess
import sys

import pytest

from tests.places import SAMPLES

pty = pytest.importorskip("pty", reason="this system has no pseudo terminals")

MINUS = SAMPLES / "minus.py"
ESCAPE = b"\x1b["


def on_a_terminal(words: list[str], **environment: str) -> bytes:
    """Return what the command writes to a terminal, stdout and stderr together."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", *words],
        stdout=theirs,
        stderr=theirs,
        env={name: held for name, held in os.environ.items() if name != "NO_COLOR"} | environment,
    )
    os.close(theirs)
    written = b""
    try:
        while chunk := os.read(ours, 65536):
            written += chunk
    except OSError:
        pass  # Linux says so where the other end has closed
    process.wait()
    os.close(ours)
    return written


@pytest.mark.parametrize("words", [["ex9", str(MINUS)], ["exx9"]], ids=["a report", "an error"])
def test_a_terminal_gets_colour_unless_it_is_not_wanted(words: list[str]) -> None:
    coloured = on_a_terminal(words)
    plain = on_a_terminal(words, NO_COLOR="1")

    assert ESCAPE in coloured
    assert ESCAPE not in plain
    assert len(plain) < len(coloured)


def test_a_pipe_gets_no_colour() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "ex9", str(MINUS)], capture_output=True, check=False
    )

    assert done.returncode == 1
    assert ESCAPE not in done.stdout


def test_an_ascii_locale_gets_ascii() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "ex9", str(MINUS)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )

    assert done.stdout.isascii()
    assert b"  x Subtraction sends a minus to its right operand" in done.stdout
