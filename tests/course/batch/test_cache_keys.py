"""What is known of a submission counts until it, an exercise or what was chosen changes."""

from pathlib import Path

import pytest

from grader.course.batch.cache_keys import stamp, stamp_of
from grader.grading.request import GradeRequest
from grader.sandbox.protocol.limits import Allowance
from grader.submissions.intake.student_submission import SubmittedFile
from tests.authored import exercise

VALUE, NOTES = SubmittedFile("value.py", b"a = 1", 1), SubmittedFile("notes.py", b"b = 2", 2)


def test_another_name_content_age_or_course_has_another_stamp() -> None:
    others = [
        stamp([VALUE._replace(name="scalar.py"), NOTES], "course"),
        stamp([VALUE._replace(content=b"a = 2"), NOTES], "course"),
        stamp([VALUE._replace(order=3), NOTES], "course"),
        stamp([VALUE, NOTES], "another course"),
        stamp([VALUE], "course"),
    ]

    assert stamp([VALUE, NOTES], "course") not in others
    assert len(set(others)) == len(others)


def test_the_same_order_by_other_numbers_is_the_same() -> None:
    later = [VALUE._replace(order=11), NOTES._replace(order=12)]

    assert stamp(later, "course") == stamp([VALUE, NOTES], "course")


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 7},
        {"class_name": "Node"},
        {"oracles": "live"},
        {"walls": "full"},
        {"allowed": Allowance(time_s=1.0)},
        {"exercise": "ex9"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_chosen_for_a_course_has_a_stamp_of_its_own(change: dict[str, object]) -> None:
    request = GradeRequest("ex8")

    assert stamp_of(request) == stamp_of(request._replace(path="value.py", kernel=True))
    assert stamp_of(request) != stamp_of(request._replace(**change))  # type: ignore[arg-type]


def test_a_changed_exercise_has_another_stamp_and_a_moved_one_has_not(tmp_path: Path) -> None:
    here = exercise(tmp_path / "here")
    exercise(tmp_path / "there")
    request = GradeRequest("demo/one", homes=(tmp_path / "here",))
    before = stamp_of(request)

    assert stamp_of(request._replace(homes=(tmp_path / "there",))) == before
    (here.folder / "__pycache__").mkdir()
    (here.folder / "__pycache__" / "checks.pyc").write_bytes(b"compiled")
    assert stamp_of(request) == before
    (here.folder / "solution.py").write_text("class Value: ...\n", encoding="utf-8")
    assert stamp_of(request) != before
