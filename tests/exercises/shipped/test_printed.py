"""ex10 asks that both gradients are shown: printed, or at the end of a cell."""

import textwrap

import pytest

from grader.exercises import catalogue
from grader.reports.report import Report
from tests.grading_fixtures import GradeCells, GradeSource, grade_cells, grade_source

__all__ = ["grade_cells", "grade_source"]

SOLUTION = catalogue.solution(catalogue.load(catalogue.find("ex10")))
ENGINE = SOLUTION.partition("# %%")[0]
LOSS = """
x, y, w, b = Value(1.0), Value(2.0), Value(0.0), Value(0.0)
a = x * w
y_pred = a + b
err = y_pred - y
loss = err**2
loss.backward()
"""
SHOWS = {
    "print": "print(w.grad, b.grad)",
    "two prints": "print(w.grad)\nprint(b.grad)",
    "an f-string": "print(f'{w.grad:.2f} and {b.grad:.4f}')",
    "a format": "print('w: {}; b: {}'.format(w.grad, b.grad))",
    "with names": "print('w.grad =', w.grad, 'b.grad =', b.grad)",
    "a list": "print([p.grad for p in (w, b)])",
    "a loop": "for p in (w, b):\n    print(p.grad)",
    "a write": "import sys\nsys.stdout.write(f'{w.grad}\\n{b.grad}\\n')",
    "a function": "def show():\n    print(w.grad, b.grad)\n\n\nshow()",
}
SHOWS_NOTHING = {
    "nothing": "",
    "a line that is only the two": "w.grad, b.grad",
    "the same in a loop": "for _ in range(2):\n    w.grad, b.grad",
    "one of them": "print(w.grad)",
    "the data": "print(w.data, b.data)",
    "the sign lost": "print(abs(w.grad), abs(b.grad))",
    "a text that only names them": "print('w.grad, b.grad')",
}


def points(report: Report) -> list[float]:
    """Those for the values, and those for showing them."""
    return [check.score for check in report.checks]


@pytest.mark.parametrize("way", SHOWS)
def test_a_script_that_prints_both_has_the_point(grade_source: GradeSource, way: str) -> None:
    assert points(grade_source(ENGINE + LOSS + SHOWS[way], "ex10")) == [1, 1]


@pytest.mark.parametrize("way", SHOWS_NOTHING)
def test_a_script_that_does_not_keeps_the_point_for_the_values(
    grade_source: GradeSource, way: str
) -> None:
    report = grade_source(ENGINE + LOSS + SHOWS_NOTHING[way], "ex10")

    assert points(report) == [1, 0]
    assert report.checks[1].message.endswith("is not printed: -4.0 is nowhere in the output")


AT_THE_END = {
    "a tuple": "w.grad, b.grad",
    "below other code": "n = 3\nw.grad, b.grad",
    "display": "display(w.grad)\ndisplay(b.grad)\nn = 3",
    "print": "print(w.grad, b.grad)",
}
NOT_SHOWN = {
    "with a semicolon": "w.grad, b.grad;",
    "above other code": "w.grad, b.grad\nn = 3",
    "in a loop": "for _ in range(2):\n    w.grad, b.grad",
    "only the last of two lines": "w.grad\nb.grad",
}


@pytest.mark.parametrize("kernel", [False, True])
def test_a_cell_shows_what_stands_at_its_end(grade_cells: GradeCells, *, kernel: bool) -> None:
    for way, last in AT_THE_END.items():
        report = grade_cells([ENGINE, LOSS, last], kernel=kernel, exercise="ex10")

        assert points(report) == [1, 1], way


@pytest.mark.parametrize("kernel", [False, True])
def test_a_cell_shows_nothing_else(grade_cells: GradeCells, *, kernel: bool) -> None:
    for way, last in NOT_SHOWN.items():
        report = grade_cells([ENGINE, LOSS, last], kernel=kernel, exercise="ex10")

        assert points(report) == [1, 0], way


def test_the_values_after_the_first_backward_count(grade_source: GradeSource) -> None:
    again = "print(w.grad, b.grad)\nloss.backward()\nprint(w.grad, b.grad)"

    assert points(grade_source(ENGINE + LOSS + again, "ex10")) == [1, 1]


def test_a_later_training_in_the_same_names_changes_nothing(grade_source: GradeSource) -> None:
    later = """
    print(w.grad, b.grad)
    for _ in range(3):
        loss = (x * w + b - y) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
    """

    assert points(grade_source(ENGINE + LOSS + textwrap.dedent(later), "ex10")) == [1, 1]
