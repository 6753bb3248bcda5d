"""A class page names a cause once, for all whose engines have it, and no mark depends on it."""

from pathlib import Path

import pytest

from grader.course.batch import folder, grade_course
from grader.course.batch.grade_course import CourseRequest
from grader.course.causes.cause_pass import FILE
from grader.course.marks import marks_in
from tests.course.batch.sample import CHOICE, grade, one, taken
from tests.quality.answers import ANSWERS, ENGINE

pytestmark = pytest.mark.xdist_group("course")
BY_NAME = {one.name: one.source for one in ANSWERS}
TURNED, ITS_NUMBER = BY_NAME["power turned round"], BY_NAME["minus sends its number"]
SOURCES = (ENGINE, TURNED, f"{TURNED}\n# by me\n", TURNED.replace("  # ", "# "), ITS_NUMBER)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> CourseRequest:
    handed = [one(number, f"{source}# {number}\n") for number, source in enumerate(SOURCES)]
    made = CourseRequest(tmp_path_factory.mktemp("course") / "out", taken(handed), CHOICE)
    grade(made)
    return made


def known(out: Path) -> list[str]:
    return (out / FILE).read_text().splitlines()


def test_a_cause_is_one_row_for_all_who_have_it_with_the_edit(course: CourseRequest) -> None:
    page = (course.out / folder.INDEX).read_text()

    row = page.partition(", in __pow__.")[2].partition("</details>")[0]
    assert page.count(", in __pow__.") == 1
    assert [f"Student {number}" in row for number in range(5)] == [False, True, True, True, False]
    assert "+ out = Value(self.data ** other," in row
    assert page.count(", in __sub__.") == 1


def test_engines_that_differ_in_comments_share_one_search(course: CourseRequest) -> None:
    assert len(known(course.out)) == 2


def test_what_is_known_is_not_searched_again_and_what_was_lost_is(course: CourseRequest) -> None:
    page = (course.out / folder.INDEX).read_bytes()
    lines = known(course.out)
    (course.out / FILE).write_text(f"{lines[0]}\n{lines[1][:90]}")  # it was ended while it wrote

    grade(course)

    assert sorted(known(course.out)) == sorted(lines)
    assert (course.out / folder.INDEX).read_bytes() == page


def test_the_page_is_made_again_only_where_causes_were_found(
    course: CourseRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    monkeypatch.setattr(grade_course, "write_class_page", lambda out, _: made.append(out))

    grade(CourseRequest(tmp_path, taken([one(0, ENGINE)]), CHOICE))
    assert len(made) == 1

    grade(course)
    assert len(made) == 3


def test_no_mark_and_no_page_of_a_student_depends_on_it(course: CourseRequest) -> None:
    (right, *wrong) = marks_in(course.out)

    assert right.score == right.max_score
    assert not any(check.diagnoses for mark in wrong[:3] for check in mark.checks)
