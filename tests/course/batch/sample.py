"""A small course: right and wrong submissions to ex9, and students who hand in something else."""

from grader.course.batch.grade_course import Course, Graded, grade_course
from grader.grading.request import Choice
from grader.sandbox.protocol.limits import Allowance
from grader.submissions.intake.student_submission import File, Handed, TakenIn
from grader.submissions.student import Student
from tests.crowd import EXERCISE, honest

CHOICE = Choice(EXERCISE, walls="limits", allowed=Allowance(time_s=1.0))
NOTHING = Handed(Student("zz_nothing", "Nobody"), ())


def handed(count: int) -> list[Handed]:
    """Return so many submissions, no two with the same file."""
    usual = honest()
    return [
        one(number, f"{usual[number % len(usual)].source}\n# {number}\n") for number in range(count)
    ]


def one(number: int, source: str) -> Handed:
    """Return what a student hands in."""
    student = Student(f"s{number:04}", f"Student {number}", student_id=str(1000 + number))
    return Handed(student, (File("value.py", source.encode()),))


def grade(course: Course) -> tuple[Graded, list[tuple[int, int]]]:
    """Grade a course; return what came of it, and what was told of the progress."""
    told: list[tuple[int, int]] = []
    graded = grade_course(course, lambda done, of: told.append((done, of)))
    return graded, told


def taken(some: list[Handed]) -> TakenIn:
    """Return submissions as intake gives them."""
    return TakenIn("a folder per student", tuple(sorted(some, key=lambda one: one.student.key)))
