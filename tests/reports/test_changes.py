from grader.reports.changes import CheckChange, changes
from grader.reports.report import CheckResult, Outcome
from tests.reports.sample import FAILED, PASSED, report

MENDED = CheckResult(FAILED.id, FAILED.title, Outcome.PASSED, 1.5, 1.5)


def test_a_check_that_is_mended_brings_its_points() -> None:
    found = changes([report(PASSED, FAILED)], [report(PASSED, MENDED)])

    title = "Subtraction sends a minus to its right operand"
    assert found.checks == (CheckChange("my475/ex9", title, Outcome.FAILED, Outcome.PASSED, 1.5),)
    assert (found.before, found.now, found.most) == (1.0, 2.5, 2.5)
    assert not found.nothing


def test_the_same_again_is_nothing() -> None:
    assert changes([report(PASSED, FAILED)], [report(PASSED, FAILED)]).nothing


def test_a_line_that_has_moved_is_nothing() -> None:
    raised = FAILED._replace(message="`v**2` raises TypeError (value.py, line 31)")
    lower = raised._replace(message="`v**2` raises TypeError (value.py, line 47)")

    assert changes([report(raised)], [report(lower)]).nothing
