import pytest

from grader.reports.vendors import classroom50
from grader.reports.vendors.classroom50 import NoRunner, NoSubmissionTag
from tests.reports.sample import BROKEN, FAILED, PASSED, report
from tests.reports.vendor_rules import RUNNER, SETTING, classroom50_of


def test_the_runner_s_variables_become_the_fields() -> None:
    result = classroom50_of(report(PASSED))

    assert {key: result[key] for key in classroom50.RUNNER_VARIABLES} == {
        "classroom": "cs1",
        "assignment": "autograd",
        "assignment_type": "individual",
        "owner": "octocat",
        "submission": "submit/2026-11-23T08-00-00Z",
        "commit": "https://example.org/commit",
        "release": "https://example.org/release",
        "review": "https://example.org/review",
    }
    assert result["datetime"] == "2026-10-14T17:46:40Z"


def test_whole_points_stay_as_they_are() -> None:
    result = classroom50_of(report(PASSED, BROKEN))

    assert (result["score"], result["max-score"]) == (2, 2)
    assert [test["passed"] for test in result["tests"]] == [True, False]
    assert "scale" not in result["tests"][0]


def test_halves_are_doubled_and_each_test_says_so() -> None:
    result = classroom50_of(report(PASSED, FAILED))

    assert (result["score"], result["max-score"]) == (2, 5)
    assert [test["scale"] for test in result["tests"]] == [2, 2]
    assert result["tests"][1]["points"] == "0 of 1.5 points"
    assert "rounded" not in result["tests"][1]


def test_points_that_no_scale_makes_whole_are_rounded_and_say_so() -> None:
    odd = PASSED._replace(score=2**0.5, max_score=2**0.5)

    (test,) = classroom50_of(report(odd))["tests"]

    assert (test["score"], test["max-score"], test["scale"]) == (1414, 1414, 1000)
    assert test["rounded"] is True


@pytest.mark.parametrize("name", RUNNER)
def test_a_variable_that_is_missing_is_named(name: str) -> None:
    environment = {key: value for key, value in RUNNER.items() if key != name}

    with pytest.raises(NoRunner, match=f"classroom50 needs {name} in the environment"):
        classroom50_of(report(PASSED), SETTING._replace(environment=environment))


def test_a_tag_that_is_no_submission_s_is_refused() -> None:
    environment = RUNNER | {"SUBMISSION_TAG": "v1.0"}

    with pytest.raises(
        NoSubmissionTag, match=r"'v1\.0' in SUBMISSION_TAG is no tag of a submission"
    ):
        classroom50_of(report(PASSED), SETTING._replace(environment=environment))
