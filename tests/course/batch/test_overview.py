"""The class at a glance: how many have how much, what goes wrong, and whom to look at."""

from grader.course.batch.jobs import Upshot
from grader.course.batch.overview import Everyone, overview
from grader.course.batch.student_marks import Asked, marks_of
from grader.course.pages.class_page import Bar, CoursePage, Place, render
from grader.reports.report import CheckResult, Counterexample, Diagnosis, HandedIn, Outcome, Report
from grader.submissions.intake.student_submission import Handed, TakenIn
from grader.submissions.student import Student

ASKED = Asked("my475/ex9", "Subtraction and powers", 3.0)
SIGN = Diagnosis("S1", "The sign is lost.", "Which sign?")
EXAMPLE = Counterexample("print(1)", {"reference": 1.0}, 2.0)
FIRST = CheckResult("first", "First", Outcome.PASSED, 1.0, 1.0)


def report(*checks: CheckResult, notes: tuple[str, ...] = ()) -> Report:
    return Report(
        "grade/report/1",
        *(ASKED.path, ASKED.title, HandedIn("value.py", "0" * 64, "script")),
        score=sum(check.score for check in checks),
        max_score=sum(check.max_score for check in checks),
        passed=all(check.outcome is Outcome.PASSED for check in checks),
        checks=checks,
        notes=notes,
        oracles=("reference",),
        isolation="full",
        seed=1,
        duration_s=0.0,
    )


def failed(message: str, diagnosis: Diagnosis | None = None) -> CheckResult:
    return CheckResult(
        *("second", "Second", Outcome.FAILED, 0.0, 2.0, "public", message),
        counterexample=EXAMPLE,
        diagnosis=diagnosis,
    )


def page(**outcomes: Upshot) -> CoursePage:
    some = tuple(Handed(Student(key, key.title()), ()) for key in outcomes)
    marks = [mark for one in some for mark in marks_of(one, [ASKED], outcomes[one.student.key])]
    return overview(Everyone(TakenIn("a folder", some), [ASKED], marks, outcomes))


RIGHT = Upshot((report(FIRST, CheckResult("second", "Second", Outcome.PASSED, 2.0, 2.0)),))
WRONG = Upshot((report(FIRST, failed("b is 1", SIGN)),))
ODD = Upshot((report(FIRST, failed("b is a Foo")),))


def test_scores_that_are_few_and_whole_have_a_bar_each() -> None:
    found = page(ant=RIGHT, bee=WRONG, cow=WRONG)

    assert found.bars == (Bar("0", 0), Bar("1", 2), Bar("2", 0), Bar("3", 1))


def test_whoever_was_not_graded_is_in_no_bar_and_is_told_with_the_reason() -> None:
    found = page(ant=RIGHT, bee=Upshot(problem="no script"))

    assert sum(bar.students for bar in found.bars) == 1
    assert found.by_hand == ((Place("Bee", "reports/bee.html"), "no script"),)
    assert found.rows[1].flags == ("by hand",)


def test_a_misconception_is_counted_with_one_example() -> None:
    (fault,) = page(ant=WRONG, bee=RIGHT, cow=WRONG).faults

    assert (fault.id, fault.says, fault.example) == ("S1", "The sign is lost.", EXAMPLE)
    assert [place.name for place in fault.students] == ["Ant", "Cow"]


def test_an_unknown_fault_is_shown_where_it_is_shared() -> None:
    other = Upshot((report(FIRST, failed("b is a Bar")),))

    (fault,) = page(ant=ODD, bee=other, cow=ODD).faults

    assert (fault.id, fault.says) == ("", "b is a Foo")
    assert [place.name for place in fault.students] == ["Ant", "Cow"]


def test_a_check_that_was_not_asked_counts_as_such() -> None:
    skipped = CheckResult("second", "Second", Outcome.SKIPPED, 0.0, 2.0, "public", "asked later")

    rates = page(ant=RIGHT, bee=WRONG, cow=Upshot((report(FIRST, skipped),))).rates

    assert [(rate.check, rate.passed, rate.asked, rate.of) for rate in rates] == [
        ("first", 3, 3, 3),
        ("second", 1, 2, 3),
    ]


def test_who_ran_into_a_limit_is_told() -> None:
    note = "value.py did not come to an end: stopped after 2 s of CPU; what it had defined"
    stopped = Upshot((report(FIRST, failed("b is 1"), notes=(note,)),))

    found = page(ant=RIGHT, bee=stopped)

    assert found.limited == ((Place("Bee", "reports/bee.html"), note),)
    assert found.rows[1].flags == ("a limit",)


def test_what_a_student_wrote_is_escaped() -> None:
    evil = Upshot((report(FIRST, failed("<script>alert(1)</script>")),))

    assert "<script>alert" not in render(page(ant=evil, bee=evil))


def test_whose_submission_speaks_where_the_grader_listens_is_told() -> None:
    says = "value.py wrote a forged reply"

    found = page(ant=RIGHT, bee=Upshot((report(FIRST, failed(says)),)))

    assert found.interfered == ((Place("Bee", "reports/bee.html"), says),)
    assert found.rows[1].flags == ("interfered",)
    assert "Got in the grader&#39;s way" in render(found)
