"""A shell completes commands, exercises and tracks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from grader.cli.app import grade

SCALAR = ["slope", "expression", "nudge", "tanh", "rules", "walk", "reuse", "drawing"]


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["ba"], ["batch"]),
        (["exp"], ["export", "expression"]),
        (["sca"], ["scalar", *(f"scalar/{name}" for name in SCALAR)]),
        (["show", "my475/ex9"], ["my475/ex9"]),
        (["verify", "ex9", "my475/ex1"], [f"my475/ex1{number}" for number in ("", 0, 1, 2)]),
        (["batch", "nothing_like_it"], []),
        (["ci", "ex9", "--report", "ju"], ["junit="]),
    ],
)
def test_commands_and_exercises_are_completed(words: list[str], completed: list[str]) -> None:
    *before, incomplete = words

    found = BashComplete(grade, {}, "grade", "_GRADE_COMPLETE").get_completions(before, incomplete)

    assert [one.value for one in found] == completed


def test_the_command_answers_a_shell() -> None:
    asked = {"COMP_WORDS": "grade sho", "COMP_CWORD": "1", "_GRADE_COMPLETE": "bash_complete"}
    command = [Path(sys.executable).parent / "grade"]

    done = subprocess.run(
        command, env=os.environ | asked, capture_output=True, text=True, check=True
    )

    assert done.stdout == "plain,show\n"
