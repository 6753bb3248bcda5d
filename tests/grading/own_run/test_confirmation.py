"""A run that is made up gets no points where nobody knew at which numbers it would begin."""

from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from grader.exercises import catalogue
from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.grading.mutants import run
from grader.grading.one_submission import grade_exercise
from grader.grading.own_run.checks import BELIEVED
from grader.grading.request import GradeRequest
from grader.reports.report import Report
from tests.ready_grader import AS_ASKED

SEED = 20261128
ENGINE = catalogue.solution(catalogue.load(catalogue.find("ext2"))).partition("# %%")[0]
XY = "xs, ys = [1.0, 3.0], [2.0, 6.0]"
DESCENT = f"""
{XY}
def steps():
    w = b = 0.0
    for _ in range(100):
        for x, y in zip(xs, ys):
            error = w * x + b - y
            w, b = w - 0.1 * 2 * error * x, b - 0.1 * 2 * error
            yield w, b
TABLE = list(steps())
"""
FORMULAS = """
class Value:
    made = []
    def __init__(self, data, parents=(), op=''):
        self.data, self.grad, self._prev, self._op = data, 0.0, set(parents), op
        Value.made.append(self)
    def __add__(self, other): return Value(0.0, [self, other], '+')
    def __sub__(self, other): return Value(0.0, [self, other], '-')
    def __mul__(self, other): return Value(0.0, [self, other], '*')
    def __pow__(self, other): return Value((w.data * x.data + b.data - y.data) ** 2, [self], '**2')
    def backward(self):
        error = w.data * x.data + b.data - y.data
        w.grad, b.grad, x.grad, y.grad, self.grad = 2 * error * x.data, 2 * error, 0.5, -0.5, 1.0
"""
FORGED = """
import builtins
watch = builtins.__build_class__.__self__._wrapper_of.__self__
type(watch).to_json = lambda self: {trainings}
"""


class MadeUp(NamedTuple):
    """A run in which something is made up.

    Attributes:
        exercise: that it is handed in for.
        code: what stands below a right engine.
        score: what it may get.
        at_home: what it gets where everything is known.
        engine: what stands above it.
    """

    exercise: str
    code: str
    score: float = 0.0
    at_home: float | None = None
    engine: str = ENGINE


STEP = "w.data -= 0.1 * w.grad; b.data -= 0.1 * b.grad"
TRAINING = """
w, b = Value(0.0), Value(0.0)
for step in range(200):
    x, y = Value(xs[step % 2]), Value(ys[step % 2])
    loss = (x * w + b - y) ** 2
    loss.backward()
    {then}
    w.grad = b.grad = 0.0
"""


def trainings_at_home() -> list[object]:
    """What a right training leaves behind, as a process tells of it."""
    told: list[list[object]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "trace_from", told.append)
        run.trace_of(f"{ENGINE}\n{XY}\n{TRAINING.format(then=STEP)}")
    trainings = told[0][1]
    assert isinstance(trainings, list)
    return trainings


ALL = {
    "a table of the steps": MadeUp(
        "ex12", DESCENT + TRAINING.format(then="w.data, b.data = TABLE[step]"), 0.0, 5.0
    ),
    "a table of the steps, added up": MadeUp(
        "ex12",
        DESCENT
        + "BEFORE = [(0.0, 0.0), *TABLE]\n"
        + TRAINING.format(
            then="w.data += TABLE[step][0] - BEFORE[step][0]; "
            "b.data += TABLE[step][1] - BEFORE[step][1]"
        ),
        0.0,
        5.0,
    ),
    "a table, and a word to the gradients": MadeUp(
        "ex12",
        DESCENT + TRAINING.format(then="w.grad, b.grad; w.data, b.data = TABLE[step]"),
        0.0,
        5.0,
    ),
    "a table in new Values": MadeUp(
        "ex12",
        DESCENT + TRAINING.format(then="w, b = Value(TABLE[step][0]), Value(TABLE[step][1])"),
        0.0,
        5.0,
    ),
    "ends where it is begun elsewhere": MadeUp(
        "ex12",
        DESCENT
        + "import os\n"
        + TRAINING.format(
            then="w.data == (0, 0.4)[step > 0] or step or os._exit(0); w.data, b.data = TABLE[step]"
        ),
    ),
    "begins where nothing moves, and takes no step": MadeUp(
        "ex11",
        """
w, b = Value(1.0), Value(1.0)
for step in range(100):
    loss = (Value(1.0) * w + b - Value(2.0)) ** 2
    loss.backward()
    w.grad = b.grad = 0.0
""",
        0.0,
        4.0,
    ),
    "prints all numbers there are": MadeUp(
        "ex10",
        """
x, y, w, b = Value(1.0), Value(2.0), Value(0.0), Value(0.0)
loss = (x * w + b - y) ** 2
loss.backward()
for number in (*range(-9, 10), *range(-9, 10)): print(float(number))
""",
        1.0,
        2.0,
    ),
    "tries gradients until one is right": MadeUp(
        "ex10",
        """
x, y, w, b = Value(1.0), Value(2.0), Value(0.0), Value(0.0)
loss = (x * w + b - y) ** 2
w.grad = b.grad = -1.0
w.grad = b.grad = -2.0
w.grad = b.grad = -3.0
w.grad = b.grad = -4.0
print(w.grad, b.grad)
""",
        0.0,
        2.0,
    ),
    "writes the gradients down": MadeUp(
        "ex10",
        """
x, y, w, b = Value(1.0), Value(2.0), Value(0.0), Value(0.0)
loss = (x * w + b - y) ** 2
loss.backward()
w.grad, b.grad = -4.0, -4.0
print(-4.0, -4.0)
""",
        1.0,
        2.0,
    ),
    "formulas in the place of an engine": MadeUp(
        "ex12", XY + TRAINING.format(then=STEP), 0.0, 5.0, FORMULAS
    ),
    "formulas in the place of an engine, no training": MadeUp(
        "ex10",
        """
x, y, w, b = Value(1.0), Value(2.0), Value(0.0), Value(0.0)
loss = (x * w + b - y) ** 2
loss.backward()
print(w.grad, b.grad)
""",
        0.0,
        2.0,
        FORMULAS,
    ),
    "a trace that is forged": MadeUp(
        "ex12", FORGED.format(trainings=trainings_at_home()), 0.0, 5.0
    ),
    "numbers without an engine": MadeUp(
        "ex8",
        """
class Held:
    def __init__(self, data, grad=0.0, _prev=()):
        self.data, self.grad, self._prev = data, grad, set(_prev)
x, y, w, b = Held(1.0), Held(2.0), Held(0.0), Held(0.0)
a = Held(0.0, 0.0, (x, w))
y_pred = Held(0.0, 0.0, (a, b))
""",
    ),
}
HONEST = {
    "ex12": DESCENT + TRAINING.format(then=STEP),
    "ex10": "x, y, w, b = Value(1.0), Value(2.0), Value(0.0), Value(0.0)\n"
    "loss = (x * w + b - y) ** 2\nloss.backward()\nprint(w.grad, b.grad)",
    "ex8": "x, y, w, b = Value(1.0), Value(2.0), Value(0.0), Value(0.0)\na = x * w\ny_pred = a + b",
}


class Graded(Protocol):
    def __call__(self, exercise: str, source: str, seed: int = ...) -> Report: ...


@pytest.fixture
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    def grade(exercise: str, source: str, seed: int = DEFAULT_SEED) -> Report:
        path = tmp_path_factory.mktemp("made up") / "value.py"
        path.write_text(source, encoding="utf-8")
        request = GradeRequest(exercise, str(path), examples_s=AS_ASKED, seed=seed)
        return grade_exercise(request, None).report

    return grade


@pytest.mark.parametrize("name", ALL)
def test_what_is_made_up_gains_nothing_from_starts_that_nobody_knew(
    graded: Graded, name: str
) -> None:
    one = ALL[name]

    report = graded(one.exercise, f"{one.engine}\n{one.code}", seed=SEED)

    assert report.score == one.score, [check.message for check in report.checks]


@pytest.mark.parametrize("name", [name for name, one in ALL.items() if one.at_home is not None])
def test_where_the_starts_are_known_it_is_believed(graded: Graded, name: str) -> None:
    one = ALL[name]

    assert graded(one.exercise, f"{one.engine}\n{one.code}").score == one.at_home


@pytest.mark.parametrize("exercise", HONEST)
def test_who_makes_nothing_up_is_right_from_wherever_it_begins(
    graded: Graded, exercise: str
) -> None:
    assert graded(exercise, f"{ENGINE}\n{HONEST[exercise]}", seed=SEED).passed


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("self.grad += other.data * out.grad", "self.grad += out.grad"),
        ("exponent * self.data ** (exponent - 1)", "self.data ** (exponent - 1)"),
        ("return self + (-other)", "return other + (-self)"),
    ],
    ids=[
        "where the loop does not need it",
        "where the loop needs it",
        "where it comes to the same",
    ],
)
def test_a_right_loop_on_a_wrong_engine_is_right_here_as_at_home(
    graded: Graded, right: str, wrong: str
) -> None:
    assert ENGINE.count(right) == 1
    source = f"{ENGINE.replace(right, wrong)}\n{XY}\n{TRAINING.format(then=STEP)}"

    assert graded("ex12", source).passed
    assert graded("ex12", source, seed=SEED).passed


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("(1 - result**2)", "(1 - result)"),
        ("exponent * self.data ** (exponent - 1) * out", "self.data ** (exponent - 1) * out"),
        ("self.grad += other.data * out.grad", "self.grad += self.data * out.grad"),
    ],
    ids=["tanh", "power", "product"],
)
def test_a_fault_that_the_engine_is_charged_for_costs_no_points_of_a_network_s_descent(
    graded: Graded, right: str, wrong: str
) -> None:
    solution = catalogue.solution(catalogue.load(catalogue.find("ext2")))
    assert solution.count(right) == 1
    source = solution.replace(right, wrong)

    at_home, in_a_course = graded("ext2", source), graded("ext2", source, seed=SEED)

    assert (at_home.score, in_a_course.score) == (at_home.score, at_home.score)
    assert in_a_course.checks[-1].score == 3.0
    assert sum(check.score for check in in_a_course.checks[:-1]) < 5.0


@pytest.mark.parametrize(
    "much",
    [
        "h = [Value(i / 7) for i in range(60_000)]",
        "h = Value(1.3)\nfor _ in range(60_000):\n    h = 0.1234567 - h",
        "h = Value(0.1)\nfor i in range(60_000):\n    h.data = i / 7\n    h.grad",
        "h = Value(0.1)\nfor i in range(100_000):\n    h = h + 1.0",
    ],
    ids=["leaves", "a graph", "one number after the other", "a graph that is lost at once"],
)
def test_a_run_that_does_much_is_confirmed(graded: Graded, much: str) -> None:
    source = f"{ENGINE}\n{much}\nh = None\n{HONEST['ex12']}"

    assert graded("ex12", source, seed=SEED).passed


@pytest.mark.parametrize(
    ("exercise", "code", "seed", "is_told"),
    [
        ("ex12", None, DEFAULT_SEED, True),
        ("ex12", None, SEED, False),
        ("ex12", "", DEFAULT_SEED, False),
        ("ex9", None, DEFAULT_SEED, False),
    ],
    ids=["right at home", "in a course", "no training", "an exercise without one"],
)
def test_that_a_course_runs_a_training_once_more_is_said_where_one_is_right_at_home(
    tmp_path: Path, exercise: str, code: str | None, seed: int, *, is_told: bool
) -> None:
    solution = catalogue.solution(catalogue.load(catalogue.find(exercise)))
    (tmp_path / "value.py").write_text(solution if code is None else ENGINE + code)
    request = GradeRequest(exercise, str(tmp_path / "value.py"), seed=seed, examples_s=0.0)

    report = grade_exercise(request, None).report

    assert (BELIEVED in report.notes) is is_told
