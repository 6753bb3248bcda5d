"""The linters run as tests, so that one command checks all."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "."], id="ruff check"),
        pytest.param(["ruff", "format", "--check", "."], id="ruff format"),
        pytest.param(["mypy"], id="mypy --strict", marks=pytest.mark.long),
    ],
)
def test_a_linter_has_nothing_to_say(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def committed() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("not a git checkout: which files are committed cannot be told")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_place_on_somebody_s_machine() -> None:
    private = re.compile(rb"/(?:root|home/[a-z]+|Users/[A-Za-z]+|work)/")

    named = [
        f"{file}:{number}"
        for file in committed()
        for number, line in enumerate(file.read_bytes().splitlines(), start=1)
        if private.search(line)
    ]

    assert named == []


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(rb"\b(?:TO" rb"DO|FIX" rb"ME|XX" rb"X)\b")

    texts = {file: content for file in committed() if b"\0" not in (content := file.read_bytes())}
    assert [file for file, content in texts.items() if marks.search(content)] == []
