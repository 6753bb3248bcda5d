"""Whose each file of an export of Gradescope's is, from the file that says it."""

import pytest

from grader.submissions.intake.bounded_reading import FileContent
from grader.submissions.intake.lms.gradescope import UnreadMetadata, about_in, pieces

ABOUT = b"""
submission_1:
  :submitters:
  - :name: Alice Ant
    :sid: 17
    :email: ant@example.edu
  - :name: Bob Bee
  :created_at: 2026-10-10 10:22:00.000000000 Z
submission_2:
  :submitters: nobody
"""
FILE = FileContent("assignment_9_export/submission_1/value.py", b"class Value: ...")


def about(content: bytes = ABOUT) -> FileContent:
    return FileContent("assignment_9_export/submission_metadata.yml", content)


def test_a_group_s_file_is_each_member_s() -> None:
    found = [piece for piece, file in pieces([FILE], about()) if file is FILE]

    assert [(piece.whose, piece.name, piece.full_name) for piece in found] == [
        ("17", "value.py", "Alice Ant"),
        ("submission_1 Bob Bee", "value.py", "Bob Bee"),
    ]
    assert (found[0].student_id, found[0].email, found[0].file_id) == ("17", "ant@example.edu", "1")
    assert found[0].timestamp == "2026-10-10T10:22:00+00:00"


def test_whoever_handed_in_no_file_is_there() -> None:
    found = [piece.full_name for piece, file in pieces([], about()) if file is None]

    assert found == ["Alice Ant", "Bob Bee", "submission_2"]


@pytest.mark.parametrize("content", [b"- a list", b"a: [", b"\xff\xfe\x00"])
def test_what_is_no_table_cannot_be_read(content: bytes) -> None:
    with pytest.raises(UnreadMetadata, match="cannot be read"):
        list(pieces([], about(content)))


def test_no_code_is_run_to_read_it() -> None:
    with pytest.raises(UnreadMetadata, match="could not determine a constructor"):
        list(pieces([], about(b"a: !!python/object/apply:os.getcwd []")))


def test_a_student_s_own_file_of_that_name_makes_no_export() -> None:
    own = FileContent("ant/submission_metadata.yml", ABOUT)

    assert about_in([own]) is None
    assert about_in([own], anywhere=True) is own
    assert about_in([own, about()]) == about()
