"""Which packages an exercise forbids, as its author says it."""

from pathlib import Path

import pytest

from grader.exercises import catalogue
from grader.exercises.forbidden_packages import USUAL, packages
from tests.authored import ABOUT, exercise


@pytest.mark.parametrize(
    ("says", "forbids"),
    [
        ("", USUAL),
        ('forbids = ["usual"]\n', USUAL),
        ('forbids = ["usual", "numpy", "torch"]\n', (*USUAL, "numpy")),
        ('forbids = ["torch"]\n', ("torch",)),
        ("forbids = []\n", ()),
    ],
)
def test_an_exercise_forbids_what_it_says(
    tmp_path: Path, says: str, forbids: tuple[str, ...]
) -> None:
    entry = exercise(tmp_path, exercise=ABOUT + says)

    assert catalogue.load(entry).forbids == forbids


def test_what_only_computes_is_not_forbidden() -> None:
    assert {"numpy", "scipy", "math"} & set(packages(None)) == set()
