"""A report becomes a mark with a score, and no report a mark that a person has to look at."""

from grader.course.batch.jobs import NO_SUBMISSION, JobResult
from grader.course.batch.student_marks import ExerciseWorth, marks_of, page_of, problem_of, worth_of
from grader.course.marks import Mark, ScoredCheck
from grader.exercises import catalogue
from grader.reports.report import CheckResult, Diagnosis, HandedIn, Outcome, Report
from grader.submissions.intake.student_submission import StudentSubmission, SubmittedFile
from grader.submissions.student import Student

EX8, EX9 = ExerciseWorth("my475/ex8", "Products", 2.0), ExerciseWorth("my475/ex9", "Powers", 3.0)
ANT = StudentSubmission(Student("ant", "Alice Ant"), (), "2026-10-05T10:00:00+02:00", late=True)
CHECKS = (
    CheckResult("values", "Values", Outcome.PASSED, 1.0, 1.0),
    CheckResult(
        "gradients",
        "Gradients",
        Outcome.FAILED,
        0.0,
        2.0,
        "public",
        "b is 1",
        diagnosis=Diagnosis("S1", "The sign is lost.", ""),
        further=(Diagnosis("P1", "The exponent is lost.", ""),),
    ),
)
REPORT = Report(
    "grade/report/1",
    "my475/ex9",
    "Powers",
    HandedIn("value.py", "0" * 64, "script"),
    score=1.0,
    max_score=3.0,
    passed=False,
    checks=CHECKS,
    notes=(),
    oracles=("reference",),
    isolation="full",
    seed=1,
    duration_s=0.0,
)


def test_a_report_s_mark_has_its_checks_with_each_misconception() -> None:
    (mark,) = marks_of(ANT, [EX9], JobResult((REPORT,)))

    assert mark == Mark(
        ANT.student,
        "my475/ex9",
        "Powers",
        1.0,
        3.0,
        1.0,
        timestamp="2026-10-05T10:00:00+02:00",
        late=True,
        submission="value.py",
        page="reports/ant.html",
        checks=(
            ScoredCheck("values", "passed", 1.0, 1.0, title="Values"),
            ScoredCheck("gradients", "failed", 0.0, 2.0, ("S1", "P1"), "Gradients"),
        ),
    )


def test_a_file_that_does_not_run_says_what_it_raises() -> None:
    raises = "value.py raises SyntaxError: '(' was never closed"
    broken = tuple(
        CheckResult(one, one, Outcome.FAILED, 0.0, 1.0, "public", raises) for one in ("a", "b")
    )
    report = REPORT._replace(checks=broken, score=0.0, max_score=2.0)

    (mark,) = marks_of(ANT, [EX9], JobResult((report,)))

    assert mark.does_not_run == raises


def test_a_check_that_alone_goes_wrong_is_no_file_that_does_not_run() -> None:
    (mark,) = marks_of(ANT, [EX9], JobResult((REPORT,)))

    assert mark.does_not_run == ""


def test_without_a_report_each_exercise_has_a_mark_without_a_score() -> None:
    marks = marks_of(ANT, [EX8, EX9], JobResult(problem="no script"))

    assert [(mark.exercise, mark.score, mark.max_score) for mark in marks] == [
        ("my475/ex8", None, 2.0),
        ("my475/ex9", None, 3.0),
    ]
    assert {(mark.problem, mark.page) for mark in marks} == {("no script", page_of(ANT))}


def test_an_exercise_is_worth_what_its_checks_add_up_to() -> None:
    exercise = catalogue.load(catalogue.find("my475/ex9"))

    worth = worth_of(exercise)

    assert (worth.path, worth.points) == ("my475/ex9", sum(one.points for one in exercise.checks))


def test_where_no_script_was_handed_in_the_row_says_what_was() -> None:
    nothing = JobResult(problem=NO_SUBMISSION)
    handed = ANT._replace(files=(SubmittedFile("my report.pdf", b""), SubmittedFile("a.jpg", b"")))
    left_out = ANT._replace(left_out=("value.py: it is a link",), note="the newest of 2 counts")

    assert problem_of(ANT, nothing) == NO_SUBMISSION
    assert problem_of(handed, nothing) == f"{NO_SUBMISSION}, but 'my report.pdf', a.jpg"
    assert problem_of(left_out, nothing) == (
        f"{NO_SUBMISSION}; the newest of 2 counts; left out: value.py: it is a link"
    )
    assert problem_of(handed, JobResult(problem="value.py is empty")) == "value.py is empty"
