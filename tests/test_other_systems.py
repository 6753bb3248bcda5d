"""What a student types works where Python has no fork, no resource limits, no clock of a process.

Only what Python offers is taken away: the file system, the terminal and the C library stay Linux's.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.other_systems import interpreter, preamble
from tests.places import ROOT, SAMPLES

CHILD_LOADS = ("subprocess", "tempfile", "shutil", "random", "json", "importlib.machinery")
LOADS = (*CHILD_LOADS, "pathlib", "threading", "tomllib", "datetime", "click", "click.testing")
COMMANDS = {
    "ex9, right": (["ex9", str(SAMPLES / "right.py")], "5 of 5 points"),
    "ex9, wrong": (["ex9", str(SAMPLES / "minus.py")], "b.grad is 1.0, expected -1.0"),
    "list": (["list"], "Subtraction and powers"),
    "show": (["show", "ex9"], "Subtraction and powers"),
    "start": (["start", "ex9"], "value.py is written"),
}


@pytest.mark.parametrize("platform", ["win32", "darwin"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_needs_nothing_that_linux_alone_has(
    command: str, platform: str, tmp_path: Path
) -> None:
    words, shown = COMMANDS[command]
    python = interpreter(tmp_path, preamble(platform, CHILD_LOADS))
    run = f"from grader.cli.main import run; raise SystemExit(run({words!r}))"
    code = f"import sys; sys.executable = {str(python)!r}; sys.path.insert(0, {str(ROOT)!r}); {run}"

    done = subprocess.run(
        [sys.executable, "-c", f"{preamble(platform, LOADS)}\n{code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert shown in done.stdout


def test_what_windows_lacks_is_not_to_be_had_there() -> None:
    code = "import os; from time import clock_gettime"

    done = subprocess.run(
        [sys.executable, "-c", f"{preamble('win32', LOADS)}\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "cannot import name 'clock_gettime' from 'time'" in done.stderr
