"""A student's marks are a results.json of Gradescope's, whose score is the marks' own."""

import json

from grader.course.gradebook.gradescope import results
from tests.course.gradebook.sample import BEE, mark


def test_the_score_is_that_of_all_marks_after_penalties() -> None:
    late = mark(BEE, 4.5)._replace(comment="1 day late: 10 % less")
    other = mark(BEE, 5.0, "my475/ex8")

    fields = json.loads(results([late, other]))

    assert fields["score"] == 9.5
    assert fields["output"] == "1 day late: 10 % less"


def test_each_check_is_a_test_with_its_misconceptions() -> None:
    fields = json.loads(results([mark(BEE, 1.0)]))

    tests = [(one["name"], one["number"], one["status"], one["output"]) for one in fields["tests"]]
    assert tests == [
        ("ex9: power_values", "ex9.1", "passed", "passed"),
        ("ex9: tanh", "ex9.2", "failed", "failed: P1"),
    ]
