"""An oracle.py is found beside its exercise or its track, and refused where it is of no use."""

from pathlib import Path

import pytest

from grader.errors import BrokenExercise
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import taught_in
from tests.authored import ABOUT, exercise

ORACLE = """\
from grader import Definition

ORACLE = [Definition("{name}", plain=lambda x: {plain}, torch=None)]
"""


def loaded(home: Path, **oracles: str) -> Exercise:
    entry = exercise(home, exercise=ABOUT.replace('"add", "numbers"', '"add", "cube"'))
    for where, text in oracles.items():
        folder = entry.folder if where == "own" else entry.folder.parent
        (folder / "oracle.py").write_text(text, encoding="utf-8")
    return catalogue.load(entry)


def test_an_exercise_without_an_oracle_defines_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path).definitions == ()


def test_its_own_definition_goes_before_that_of_its_track(tmp_path: Path) -> None:
    of_track = ORACLE.format(name="cube", plain="1") + (
        'ORACLE += [Definition("square", plain=lambda x: 2)]\n'
    )

    found = loaded(tmp_path, own=ORACLE.format(name="cube", plain="3"), track=of_track).definitions

    assert {one.name: one.plain(0) for one in found} == {"cube": 3, "square": 2}


def test_a_definition_that_is_taught_is_in_random_graphs(tmp_path: Path) -> None:
    taught = taught_in(loaded(tmp_path, own=ORACLE.format(name="cube", plain="x * x * x")))

    (call,) = taught.own
    assert (call.step.name, call.result([2.0])) == ("cube", 8.0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "oracle.py:1: defines no ORACLE"),
        ("ORACLE = [1]", "oracle.py:1: defines no ORACLE"),
        ("1 / 0", "oracle.py:1: does not run: ZeroDivisionError: division by zero"),
        (ORACLE.format(name="Value", plain="x"), "Value is the engine's own name"),
        (ORACLE.format(name="tanh", plain="x"), "the reference engine has its own tanh"),
        (ORACLE.format(name="a b", plain="x"), "'a b' is no name"),
        (ORACLE.format(name="cube", plain="x") + "ORACLE *= 2", "cube is defined twice"),
        (
            'from grader import Definition\nORACLE = [Definition("cube", plain=3)]',
            "plain of cube is 3, which cannot be called",
        ),
        (
            'from grader import Definition\nORACLE = [Definition("cube", plain=len, torch="cos")]',
            "torch of cube is 'cos', which cannot be called",
        ),
    ],
)
def test_an_oracle_that_is_of_no_use_is_refused_by_its_file(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(BrokenExercise) as e:
        loaded(tmp_path, own=text)

    assert says in e.value.message
    assert "oracle.py" in e.value.message
    assert e.value.hint
