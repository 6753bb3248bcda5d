"""A training by numbers that are none is refused by its line, with what to write instead."""

from pathlib import Path

import pytest

from grader.errors import BrokenExercise
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from tests.authored import ABOUT, exercise

TRAINS = '''\
from grader import Adam, AdamW, Momentum, Sgd, trains


@trains(
    points=3,
    start={"w": 2.0},
    examples=[(1.0,), (0.5,)],
    epochs=10,
    rate=0.1,
    rule=Momentum(0.5),
)
def own(Value, w, x):
    """Your training goes down."""
    return w * x * (w * x)
'''
DESCENDS = '''\
from grader import descends


@descends(points=3, parameters=5, steps=10)
def own():
    """Your network learns."""
'''


def loaded(home: Path, checks: str) -> Exercise:
    entry = exercise(home, exercise=ABOUT.replace('after = ["zero"]\n', ""), checks=checks)
    return catalogue.load(entry)


def test_a_training_by_numbers_is_loaded(tmp_path: Path) -> None:
    assert [check.id for check in loaded(tmp_path, TRAINS).checks] == ["own"]


def test_an_operation_to_use_may_stand_without_a_list(tmp_path: Path) -> None:
    (check,) = loaded(tmp_path, TRAINS.replace("rate=0.1", 'uses="relu", rate=0.1')).checks

    assert check.own_run
    assert check.own_run.task
    assert check.own_run.task.uses == ("relu",)


SHARE = "is a share: from 0, and below 1"
EXAMPLES = "examples=[(1.0, 2.0), (3.0, 6.0)]"
REFUSED = [
    ('start={"w": 2.0}', "start={}", "6: {}start is {}", 'name each parameter: start={"w": 0.5}'),
    (
        'start={"w": 2.0}',
        'start={"w": "2"}',
        "6: {}start is {'w': '2'}",
        "each parameter starts at a finite number",
    ),
    (
        "[(1.0,), (0.5,)]",
        "[1.0, 0.5]",
        "7: {}examples is [1.0, 0.5]",
        f"each is a tuple, of one number too, (1.0,): {EXAMPLES}",
    ),
    (
        "[(1.0,), (0.5,)]",
        "[(1.0,), (0.5, 2.0)]",
        "7: {}examples is [(1.0,), (0.5, 2.0)]",
        f"each has as many finite numbers as the others: {EXAMPLES}",
    ),
    ("epochs=10", "epochs=0", "8: {}epochs is 0", "it counts, from 1: epochs=10"),
    (
        "epochs=10",
        "epochs=100_000",
        "8: {}100000 epochs over 2 examples are 200000 steps",
        "100,000 steps are the most",
    ),
    ("rate=0.1", "rate=-0.1", "9: {}rate is -0.1", "it is a number above 0: rate=0.1"),
    (
        "rate=0.1",
        "rate=0.1, other_ways='1'",
        "9: {}other_ways is '1'",
        "it is a number of points: other_ways=1",
    ),
    (
        "Value, w, x",
        "Value, x, w",
        "4: {}its parameters are Value, x, w",
        "the engine, what start names, the fields of an example: def own(Value, w, x)",
    ),
    (
        "Value, w, x)",
        "Value, w)",
        "4: {}its parameters are Value, w",
        "the engine, what start names, the fields of an example: def own(Value, w, x1)",
    ),
    ("Momentum(0.5)", "Momentum(1.5)", "10: {}momentum of the rule is 1.5", f"momentum {SHARE}"),
    ("Momentum(0.5)", "Adam(1, 0.9)", "10: {}beta1 of the rule is 1", f"beta1 {SHARE}"),
    ("Momentum(0.5)", "Adam(0.9, -1)", "10: {}beta2 of the rule is -1", f"beta2 {SHARE}"),
    (
        "Momentum(0.5)",
        "Adam(eps=-1e-8)",
        "10: {}eps of the rule is -1e-08",
        "eps keeps a divisor from 0: eps=1e-8",
    ),
    (
        "Momentum(0.5)",
        "AdamW(decay=1.5)",
        "10: {}decay of the rule is 1.5",
        "decay is a share: from 0 to 1",
    ),
    (
        "Momentum(0.5)",
        "Sgd(clip_norm=0)",
        "10: {}clip_norm of the rule is 0",
        "clip_norm is a number above 0",
    ),
    (
        "Momentum(0.5)",
        "Sgd(schedule=0.5)",
        "10: {}schedule of the rule is 0.5",
        "schedule is a function: schedule=lambda made: 0.5 ** (made // 20)",
    ),
    (
        "Momentum(0.5)",
        "Sgd(schedule=lambda made: 1 / made)",
        "10: {}schedule(0) of the rule raises ZeroDivisionError: division by zero",
        "it is a function: schedule=lambda made: 0.5 ** (made // 20)",
    ),
    (
        "Momentum(0.5)",
        "Sgd(schedule=lambda made: 1 - made)",
        "10: {}schedule(2) of the rule is -1",
        "it is a function: schedule=lambda made: 0.5 ** (made // 20)",
    ),
    (
        "Momentum(0.5)",
        "Adam",
        "10: {}rule is Adam",
        "it is one of Sgd(…), Momentum(…), Nesterov(…), Adam(…) or AdamW(…)",
    ),
    (
        "Momentum(0.5)",
        '"adam"',
        "10: {}rule is 'adam'",
        "it is one of Sgd(…), Momentum(…), Nesterov(…), Adam(…) or AdamW(…)",
    ),
]


@pytest.mark.parametrize("refused", REFUSED, ids=[after for _, after, _, _ in REFUSED])
def test_a_number_by_which_nobody_trains_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: tuple[str, str, str, str]
) -> None:
    before, after, says, hint = refused
    monkeypatch.chdir(tmp_path)
    assert TRAINS.count(before) == 1

    with pytest.raises(BrokenExercise) as e:
        loaded(tmp_path, TRAINS.replace(before, after))

    place = says.replace("{}", "the training own cannot be asked: ", 1)
    assert e.value.message == f"demo/01_one/checks.py:{place}"
    assert e.value.hint == hint


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("parameters=5", "parameters=0", "parameters is 0"),
        ("steps=10", "steps=1", "steps is 1"),
        ("steps=10", "steps=10, rule='adam'", "rule is 'adam'"),
    ],
)
def test_a_descent_that_no_run_could_make_is_refused(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    with pytest.raises(BrokenExercise, match=rf"checks.py:4: .* cannot be asked: {says}$"):
        loaded(tmp_path, DESCENDS.replace(before, after))


def test_a_corner_and_another_rule_are_refused_by_their_line(tmp_path: Path) -> None:
    text = TRAINS.replace("rate=0.1", "rate=0.1, kink=True")

    with pytest.raises(BrokenExercise, match=r"checks.py:\d+: a training with kink=True goes") as e:
        loaded(tmp_path, text)

    assert e.value.hint == "leave out kink, and start where the model has no corner"
