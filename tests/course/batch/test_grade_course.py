"""A course is graded once: what is known stays, what is missing or changed is graded."""

from pathlib import Path

import pytest

from grader.course.batch import folder
from grader.course.batch.folder import OtherExercises
from grader.course.batch.grade_course import CourseRequest
from grader.course.marks import marks_in
from grader.exercises.catalogue import UnknownExercise
from grader.submissions.intake.student_submission import StudentSubmission, SubmittedFile
from grader.submissions.student import Student
from tests.course.batch.sample import CHOICE, NOTHING, grade, handed, one, taken

pytestmark = pytest.mark.xdist_group("course")
SIX = handed(6)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> CourseRequest:
    out = tmp_path_factory.mktemp("course") / "out"
    made = CourseRequest(out, taken([*SIX, NOTHING]), CHOICE, jobs=2)
    result, told = grade(made)
    assert result.graded == 7
    assert told[0] == (0, 7)
    assert told[-1] == (7, 7)
    return made._replace(jobs=1)


def written(out: Path) -> dict[str, bytes]:
    return {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*.*")}


def test_every_student_has_a_mark_a_page_and_a_row(course: CourseRequest) -> None:
    marks = marks_in(course.out)

    assert [mark.student.key for mark in marks] == [*(f"s{n:04}" for n in range(6)), "zz_nothing"]
    assert all((course.out / mark.page).is_file() for mark in marks)
    assert len((course.out / folder.SCORES).read_text().splitlines()) == 8


def test_right_ones_have_full_points_and_wrong_ones_a_misconception(course: CourseRequest) -> None:
    by_turns = marks_in(course.out)[:6]

    assert [mark.score == mark.max_score for mark in by_turns] == [True, False] * 3
    for mark in by_turns[1::2]:
        assert any(check.diagnoses for check in mark.checks)


def test_who_hands_in_nothing_is_to_be_looked_at_and_has_no_zero(course: CourseRequest) -> None:
    mark = marks_in(course.out)[-1]
    page = (course.out / mark.page).read_text()

    assert (mark.score, mark.problem) == (None, "no script and no notebook was handed in")
    assert "not graded yet" in page
    assert str(course.out) not in page


def test_nothing_is_graded_twice_and_nothing_changes(course: CourseRequest) -> None:
    before = written(course.out)

    result, told = grade(course)

    assert result.graded == 0
    assert told == [(7, 7)]
    assert written(course.out) == before


def test_what_has_changed_is_graded_again_and_nothing_else(
    course: CourseRequest, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    changed = [one(0, "class Value:\n    pass\n"), *SIX[1:3]]
    grade(course._replace(out=out, intake=taken(SIX[:3])))

    result, _ = grade(course._replace(out=out, intake=taken(changed)))

    assert result.graded == 1
    assert result.marks[0].score == 0


def test_one_student_can_be_graded_again(course: CourseRequest) -> None:
    result, _ = grade(course._replace(again=frozenset({"s0001"})))

    assert result.graded == 1


def test_another_seed_is_another_question(course: CourseRequest, tmp_path: Path) -> None:
    small = course._replace(out=tmp_path / "out", intake=taken(SIX[:1]))
    grade(small)

    result, _ = grade(small._replace(request=CHOICE._replace(seed=7)))

    assert result.graded == 1


def test_several_exercises_are_a_mark_each_and_one_page(
    course: CourseRequest, tmp_path: Path
) -> None:
    choice = CHOICE._replace(exercise="ex9,ex8,my475/ex9")
    some = course._replace(out=tmp_path / "out", intake=taken([*SIX[:1], NOTHING]), request=choice)

    result, _ = grade(some)

    assert [(mark.student.key, mark.exercise) for mark in result.marks] == [
        ("s0000", "my475/ex9"),
        ("s0000", "my475/ex8"),
        ("zz_nothing", "my475/ex9"),
        ("zz_nothing", "my475/ex8"),
    ]
    assert "points in all" in (some.out / result.marks[0].page).read_text()


def test_what_a_student_is_called_is_escaped(course: CourseRequest, tmp_path: Path) -> None:
    evil = StudentSubmission(Student("x", "<script>alert(1)</script>"), SIX[0].files)
    some = course._replace(out=tmp_path / "out", intake=taken([evil]))

    result, _ = grade(some)

    assert "<script>alert" not in (some.out / result.marks[0].page).read_text()


def test_two_files_that_could_be_meant_are_told_by_name(
    course: CourseRequest, tmp_path: Path
) -> None:
    source = SIX[0].files[0].content
    both = StudentSubmission(
        Student("x"), (SubmittedFile("a.py", source), SubmittedFile("b.py", source))
    )
    some = course._replace(out=tmp_path / "out", intake=taken([both]))

    (mark,) = grade(some)[0].marks

    assert mark.problem == "two files could be the submission: a.py, b.py"


def test_an_exercise_that_is_none_leaves_nothing_behind(
    course: CourseRequest, tmp_path: Path
) -> None:
    some = course._replace(out=tmp_path / "out", request=CHOICE._replace(exercise="ex9,ex99"))

    with pytest.raises(UnknownExercise, match="ex99"):
        grade(some)

    assert not (tmp_path / "out").exists()


def test_what_a_person_says_is_in_the_marks_the_scores_and_the_page(
    course: CourseRequest, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    some = course._replace(out=out, intake=taken([*SIX[:2], NOTHING]))
    grade(some)
    (out / "overrides.csv").write_text(
        "student,check,score,comment,who\nzz_nothing,,2,on paper,Ada\neve,,1,,\n", encoding="utf-8"
    )

    result, _ = grade(some)

    assert result.graded == 0
    assert result.marks[-1].score == 2.0
    assert result.unused == ("overrides.csv, line 3: no student 'eve'",)
    page = (out / result.marks[-1].page).read_text()
    assert "2 of 5 points</strong> in the end" in page
    assert "on paper (Ada)" in page
    assert "not graded yet" not in page
    assert "on paper (Ada)" in (out / folder.SCORES).read_text()


def test_another_exercise_is_added_beside_the_first(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = CourseRequest(out, taken(handed(2)), CHOICE)
    grade(first)
    source = handed(1)[0].files[0].content
    moved = [  # another assignment, in which an LMS calls the same people otherwise
        StudentSubmission(
            Student("m7", "Student 0", file_id="7"), (SubmittedFile("a.py", source),)
        ),
        StudentSubmission(Student("m8", "Zed"), (SubmittedFile("value.py", source),)),
    ]
    other = CourseRequest(out, taken(moved), CHOICE._replace(exercise="my475/ex8"))

    result, _ = grade(other)

    marks = [(mark.student.key, mark.exercise, mark.student.file_id) for mark in marks_in(out)]
    assert marks == [
        ("m8", "my475/ex8", ""),
        ("s0000", "my475/ex9", ""),
        ("s0000", "my475/ex8", "7"),
        ("s0001", "my475/ex9", ""),
    ]
    assert result.beside == ("my475/ex9",)
    page, own = (out / folder.INDEX).read_text(), (out / "reports" / "s0000.html").read_text()
    assert "ex8" in page
    assert 'href="submissions/s0000/value.py"' in page
    assert 'href="submissions-my475_ex8/s0000/a.py"' in page
    assert own.count("What was handed in") == 2
    for text in (page, own):  # both may be called alike
        assert "ex9: value.py" in text
        assert "ex8: a.py" in text
    before = written(out)
    assert grade(first)[0].graded == 0
    assert written(out)["scores.csv"] == before["scores.csv"]
    by_hand = "student,check,score,comment,who\ns0000,ex8,0.5,on paper,Ada\ns0000,ex9,1,,Ada\n"
    (out / "overrides.csv").write_text(by_hand)
    grade(other)
    scores = {mark.exercise: mark.score for mark in marks_in(out) if mark.student.key == "s0000"}
    assert scores == {"my475/ex9": 1.0, "my475/ex8": 0.5}


def test_instead_leaves_no_other_exercise(tmp_path: Path) -> None:
    out = tmp_path / "out"
    course = CourseRequest(out, taken(handed(1)), CHOICE)
    grade(course)
    other = course._replace(request=CHOICE._replace(exercise="my475/ex8"))
    grade(other)

    grade(course._replace(request=CHOICE._replace(exercise="my475/ex8,my475/ex9")))
    assert [file.name for file in (out / "parts").iterdir()] == ["my475_ex8.json"]
    assert not list(out.glob("submissions-*"))
    grade(other._replace(instead=True))

    assert [mark.exercise for mark in marks_in(out)] == ["my475/ex8"]


def test_marks_of_which_nothing_else_is_known_are_not_lost_by_chance(tmp_path: Path) -> None:
    course = CourseRequest(tmp_path / "out", taken(handed(1)), CHOICE)
    grade(course)
    (tmp_path / "out" / "parts" / "my475_ex9.json").unlink()

    with pytest.raises(OtherExercises, match=r"holds the marks of my475/ex9"):
        grade(course._replace(request=CHOICE._replace(exercise="my475/ex8")))
