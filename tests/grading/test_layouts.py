"""The verdict on one file is the same in every run, also where children are kept in a set.

Three runs of each here. For fifty, with the number of different reports: REPEATS=50 pytest this
file; every wrong engine fails in all of them, and none gets two different reports.
"""

import os
import textwrap

import pytest

from grader.reports.report import Report
from grader.reports.report_json import plain
from tests.sandbox.conftest import GradeSource
from tests.sandbox.engines import messages
from tests.sandbox.orders import RIGHT, WRONG, with_backward

REPEATS = int(os.environ.get("REPEATS", "3"))


def verdict(report: Report) -> object:
    """All of a report but the time it took."""
    return plain(report._replace(duration_s=0.0))


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_order_gets_the_same_verdict_each_time_and_fails(
    grade_source: GradeSource, wrong: str
) -> None:
    source = with_backward(WRONG[wrong])

    reports = [grade_source(source, "ex7") for _ in range(REPEATS)]

    assert not reports[0].passed
    assert all(verdict(report) == verdict(reports[0]) for report in reports)


@pytest.mark.parametrize("exercise", ["ex6", "ex7"])
def test_a_right_order_with_children_in_a_set_passes_each_time(
    grade_source: GradeSource, exercise: str
) -> None:
    reports = [grade_source(with_backward(RIGHT), exercise) for _ in range(REPEATS)]

    assert all(report.passed for report in reports)


def test_a_fault_that_only_another_order_shows_is_said_to_be_one(
    grade_source: GradeSource,
) -> None:
    lucky = """
    class Value(Value):
        def __mul__(self, other):
            out = super().__mul__(other)
            if out._prev and next(iter(out._prev)) is not self:
                out._backward = lambda: None
            return out
    """

    report = grade_source(with_backward(RIGHT) + "\n\n" + textwrap.dedent(lucky), "ex7")

    assert messages(report) == [
        "a.grad is 0.0, expected -3.0; a set gives its nodes in any order, and this goes wrong in "
        "one of them"
    ]
