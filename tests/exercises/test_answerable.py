"""What the reference engine cannot answer is told by name, with the line and a cure."""

from pathlib import Path

import pytest

from grader.errors import BrokenExercise
from grader.exercises import catalogue
from grader.exercises.answerable import refuse_unanswerable
from tests.authored import exercise

CHECKS = '''\
from grader import check


@check(points=3)
def asked(Value{takes}):
    """It is asked."""
    a = Value(1.0)
    return {{"a": {looks}}}
'''


@pytest.fixture
def in_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("takes", "looks", "says", "hint"),
    [
        (
            "",
            "a.tan().data",
            "the check asked asks for tan, and the reference engine has no tan",
            "did you mean tanh? Define it in demo/01_one/oracle.py: `grade new TRACK/NAME"
            " --with-oracle` shows the form",
        ),
        (
            ", Adam",
            "Adam([a]).lr",
            "the check asked asks for Adam, and the reference engine has no Adam",
            "Define it in demo/01_one/oracle.py: `grade new TRACK/NAME --with-oracle`"
            " shows the form",
        ),
        (
            "",
            "a.grad.backward()",
            "the check asked asks for backward of what is a float of the reference engine",
            "data and gradients are plain numbers here; a slope of a slope can be asked as what a"
            " function of the submission's returns, defined in oracle.py",
        ),
        (
            "",
            "a.rate",
            "the check asked asks for rate, and the reference engine has no rate",
            "read what it has, data or grad, or give the object a class of its own in oracle.py",
        ),
        (
            "",
            "a.exp(2).data",
            "the reference engine raises TypeError here: Value.exp() takes 1 positional argument"
            " but 2 were given",
            "a check can ask what the reference engine, or oracle.py, answers",
        ),
        (
            "",
            "a + a",
            "the check asked looks at 'a', which is a Value",
            "look at the numbers that it holds: .data, .grad",
        ),
        (
            ", softmax",
            "softmax([a, a])",
            "the check asked looks at 'a', which is a list of 2",
            "look at the numbers in it: numbers_of(p), or p[0].data",
        ),
    ],
)
@pytest.mark.usefixtures("in_new_folder")
def test_what_cannot_be_asked_is_told_by_name(takes: str, looks: str, says: str, hint: str) -> None:
    entry = exercise(Path(), checks=CHECKS.format(takes=takes, looks=looks))

    with pytest.raises(BrokenExercise) as e:
        refuse_unanswerable(catalogue.load(entry))

    assert e.value.message == f"demo/01_one/checks.py:8: {says}"
    assert e.value.hint == hint


@pytest.mark.parametrize("entry", catalogue.entries(), ids=lambda entry: entry.path)
def test_every_exercise_of_ours_can_be_answered(entry: catalogue.ExerciseEntry) -> None:
    refuse_unanswerable(catalogue.load(entry))
