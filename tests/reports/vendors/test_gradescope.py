from grader.reports.report import SCHEMA
from tests.reports.sample import BROKEN, FAILED, LOCATED, NOTES, PASSED, SKIPPED, TRACKS, report
from tests.reports.vendor_rules import gradescope_of


def test_a_test_says_what_a_person_needs_and_what_a_script_does() -> None:
    failed = gradescope_of(report(PASSED, LOCATED))["tests"][1]

    assert failed | {"output": ""} == {
        "score": 0,
        "max_score": failed["max_score"],
        "status": "failed",
        "name": "Subtraction sends a minus to its right operand",
        "name_format": "text",
        "number": "ex9.2",
        "output": "",
        "output_format": "text",
        "tags": ["my475/ex9", "failed"],
        "visibility": "visible",
        "extra_data": {"id": "minus", "outcome": "failed"},
    }
    assert "b.grad is 1.0, expected -1.0" in failed["output"]


def test_hidden_checks_are_visible_so_that_students_see_their_total() -> None:
    hidden = PASSED._replace(visibility="hidden")

    results = gradescope_of(report(PASSED, hidden))

    assert [test["visibility"] for test in results["tests"]] == ["visible", "visible"]
    assert (results["visibility"], results["score"]) == ("visible", 2)


def test_the_grader_s_own_fault_has_full_points_and_no_status() -> None:
    broken, skipped = gradescope_of(report(BROKEN, SKIPPED))["tests"]

    assert "status" not in broken
    assert broken["score"] == broken["max_score"] == 1
    assert skipped["status"] == "failed"


def test_thirds_add_up_to_what_they_are_together() -> None:
    third = PASSED._replace(score=1 / 3, max_score=1 / 3)

    results = gradescope_of(report(third, third, third))

    assert results["score"] == 1
    assert [str(test["score"]) for test in results["tests"]] == ["0.3333", "0.3334", "0.3333"]
    assert all(test["score"] == test["max_score"] for test in results["tests"])


def test_tenths_add_up_exactly() -> None:
    checks = [PASSED._replace(id=f"c{n}", score=0.1, max_score=0.1) for n in range(3)]

    assert str(gradescope_of(report(*checks))["score"]) == "0.3"


def test_a_part_of_a_check_s_points_is_never_above_them() -> None:
    third = FAILED._replace(score=0.33336, max_score=1 / 3 + 1e-4)

    results = gradescope_of(report(PASSED._replace(score=0.00004, max_score=0.00004), third))

    assert str(results["tests"][1]["score"]) == "0.3334"


def test_the_report_s_version_comes_along() -> None:
    one, track = gradescope_of(report(PASSED)), gradescope_of(TRACKS["all right"])

    assert one["extra_data"]["schema"] == SCHEMA
    assert one["extra_data"]["submission"]["sha256"] == "ab" * 32
    assert track["extra_data"]["schema"] == "grade/track/1"
    assert track["extra_data"]["exercises"] == ["my475/ex1"]


def test_notes_stand_above_the_tests() -> None:
    assert gradescope_of(report(FAILED, notes=NOTES))["output"].splitlines() == [
        "0 of 1.5 points",
        *NOTES,
    ]
