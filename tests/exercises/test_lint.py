"""What `grade verify` looks for before it runs anything, and how it says where and what to do."""

from pathlib import Path

import pytest

from grader.errors import BrokenExercise
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.exercises.lint import lint
from tests.authored import ABOUT, CHECKS, CONTENTS, MUTANTS, exercise

RIGHT = {
    "exercise": ABOUT.replace('after = ["zero"]', ""),
    "solution": "class Value:\n    def __add__(self, other): return self.data + other.data\n",
}


def scrutinised(home: Path, **changed: str) -> Exercise:
    entry = exercise(home, **(RIGHT | changed))
    return lint(entry, catalogue.entries((home,)))


def test_an_exercise_without_contradictions_is_returned(tmp_path: Path) -> None:
    assert scrutinised(tmp_path).path == "demo/one"


def test_every_exercise_that_comes_with_grade_has_no_contradictions() -> None:
    known = catalogue.entries()

    assert [lint(entry, known).path for entry in known] == [entry.path for entry in known]


TWICE = '    return {"sum": (a + a).data}'
CONTRADICTIONS = [
    (
        {"checks": CHECKS.replace(TWICE, '    if a.data > 1:\n        return {"sum": a.data}')},
        "checks.py:17: the check twice looks at a recorded value",
        "return it under a label instead; the oracles know what it should be",
    ),
    (
        {"checks": CHECKS.replace(TWICE, "    return {}")},
        "checks.py:13: the check twice looks at nothing",
        'return what to look at: return {"a.grad": a.grad}',
    ),
    (
        {"checks": CHECKS.replace(TWICE, "    return len(a.missing.field())")},
        "checks.py:17: the check twice looks at a recorded value",
        "return it under a label instead; the oracles know what it should be",
    ),
    (
        {"checks": CHECKS.replace("def direction(", "def twice(")},
        "checks.py:21: two functions are called twice, and the one on line 14 is lost",
        "rename one",
    ),
    (
        {"checks": CHECKS + "\n\ndef helper(): ...\n\n\ndef helper(): ...\n"},
        "checks.py:28: two functions are called helper, and the one on line 25 is lost",
        "rename one",
    ),
    (
        {"checks": CHECKS.replace("Addition adds", "Addition adds " + "on " * 20)},
        "checks.py:4: the check adds has a title of 74 characters",
        "say it in 60: the docstring's first line is a line of the report",
    ),
    (
        {"exercise": ABOUT.replace('"add", ', '"erf", ').replace('"zero"', "")},
        "exercise.toml:5: taught names 'erf', which is unknown",
        "taught may name add, sub, mul, truediv, pow, neg, abs, relu, tanh, exp, log, sigmoid, "
        "sqrt, sin, cos, gelu, numbers, "
        "Add, Sub, Mul, Div, ReLU, Sigmoid, Tanh, Exp, Log, Sqrt, Sin, Cos, Pow, MatMul, "
        "Sum, Mean, broadcasting, softmax, log_softmax, max",
    ),
    (
        {"exercise": ABOUT.replace('"add", ', '"addd", ').replace('"zero"', "")},
        "exercise.toml:5: taught names 'addd', which is unknown",
        "did you mean add?",
    ),
    (
        {"exercise": ABOUT},
        "exercise.toml:4: 'zero' is no exercise of demo",
        "name one of demo",
    ),
    (
        {"exercise": ABOUT.replace("zero", "onee")},
        "exercise.toml:4: 'onee' is no exercise of demo",
        "did you mean one?",
    ),
    (
        {"exercise": ABOUT.replace("zero", "one")},
        "exercise.toml:4: the exercise comes after itself: one after one",
        "take one of the names out",
    ),
    (
        {"mutants": MUTANTS.replace('"+"', '"*"')},
        "mutants.py:3: the mutant A1 replaces '*', which stands 0 times in the solution",
        "choose a text that stands there exactly once",
    ),
    (
        {"mutants": MUTANTS.replace('"+"', '".data"')},
        "mutants.py:3: the mutant A1 replaces '.data', which stands 2 times in the solution",
        "choose a text that stands there exactly once",
    ),
    (
        {"mutants": MUTANTS.replace('"+"', '""')},
        "mutants.py:3: the mutant A1 replaces '', which stands 0 times in the solution",
        "choose a text that stands there exactly once",
    ),
]


@pytest.mark.parametrize(
    ("changed", "says", "hint"), CONTRADICTIONS, ids=[says for _, says, _ in CONTRADICTIONS]
)
def test_a_contradiction_is_one_error_with_file_line_and_cure(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, str],
    says: str,
    hint: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(BrokenExercise) as e:
        scrutinised(tmp_path, **changed)

    assert e.value.message == f"demo/01_one/{says}"
    assert e.value.hint == hint


OWN = """\
from grader import Definition

ORACLE = [
    Definition("mix", plain=lambda a, b: a * b, safe=lambda x: abs(x) < 8),
]
"""
MIXES = """\
from grader import check


@check(points=3, random=1)
def mixes(Value, mix):
    '''Two numbers are mixed'''
    return {"mixed": mix(Value(1.0), Value(2.0)).data}
"""


def test_a_safe_that_takes_other_operands_than_the_checks_give_is_refused(tmp_path: Path) -> None:
    about = RIGHT["exercise"].replace('"add"', '"add", "mix"')
    entry = exercise(tmp_path, **(RIGHT | {"exercise": about, "checks": MIXES}))
    (entry.folder / "oracle.py").write_text(OWN, encoding="utf-8")

    says = r"oracle\.py:4: safe of mix raises TypeError: .* takes 1 positional argument but 2 were"
    with pytest.raises(BrokenExercise, match=says) as e:
        lint(entry, catalogue.entries((tmp_path,)))

    assert e.value.hint == "it is given what checks give mix, a number in place of each node"


STILL = """\
from grader import trains


@trains(
    points=3,
    start={"w": 0.0},
    examples=[(1.0,)],
    epochs=10,
    rate=0.1,
)
def own(Value, w, x):
    '''Your training goes down.'''
    return w * x * (w * x)
"""


def test_a_training_that_stands_still_is_refused_by_its_line(tmp_path: Path) -> None:
    says = r"checks\.py:6: the training own cannot be asked: it stands still: at \{'w': 0\.0\} the"
    with pytest.raises(BrokenExercise, match=says) as e:
        scrutinised(tmp_path, checks=STILL)

    assert e.value.hint == 'let it start elsewhere: start={"w": 1}'


def after(*names: str) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return CONTENTS["exercise.toml"].replace('"zero"', listed)


def test_exercises_that_come_after_one_another_are_refused(tmp_path: Path) -> None:
    exercise(tmp_path, "demo/02_two", **{**RIGHT, "exercise": after("three")})
    exercise(tmp_path, "demo/03_three", **{**RIGHT, "exercise": after("one")})

    says = r"exercise\.toml:4: the exercise comes after itself: one after two after three after one"
    with pytest.raises(BrokenExercise, match=says):
        scrutinised(tmp_path, exercise=after("two"))


def test_an_exercise_comes_after_those_of_lower_numbers_alone(tmp_path: Path) -> None:
    exercise(tmp_path, "demo/02_two", **{**RIGHT, "exercise": after()})

    says = r"exercise\.toml:4: one comes after two, which has a higher number$"
    with pytest.raises(BrokenExercise, match=says) as e:
        scrutinised(tmp_path, exercise=after("two"))

    assert e.value.hint == "number the folders in the order of the track"


def test_an_exercise_may_come_after_one_of_its_track_in_another_folder(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    entry = exercise(theirs, "demo/02_two", **{**RIGHT, "exercise": after("one")})
    exercise(ours, "demo/01_one", **RIGHT)

    assert lint(entry, catalogue.entries((ours, theirs))).after == ("one",)
