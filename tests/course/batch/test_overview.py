"""The class at a glance: how many have how much, what goes wrong, and whom to look at."""

from grader.course.batch.jobs import JobResult
from grader.course.batch.overrides import Override
from grader.course.batch.overview import CourseView, overview
from grader.course.batch.student_marks import ExerciseWorth, marks_of
from grader.course.pages.class_page import CoursePage, Middle, ScoreBar, StudentLink, render
from grader.reports.report import CheckResult, Counterexample, Diagnosis, HandedIn, Outcome, Report
from grader.submissions.intake.student_submission import Intake, StudentSubmission, SubmittedFile
from grader.submissions.student import Student

ASKED = ExerciseWorth("my475/ex9", "Subtraction and powers", 3.0)
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


def page(**outcomes: JobResult) -> CoursePage:
    some = tuple(StudentSubmission(Student(key, key.title()), ()) for key in outcomes)
    marks = [mark for one in some for mark in marks_of(one, [ASKED], outcomes[one.student.key])]
    return overview(CourseView(Intake("a folder", some), [ASKED], marks, outcomes))


RIGHT = JobResult((report(FIRST, CheckResult("second", "Second", Outcome.PASSED, 2.0, 2.0)),))
WRONG = JobResult((report(FIRST, failed("b is 1", SIGN)),))
ODD = JobResult((report(FIRST, failed("b is a Foo")),))


def test_scores_that_are_few_and_whole_have_a_bar_each() -> None:
    found = page(ant=RIGHT, bee=WRONG, cow=WRONG)

    assert found.bars == (ScoreBar("0", 0), ScoreBar("1", 2), ScoreBar("2", 0), ScoreBar("3", 1))


def test_whoever_was_not_graded_is_in_no_bar_and_is_told_with_the_reason() -> None:
    found = page(ant=RIGHT, bee=JobResult(problem="no script"))

    assert sum(bar.students for bar in found.bars) == 1
    assert found.by_hand == ((StudentLink("Bee", "reports/bee.html"), "no script"),)
    assert found.rows[1].flags == ("by hand",)


def test_a_misconception_is_counted_with_one_example() -> None:
    (fault,) = page(ant=WRONG, bee=RIGHT, cow=WRONG).faults

    assert (fault.id, fault.says, fault.example) == ("S1", "The sign is lost.", EXAMPLE)
    assert [place.name for place in fault.students] == ["Ant", "Cow"]


def test_an_unknown_fault_is_shown_where_it_is_shared() -> None:
    other = JobResult((report(FIRST, failed("b is a Bar")),))

    (fault,) = page(ant=ODD, bee=other, cow=ODD).faults

    assert (fault.id, fault.says) == ("", "b is a Foo")
    assert [place.name for place in fault.students] == ["Ant", "Cow"]


def test_a_check_that_was_not_asked_counts_as_such() -> None:
    skipped = CheckResult("second", "Second", Outcome.SKIPPED, 0.0, 2.0, "public", "asked later")

    rates = page(ant=RIGHT, bee=WRONG, cow=JobResult((report(FIRST, skipped),))).rates

    assert [(rate.check, rate.passed, rate.asked, rate.of) for rate in rates] == [
        ("first", 3, 3, 3),
        ("second", 1, 2, 3),
    ]


def test_who_ran_into_a_limit_is_told() -> None:
    note = "value.py did not come to an end: stopped after 2 s of CPU; what it had defined"
    stopped = JobResult((report(FIRST, failed("b is 1"), notes=(note,)),))

    found = page(ant=RIGHT, bee=stopped)

    assert found.limited == ((StudentLink("Bee", "reports/bee.html"), note),)
    assert found.rows[1].flags == ("a limit",)


def test_what_a_student_wrote_is_escaped() -> None:
    evil = JobResult((report(FIRST, failed("<script>alert(1)</script>")),))

    assert "<script>alert" not in render(page(ant=evil, bee=evil))


def test_whose_submission_speaks_where_the_grader_listens_is_told() -> None:
    says = "value.py wrote a forged reply"

    found = page(ant=RIGHT, bee=JobResult((report(FIRST, failed(says)),)))

    assert found.interfered == ((StudentLink("Bee", "reports/bee.html"), says),)
    assert found.rows[1].flags == ("interfered",)
    assert "Got in the grader&#39;s way" in render(found)


def test_the_middle_is_of_those_who_were_graded() -> None:
    found = page(ant=RIGHT, bee=WRONG, cow=WRONG, dog=JobResult(problem="no script"))

    assert found.middle == Middle(graded=3, full=1, mean=5 / 3, median=1.0)
    assert "Mean 1.67, median 1 of 3 points; 1 of the 3 who were graded has full points." in render(
        found
    )


def test_where_nobody_was_graded_there_is_no_middle() -> None:
    found = page(ant=JobResult(problem="no script"))

    assert found.middle.graded == 0
    assert "median" not in render(found)


def test_what_a_file_raises_is_one_row_whichever_check_says_it() -> None:
    raises = "value.py raises SyntaxError: invalid syntax"
    checks = [
        CheckResult(name, name.title(), Outcome.FAILED, 0.0, 1.0, "public", raises)
        for name in ("first", "second")
    ]
    broken = JobResult((report(*checks),))

    (fault,) = page(ant=broken, bee=broken).faults

    assert (fault.says, fault.apart) == (raises, "")


def test_rows_of_the_same_words_are_told_apart_by_their_check() -> None:
    third = failed("b is a Foo")._replace(id="third", title="Third")
    both = JobResult((report(FIRST, failed("b is a Foo"), third),))

    found = page(ant=both, bee=both)

    assert sorted((fault.says, fault.apart) for fault in found.faults) == [
        ("b is a Foo", "Second"),
        ("b is a Foo", "Third"),
    ]


def test_several_exercises_of_a_track_have_its_name() -> None:
    other = ASKED._replace(path="my475/ex10", title="Division")
    ant = StudentSubmission(Student("ant"), ())
    worth = [ASKED, other]
    marks = marks_of(ant, worth, JobResult(problem="no script"))

    found = overview(CourseView(Intake("a folder", (ant,)), worth, marks, {"ant": JobResult()}))

    assert found.title == "my475, 2 exercises"


def test_each_student_leads_to_what_they_handed_in() -> None:
    files = (SubmittedFile("read me.txt", b""), SubmittedFile("value.py", b""))
    ant = StudentSubmission(Student("ant"), files)
    marks = marks_of(ant, [ASKED], RIGHT)

    found = overview(CourseView(Intake("a folder", (ant,)), [ASKED], marks, {"ant": RIGHT}))

    assert found.rows[0].files == (
        StudentLink("value.py", "submissions/ant/value.py"),
        StudentLink("read me.txt", "submissions/ant/read%20me.txt"),
    )


def test_what_people_say_already_is_on_the_page_to_be_added_to() -> None:
    ant = StudentSubmission(Student("ant"), ())
    said = [Override(2, "ant", "ex9", 2.5, "on paper, today", "Cy")]
    marks = marks_of(ant, [ASKED], RIGHT)

    found = overview(CourseView(Intake("a folder", (ant,)), [ASKED], marks, {"ant": RIGHT}, said))

    assert found.marking.overrides.splitlines()[1] == 'ant,ex9,2.5,"on paper, today",Cy'
    assert found.marking.markable == (
        ("my475/ex9", "all of ex9: Subtraction and powers, of 3"),
        ("my475/ex9.first", "ex9: First, of 1"),
        ("my475/ex9.second", "ex9: Second, of 2"),
    )
