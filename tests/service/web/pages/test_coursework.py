"""A student reads the task, hands in, and is led to the verdict."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from grader.service.database.courses import CourseExercise, change_exercise, close_course
from tests.service.running import COURSE, EXERCISE, MINUS, RIGHT, Site

PAGE = f"/courses/{COURSE}/exercises/{EXERCISE}"


def zipped(**files: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def test_a_course_lists_its_exercises_with_the_marks_of_whoever_reads_it(on_both: Site) -> None:
    on_both.hand_in("ada")

    hers, his = (on_both.get(word, f"/courses/{COURSE}").text for word in ("ada", "bob"))

    assert "Subtraction and powers" in hers
    assert "3 of 5" in hers
    assert "3 of 5" not in his


def test_the_task_is_shown_as_its_markdown_means(served: Site) -> None:
    page = served.get("ada", PAGE).text

    assert page.count("<h1>") == 1
    assert "<code>__neg__</code>" in page


def test_a_file_is_graded_in_the_answer(on_both: Site) -> None:
    page = on_both.get("ada", on_both.hand_in("ada"))

    assert page.status_code == 200
    assert "3 of 5 points" in page.text
    assert "Subtraction sends a minus to its right operand" in page.text


def test_what_is_pasted_is_graded_like_a_file(served: Site) -> None:
    answer = served.post("ada", PAGE, files={"file": ("", b"")}, data={"code": RIGHT.decode()})

    assert answer.status_code == 303
    assert "5 of 5 points" in served.get("ada", answer.headers["location"]).text


def test_a_zip_is_opened(served: Site) -> None:
    path = served.hand_in("ada", zipped(value__py=RIGHT), "mine.zip")

    assert "5 of 5 points" in served.get("ada", path).text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("value.py", b"", "The file is empty."),
        ("essay.txt", b"dear grader", "There is no script and no notebook in it."),
        ("mine.zip", b"PK no zip", "There is no script and no notebook in it."),
        ("mine.zip", zipped(essay__txt=b"x"), "There is no script and no notebook in it."),
        ("../../etc/passwd.py", b"x", "its name leads out of its folder"),
    ],
    ids=["empty", "a text", "no zip", "a zip without code", "a name that leads out"],
)
def test_an_upload_that_cannot_be_graded_is_told_why(
    served: Site, name: str, content: bytes, says: str
) -> None:
    answer = served.post("ada", PAGE, files={"file": (name, content)})

    assert answer.status_code == 422
    assert says in answer.text
    assert served.worker.asked == []


def test_nothing_at_all_is_told_as_such(served: Site) -> None:
    answer = served.post("ada", PAGE, files={"file": ("", b"")}, data={"code": " "})

    assert answer.status_code == 422
    assert "Nothing was chosen, and nothing was pasted." in answer.text


def test_what_was_typed_is_kept_where_it_is_refused(served: Site) -> None:
    served.write(close_course, COURSE, 5.0)

    answer = served.post("ada", PAGE, files={"file": ("", b"")}, data={"code": "a < b & c"})

    assert answer.status_code == 409
    assert "This course is closed" in answer.text


def test_attempts_come_to_an_end_where_the_course_says_so(served: Site) -> None:
    served.write(change_exercise, COURSE, CourseExercise(EXERCISE, most_attempts=1))
    served.hand_in("ada")

    answer = served.post("ada", PAGE, files={"file": ("", b"")}, data={"code": "a < b & c"})

    assert answer.status_code == 409
    assert "All 1 attempts at this exercise are used." in answer.text
    assert "a &lt; b &amp; c" in answer.text


def test_a_body_that_is_too_long_is_refused_before_it_is_read(served: Site) -> None:
    much = b"#" * (served.service.settings.most_bytes + 1)

    answer = served.post("ada", PAGE, files={"file": ("value.py", much)})

    assert answer.status_code == 413
    assert "This is more than 6 MB." in answer.text


def test_the_same_bytes_get_the_earlier_verdict_at_once(on_both: Site) -> None:
    on_both.hand_in("ada")
    second = on_both.hand_in("bob")

    assert "3 of 5 points" in on_both.get("bob", second).text
    assert len(on_both.worker.asked) == 1


def test_the_starter_is_a_file_to_save(served: Site) -> None:
    answer = served.get("ada", f"{PAGE}/starter")

    assert "class Value" in answer.text
    assert answer.headers["content-disposition"] == 'attachment; filename="value.py"'


def test_an_exercise_that_is_not_in_the_course_is_not_there(served: Site) -> None:
    assert served.get("ada", f"/courses/{COURSE}/exercises/my475/ex1").status_code == 404
    assert served.post(
        "ada", f"/courses/{COURSE}/exercises/my475/ex1", files={"file": ("v.py", MINUS)}
    ).status_code == 404  # fmt: skip
