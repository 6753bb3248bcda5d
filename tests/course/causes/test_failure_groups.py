"""Who shares a search, and which searches come first."""

from grader.course.batch.jobs import JobResult
from grader.course.causes.failure_groups import failure_groups, normalised
from grader.reports.report import CheckResult, Counterexample, Outcome
from tests.reports.sample import CURVE, PASSED, report

WRONG = Counterexample("a = Value(1.0)\nprint(a.data)", {"textbook": 1.0}, 2.0)


def result(*failing: str) -> JobResult:
    checks = [
        CheckResult(id_, id_, Outcome.FAILED, 0.0, 1.0, message="wrong", counterexample=WRONG)
        for id_ in failing
    ]
    return JobResult((report(*checks),))


def test_comments_and_spaces_tell_no_engines_apart() -> None:
    assert normalised("a = 1  # one\n") == normalised("a=1\n")
    assert normalised("a = 1") != normalised("a = 2")
    assert normalised("%matplotlib inline") == "%matplotlib inline"


def test_one_of_each_pattern_comes_before_the_second_of_any() -> None:
    handed = {"a": ("x", "sub"), "b": ("x  # mine", "sub"), "c": ("y", "sub"), "d": ("z", "pow")}
    outcomes = {key: result(failing) for key, (_, failing) in handed.items()}

    groups = failure_groups(outcomes, lambda key, _: handed[key][0], "")

    assert [one.students for one in groups] == [("a", "b"), ("d",), ("c",)]


def test_a_training_that_is_wrong_is_searched_and_a_hidden_one_is_not() -> None:
    wrong = CheckResult("epochs", "", Outcome.FAILED, 0.0, 1.0, message="wrong")
    open_to_all, hidden = wrong._replace(training=CURVE), wrong._replace(visibility="hidden")
    outcomes = {"a": JobResult((report(open_to_all),)), "b": JobResult((report(hidden),))}

    groups = failure_groups(outcomes, lambda _key, _name: "x", "")

    assert [(one.pattern, one.students) for one in groups] == [(("epochs",), ("a",))]


def test_what_is_explained_or_right_is_in_no_group() -> None:
    assert failure_groups({"a": JobResult((report(PASSED),))}, lambda _key, _name: "x", "") == []
    assert failure_groups({"a": JobResult(problem="nothing")}, lambda _key, _name: "x", "") == []
