"""What a training is worth: right ones in any style, wrong ones by their fault, engines apart."""

import textwrap
from functools import cache

import pytest

from grader.exercises import catalogue
from grader.exercises.exercise import Exercise, Mutant
from grader.grading.mutants.engine import mutated_source
from grader.reports.report import Report
from tests.exercises.shipped.inprocess import graded
from tests.grading_fixtures import GradeCells, grade_cells

__all__ = ["grade_cells"]

RUN = ("ex8", "ex10", "ex11", "ex12", "ext1", "ext2")


@cache
def loaded(name: str) -> Exercise:
    return catalogue.load(catalogue.find(name))


@cache
def engine(name: str = "ex12") -> str:
    """The textbook engine of an exercise's solution, without what it does."""
    return catalogue.solution(loaded(name)).partition("# %%")[0]


def run(name: str, code: str, source: str | None = None) -> Report:
    """Grade an engine with code below it."""
    above = engine("ext1" if name == "ext1" else "ex12") if source is None else source
    return graded(loaded(name), above + "\n\n" + textwrap.dedent(code).strip() + "\n")


def message(report: Report) -> str:
    """What is said of the training that was asked, which comes last."""
    return [check for check in report.checks if check.message][-1].message


def named(report: Report) -> str:
    """What the fault is called."""
    return [check.diagnosis.id for check in report.checks if check.diagnosis][-1]


def test_each_bank_holds_at_least_four_right_programs() -> None:
    for name in RUN:
        assert len(catalogue.variants(catalogue.find(name))) >= 4


STEP = """
w, b = Value({start[0]}), Value({start[1]})
for _ in range({steps}):
    loss = (Value(1.0) * w + b - Value(2.0)) ** 2
    w.grad = b.grad = 0.0
    loss.backward()
    w.data -= {rate} * w.grad
    b.data -= {rate} * b.grad
"""


def steps(start: tuple[float, float] = (0.0, 0.0), count: int = 100, rate: float = 0.1) -> str:
    return STEP.format(start=start, steps=count, rate=rate)


@pytest.mark.parametrize("start", [(0.0, 0.0), (3.0, -0.5), (-1.0, -1.0), (0.5, 0.1)])
def test_a_training_may_start_anywhere(start: tuple[float, float]) -> None:
    assert run("ex11", steps(start)).score == 4


def test_a_rate_of_a_hundredth_and_a_thousand_steps_are_another_way() -> None:
    report = run("ex11", steps(count=1000, rate=0.01))

    assert report.score == 0.5
    assert message(report) == (
        "w is 1 and b is 1 at the end, rightly, but by another way: step 1 moves w by 0.04, a rate "
        "of 0.01; expected 0.4; 1000 steps were made, 100 were asked (solution.py, line 80)"
    )


OTHER_WAYS = {
    "momentum": """
    w, b, v, u = Value(0.0), Value(0.0), 0.0, 0.0
    for _ in range(300):
        loss = (Value(1.0) * w + b - Value(2.0)) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        v, u = 0.5 * v + w.grad, 0.5 * u + b.grad
        w.data -= 0.1 * v
        b.data -= 0.1 * u
    """,
    "the formula of the gradient": """
    w, b = Value(0.0), Value(0.0)
    for _ in range(100):
        slope = 2 * (w.data + b.data - 2)
        w.data -= 0.1 * slope
        b.data -= 0.1 * slope
    """,
    "difference quotients": """
    w, b = 0.0, 0.0
    def f(w, b):
        return (w + b - 2) ** 2
    for _ in range(100):
        dw = (f(w + 1e-6, b) - f(w - 1e-6, b)) / 2e-6
        db = (f(w, b + 1e-6) - f(w, b - 1e-6)) / 2e-6
        w, b = w - 0.1 * dw, b - 0.1 * db
    """,
    "the answer written down": "w, b = Value(1.0), Value(1.0)",
}


@pytest.mark.parametrize("way", OTHER_WAYS)
def test_the_right_end_by_another_way_is_worth_half_a_point_in_ex11(way: str) -> None:
    report = run("ex11", OTHER_WAYS[way])

    assert report.score == 0.5
    assert "backward() made the steps" in message(report) or "another way" in message(report)


@pytest.mark.parametrize("way", ["the formula of the gradient", "the answer written down"])
def test_nothing_is_left_of_ex12_where_no_backward_made_the_steps(way: str) -> None:
    assert run("ex12", OTHER_WAYS[way]).score == 0


@pytest.mark.parametrize(
    ("rate", "count", "score"), [(0.01, 100, 1.5), (0.1, 19, 1.5), (0.1, 99, 2.0), (0.01, 99, 0)]
)
def test_a_right_idea_with_one_wrong_number_gets_part_of_the_points(
    rate: float, count: int, score: float
) -> None:
    assert run("ex11", steps(count=count, rate=rate)).score == score


def test_moving_only_w_ends_at_exactly_two_and_is_not_gradient_descent() -> None:
    report = run(
        "ex12",
        """
        w, b = Value(0.0), Value(0.0)
        for _ in range(100):
            for x, y in ((1.0, 2.0), (3.0, 6.0)):
                loss = (Value(x) * w + b - Value(y)) ** 2
                w.grad = b.grad = 0.0
                loss.backward()
                w.data -= 0.1 * w.grad
        assert abs(w.data - 2) < 1e-12 and b.data == 0
        """,
    )

    assert report.score == 0
    assert named(report) == "K10"
    assert message(report).startswith("b keeps its value in every step, though its gradient is -4")


MUTANTS = [
    (name, mutant)
    for name in ("ex11", "ex12")
    for mutant in catalogue.mutants(catalogue.load(catalogue.find(name)))
]


@pytest.mark.parametrize(
    ("name", "mutant"), MUTANTS, ids=[f"{name}-{mutant.id}" for name, mutant in MUTANTS]
)
def test_a_fault_of_a_loop_is_told_from_every_other(name: str, mutant: Mutant) -> None:
    source = mutated_source(catalogue.solution(loaded(name)), mutant, "mutants.py")

    report = graded(loaded(name), source)

    assert named(report) == mutant.id


@pytest.mark.parametrize("style", ["other names", "a class"])
@pytest.mark.parametrize(
    ("fault", "right", "wrong"),
    [
        ("K1", "p.grad = 0.0", "pass"),
        ("K2", "p.data -= 0.1", "p.data += 0.1"),
        ("K3", "p.data -= 0.1", "p.data -= 0.01"),
        ("K3b", "p.data -= 0.1 * ", "p.data -= "),
        ("K4", "p.data -=", "p.grad -="),
        ("K12", "p.data -= 0.1", "p.data =- 0.1"),
        ("K13", "error * error", "error"),
    ],
)
def test_a_fault_is_known_in_programs_of_other_shapes(
    style: str, fault: str, right: str, wrong: str
) -> None:
    code = SHAPES[style]
    assert right in code

    assert run("ex11", code).score == 4
    assert named(run("ex11", code.replace(right, wrong))) == fault


SHAPES = {
    "other names": """
    weight, offset = Value(0.0), Value(0.0)
    for _ in range(100):
        error = Value(1.0) * weight + offset - Value(2.0)
        loss = error * error
        for p in (weight, offset):
            p.grad = 0.0
        loss.backward()
        for p in (weight, offset):
            p.data -= 0.1 * p.grad
    """,
    "a class": """
    class Perceptron:
        def __init__(self):
            self.parameters = [Value(0.0), Value(0.0)]

        def step(self, x, y):
            w, b = self.parameters
            error = x * w + b - y
            loss = error * error
            for p in self.parameters:
                p.grad = 0.0
            loss.backward()
            for p in self.parameters:
                p.data -= 0.1 * p.grad

    model = Perceptron()
    for _ in range(100):
        model.step(Value(1.0), Value(2.0))
    """,
}


ENGINE_FAULTS = {
    "= for += in *": ("self.grad += other.data * out.grad", "self.grad = other.data * out.grad"),
    "a sum that adds one more": ("other.grad += out.grad", "other.grad += 2 * out.grad"),
    "a difference the wrong way": ("return self + (-other)", "return (-self) + other"),
    "an exponent that stays": ("exponent * self.data ** (exponent - 1)", "self.data"),
}


@pytest.mark.parametrize("name", ["ex11", "ex12"])
@pytest.mark.parametrize("fault", ENGINE_FAULTS)
def test_a_fault_of_the_engine_does_not_cost_the_points_of_a_right_loop(
    name: str, fault: str
) -> None:
    right, wrong = ENGINE_FAULTS[fault]
    solution = catalogue.solution(loaded(name))
    assert solution.count(right) == 1

    report = graded(loaded(name), solution.replace(right, wrong))

    assert report.score == report.max_score


def test_that_a_loop_was_judged_on_a_right_engine_is_said() -> None:
    right, wrong = ENGINE_FAULTS["an exponent that stays"]

    report = graded(loaded("ex11"), catalogue.solution(loaded("ex11")).replace(right, wrong))

    assert report.notes[0] == (
        "“The loop is right, but perhaps for one number” and “A hundred steps down the gradient, "
        "at a rate of 0.1” would fail because of the engine, whose fault is charged where the "
        "engine is asked; on a right engine this run does what it should"
    )


def test_a_wrong_loop_on_a_wrong_engine_is_named_as_the_loop_s_fault() -> None:
    right, wrong = ENGINE_FAULTS["an exponent that stays"]

    report = run("ex11", steps(rate=0.01), engine().replace(right, wrong))

    assert report.score == 1.5
    assert named(report) == "K3"


def test_a_wrong_loop_costs_nothing_of_the_engine() -> None:
    source = engine() + steps(rate=0.2)

    assert graded(loaded("ex7"), source).score == 4
    assert graded(loaded("ex9"), source).score == 5
    assert graded(loaded("ex11"), source).score == 2.0


RELU = "(1.0 if self.data > 0 else 0.0)"
LEARN = """
w, b = Value({start[0]}), Value({start[1]})
for _ in range(100):
    for x, y in ((1.0, 2.0), (3.0, 6.0)):
        loss = ((Value(x) * w + b).relu() - Value(y)) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
"""


def learning(slope: float, start: tuple[float, float]) -> Report:
    """A training with a relu whose slope at 0 is this one."""
    assert RELU in engine("ext1")
    at_zero = f"(1.0 if self.data > 0 else 0.0 if self.data < 0 else {slope})"
    return run("ext1", LEARN.format(start=start), engine("ext1").replace(RELU, at_zero))


@pytest.mark.parametrize("slope", [0.0, 0.25, 0.5, 1.0])
@pytest.mark.parametrize("start", [(0.0, 0.0), (0.5, 0.1), (-0.5, -0.1)])
def test_any_slope_at_the_corner_is_right(slope: float, start: tuple[float, float]) -> None:
    assert learning(slope, start).score == 6


@pytest.mark.parametrize(
    ("slope", "start", "stuck"),
    [
        (0.0, (0.0, 0.0), True),
        (1.0, (-0.5, -0.1), True),
        (0.5, (0.0, 0.0), False),
        (0.0, (0.5, 0.1), False),
    ],
)
def test_a_training_that_rightly_never_moves_is_explained(
    slope: float, start: tuple[float, float], *, stuck: bool
) -> None:
    told = "nothing moves in any step" in " ".join(learning(slope, start).notes)

    assert told == stuck


@pytest.mark.parametrize("slope", [-1.0, 2.0])
def test_a_slope_outside_both_sides_is_wrong_at_the_corner(slope: float) -> None:
    report = learning(slope, (0.0, 0.0))

    assert report.score == 4.5
    assert message(report).startswith("w.grad is ")


def test_a_training_without_a_relu_is_not_the_one_that_was_asked() -> None:
    report = run("ext1", LEARN.format(start=(0.5, 0.1)).replace(".relu()", ""))

    assert report.score == 4.5
    assert message(report) == "no training has a relu in its graph"


def cells(code: str) -> list[str]:
    return [engine(), "print('nothing')", code.strip(), "w.data, b.data"]


@pytest.mark.parametrize("kernel", [False, True])
@pytest.mark.parametrize(("rate", "score"), [(0.1, 4.0), (0.01, 1.5)])
def test_a_notebook_is_judged_like_a_script(
    grade_cells: GradeCells, rate: float, score: float, *, kernel: bool
) -> None:
    report = grade_cells(cells(steps(rate=rate)), kernel=kernel, exercise="ex11")

    assert report.score == score == run("ex11", steps(rate=rate)).score
    assert ("cell 3, line 5" in report.checks[1].message) == (score < 4)


def test_an_order_of_one_s_own_is_remarked_on_with_its_end() -> None:
    report = graded(loaded("ex12"), catalogue.variants(catalogue.find("ex12"))["shuffled"])

    assert report.passed
    assert [note for note in report.notes if "in an order of their own, and end at w = 2" in note]


def test_the_sheet_s_order_needs_no_remark() -> None:
    report = graded(loaded("ex12"), catalogue.solution(loaded("ex12")))

    assert not [note for note in report.notes if "order" in note]


def test_where_only_one_example_was_learned_from_that_is_said_first() -> None:
    report = graded(loaded("ex12"), catalogue.starter(catalogue.find("ex12")))

    assert message(report).startswith("no training goes over every example; the nearest (")


def test_a_second_backward_on_one_loss_is_a_remark_and_costs_nothing() -> None:
    source = catalogue.solution(loaded("ex10"))

    report = graded(loaded("ex10"), source + "loss.backward()\n")

    assert report.passed
    assert [note for note in report.notes if "a second backward() on the same graph" in note]
    assert "second" not in "".join(graded(loaded("ex10"), source).notes)
