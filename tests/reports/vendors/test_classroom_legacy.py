"""The result of GitHub Classroom's older reporter."""

from tests.reports.sample import BROKEN, LOCATED, PASSED, SKIPPED, TRACKS, report
from tests.reports.vendor_rules import legacy_of


def test_the_older_reporter_s_statuses_are_three() -> None:
    result = legacy_of(report(PASSED, LOCATED, SKIPPED, BROKEN))

    assert [test["status"] for test in result["tests"]] == ["pass", "fail", "fail", "error"]
    assert (result["status"], result["max_score"]) == ("fail", 4.5)
    failed = result["tests"][1]
    assert (failed["filename"], failed["line_no"]) == ("src/value.py", 32)
    assert failed["test_code"].endswith("print(b.grad)")
    assert failed["message"].startswith("✗ Subtraction sends a minus")


def test_the_older_reporter_s_whole_is_an_error_only_where_nothing_failed() -> None:
    assert legacy_of(report(PASSED, BROKEN))["status"] == "error"
    assert legacy_of(report(PASSED))["status"] == "pass"
    assert legacy_of(TRACKS["some wrong"])["tests"][0]["name"] == "ex1: Addition adds"
