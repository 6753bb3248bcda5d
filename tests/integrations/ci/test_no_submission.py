"""Where there is nothing to grade every check has failed, and the report says why."""

from grader.exercises import catalogue
from grader.integrations.ci.no_submission import nothing
from grader.reports.vendors.github import render
from grader.submissions.submission import NoSubmission
from tests.reports.vendor_rules import SETTING, classroom50_of, gradescope_of, junit_of

EX9 = catalogue.load(catalogue.find("my475/ex9"))
ERROR = NoSubmission("no script or notebook here", hint="name the file: grade ex9 value.py")


def test_no_points_are_given_and_every_place_can_be_told() -> None:
    (report,) = nothing([EX9], ERROR, seed=1)

    assert (report.score, report.max_score) == (0.0, 5.0)
    assert {check.message for check in report.checks} == {"no script or notebook here"}
    assert report.notes == ("name the file: grade ex9 value.py",)
    assert gradescope_of(report)["score"] == 0
    assert classroom50_of(report)["max-score"] == 5
    assert len(list(junit_of(report).iter("failure"))) == 5


def test_no_file_is_annotated() -> None:
    (report,) = nothing([EX9], ERROR, seed=1)

    errors = [
        line
        for line in render(report, SETTING._replace(path="")).splitlines()
        if line.startswith("::error ")
    ]

    assert errors == ["::error title=A power holds the right number::✗ no script or notebook here"]
