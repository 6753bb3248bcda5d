"""Each place is known by what it sets, and what is written for one is what was asked."""

import pytest

from grader.integrations.ci.detect import detect

GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "/s", "GITHUB_OUTPUT": "/o"}
CLASSROOM = {"CLASSROOM": "c", "ASSIGNMENT": "a", "SUBMISSION_TAG": "submit/1"}


@pytest.mark.parametrize(
    ("environment", "name", "log", "reports"),
    [
        ({}, "no CI", "text", []),
        ({"CI": "true"}, "no CI", "text", []),
        (GITHUB, "GitHub Actions", "github", ["markdown"]),
        ({"GITHUB_ACTIONS": "true"}, "GitHub Actions", "github", []),
        ({"GITLAB_CI": "true"}, "GitLab CI", "text", ["junit"]),
        (CLASSROOM, "Classroom 50", "text", ["classroom50", "markdown"]),
        (GITHUB | CLASSROOM, "Classroom 50", "github", ["classroom50", "markdown"]),
    ],
)
def test_a_place_is_known_by_its_variables(
    environment: dict[str, str], name: str, log: str, reports: list[str]
) -> None:
    place = detect({**environment, "AUTOGRADER_ROOT": "/nowhere"})

    assert (place.name, place.log) == (name, log)
    assert [of_format for of_format, _ in place.reports] == reports
