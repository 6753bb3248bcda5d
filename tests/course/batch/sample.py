"""A small course: right and wrong submissions to ex9, and students who hand in something else."""

from grader.course.batch.grade_course import CourseRequest, CourseResult, grade_course
from grader.grading.request import GradeRequest
from grader.sandbox.protocol.limits import Allowance
from grader.submissions.intake.student_submission import Intake, StudentSubmission, SubmittedFile
from grader.submissions.student import Student
from tests.course.batch.here import HERE
from tests.crowd import EXERCISE, honest

CHOICE = GradeRequest(EXERCISE, walls="limits", allowed=Allowance(time_s=1.0))
NOTHING = StudentSubmission(Student("zz_nothing", "Nobody"), ())


def handed(count: int) -> list[StudentSubmission]:
    """Return so many submissions, no two with the same file."""
    usual = honest()
    return [
        one(number, f"{usual[number % len(usual)].source}\n# {number}\n") for number in range(count)
    ]


def one(number: int, source: str) -> StudentSubmission:
    """Return what a student hands in."""
    student = Student(f"s{number:04}", f"Student {number}", student_id=str(1000 + number))
    return StudentSubmission(student, (SubmittedFile("value.py", source.encode()),))


def grade(course: CourseRequest) -> tuple[CourseResult, list[tuple[int, int]]]:
    """Grade a course, in this process where it is of one job at a time.

    Returns:
        What came of it, and what was told of the progress.
    """
    told: list[tuple[int, int]] = []
    executor = HERE if course.jobs == 1 else course.executor
    graded = grade_course(
        course._replace(executor=executor), lambda done, of: told.append((done, of))
    )
    return graded, told


def taken(some: list[StudentSubmission]) -> Intake:
    """Return submissions as intake gives them."""
    return Intake("a folder per student", tuple(sorted(some, key=lambda one: one.student.key)))
