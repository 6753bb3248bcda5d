"""The students of one exercise are found among those of another, whatever an LMS numbers."""

import pytest

from grader.course.batch.parts.part import CoursePart
from grader.course.batch.parts.same_people import with_known_keys
from grader.course.batch.student_marks import ExerciseWorth
from grader.submissions.intake.student_submission import Intake, StudentSubmission
from grader.submissions.student import Student

ANN, BOB = Student("Ann_7", "Ann Lee", file_id="7"), Student("Bob_8", "Bob Bee", file_id="8")


def intake(*students: Student) -> Intake:
    return Intake("a zip", tuple(StudentSubmission(one, ()) for one in students))


def keys(new: tuple[Student, ...], known: tuple[Student, ...] = (ANN, BOB)) -> list[str]:
    part = CoursePart((ExerciseWorth("my475/ex9", "Powers", 5.0),), intake(*known), {})
    return [one.student.key for one in with_known_keys(intake(*new), [part]).handed]


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (Student("Ann_107", "Ann Lee", file_id="107"), "Ann_7"),
        (Student("Ann_107", " ANN lee", file_id="107"), "Ann_7"),
        (Student("Ann_7", "Ann Lee"), "Ann_7"),
        (Student("Zed_9", "Zed Zoo"), "Zed_9"),
        (Student("Ann_7", "Somebody Else"), "Ann_7-2"),
        (Student("x", ""), "x"),
    ],
)
def test_a_name_tells_where_no_number_does(new: Student, key: str) -> None:
    assert keys((new,)) == [key]


def test_numbers_and_addresses_tell_namesakes_apart() -> None:
    one = Student("a", "Anna Müller", "1", email="a@example.org")
    other = Student("b", "Anna Mu\u0308ller", "2", email="b@example.org")
    new = (
        Student("x", "Anna Müller", "2"),
        Student("y", "A. M.", email="A@example.org"),
        Student("z", "Anna Müller", "3"),
    )

    assert keys(new, (one, other)) == ["a", "b", "z"]


def test_namesakes_of_whom_nothing_else_is_known_stay_apart() -> None:
    twins = (Student("t1", "Ann Lee", file_id="1"), Student("t2", "Ann Lee", file_id="2"))

    assert keys(twins) == ["t1", "t2"]
    assert keys((Student("n", "Ann Lee", file_id="5"),), twins) == ["n"]


def test_nobody_s_key_is_given_twice() -> None:
    same = (Student("p", "P", "1"), Student("q", "Q", "1"))

    assert keys(same, (Student("k", "P", "1"),)) == ["k", "q"]
