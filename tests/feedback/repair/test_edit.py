"""Edits of a text: made, moved, and shown."""

from grader.feedback.repair.edit import (
    CandidateEdit,
    TextEdit,
    changed_lines,
    edited,
    moved_before,
)

SOURCE = ("a = 1\nb = 2\nc = 3\n",)


def candidate(*edits: TextEdit) -> CandidateEdit:
    return CandidateEdit("sign", edits, "f", 1.0)


def test_edits_are_made_at_the_places_that_they_had_before() -> None:
    edits = (TextEdit(0, 4, 5, "10"), TextEdit(0, 16, 17, "30"))

    assert edited(SOURCE, edits) == ("a = 10\nb = 2\nc = 30\n",)


def test_the_line_of_an_edit_is_the_first_that_changes() -> None:
    assert candidate(TextEdit(0, 10, 11, "5"), TextEdit(0, 16, 17, "5")).line(SOURCE) == 2
    assert candidate(TextEdit(0, 6, 12, "b = 2\nx = 3\n")).line(SOURCE) == 3
    assert candidate(TextEdit(0, 18, 18, "d = 4\n")).line(SOURCE) == 3


def test_an_edit_below_another_one_is_moved_to_where_it_was() -> None:
    first, second = candidate(TextEdit(0, 4, 5, "1000")), candidate(TextEdit(0, 13, 14, "5"))

    moved = moved_before(first, second)

    assert edited(edited(SOURCE, first.edits), second.edits) == ("a = 1000\nb = 5\nc = 3\n",)
    assert moved is not None
    assert edited(SOURCE, moved.edits) == ("a = 1\nb = 5\nc = 3\n",)


def test_an_edit_above_another_one_stays_and_one_within_it_cannot_be_moved() -> None:
    first = candidate(TextEdit(0, 10, 11, "(4 + 5)"))
    above, within = candidate(TextEdit(0, 4, 5, "7")), candidate(TextEdit(0, 15, 16, "9"))

    assert moved_before(first, above) == above
    assert moved_before(first, within) is None


def test_the_lines_of_an_edit_are_those_that_differ() -> None:
    assert changed_lines("a\nb\nc\n", "a\nx\ny\nc\n") == (["b"], ["x", "y"])
    assert changed_lines("a\nb\n", "a\n") == (["b"], [])
