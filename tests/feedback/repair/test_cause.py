"""A cause in words: where, a question, what is wrong, and the edit for staff alone."""

from grader.feedback.repair.cause import SourceText, by_failure, causes
from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.search import Found

PIECES = ("x = 1\n", "def f(a):\n    b = a\n    return b\n")


def line(file: str, number: int) -> str | None:
    lines = PIECES[("cell 1", "cell 2").index(file)].splitlines()
    return lines[number - 1] if number <= len(lines) else None


def source(*, for_staff: bool = False) -> SourceText:
    return SourceText(PIECES, ("cell 1", "cell 2"), line, for_staff)


EDIT = CandidateEdit("sign", (TextEdit(1, 18, 19, "-a"),), "f", 1.0)
FOUND = Found((EDIT,), (frozenset({0, 1}),), 10, PIECES)


def test_a_student_is_told_where_and_a_question() -> None:
    (cause,) = causes(FOUND, source())

    assert cause.diagnosis.id == "sign"
    assert cause.diagnosis.hint.startswith("cell 2, line 2, in f: What is the sign")
    assert cause.diagnosis.where == ("cell 2", 2, "f", "    b = a")
    assert cause.diagnosis.edit == ""


def test_staff_are_shown_the_edit() -> None:
    (cause,) = causes(FOUND, source(for_staff=True))

    assert cause.diagnosis.edit == "-     b = a\n+     b = -a"


def test_the_lines_around_are_those_that_there_are() -> None:
    (cause,) = causes(FOUND, source())

    assert cause.frame is not None
    assert (cause.frame.start, cause.frame.marked, len(cause.frame.lines)) == (1, 2, 3)


def test_in_a_script_the_line_alone_is_named() -> None:
    script = SourceText(PIECES[1:], ("cell 2",), line)

    (cause,) = causes(
        FOUND._replace(edits=(EDIT._replace(edits=(TextEdit(0, 18, 19, "-a"),)),)), script
    )

    assert cause.diagnosis.hint.startswith("Line 2, in f: ")


def test_each_failure_has_the_edit_that_mends_it_and_both_where_neither_does_alone() -> None:
    two = Found((EDIT, EDIT), (frozenset({0}), frozenset({2})), 10, PIECES)

    assert by_failure(two, 3) == [(0,), (0, 1), (1,)]


def test_what_matters_to_later_checks_alone_is_told_with_the_last_failure() -> None:
    two = Found((EDIT, EDIT), (frozenset({0, 1}), frozenset()), 10, PIECES)

    assert by_failure(two, 2) == [(0,), (0, 1)]


def test_a_method_that_is_missing_is_told_below_the_line_that_it_would_follow() -> None:
    end = len(PIECES[1])
    added = CandidateEdit("missing method", (TextEdit(0, end, end, "\ndef g():\n"),), "g", 1.0)
    script = SourceText(PIECES[1:], ("cell 2",), line)

    (alone,) = causes(FOUND._replace(edits=(added,)), script)
    (beside,) = causes(
        FOUND._replace(edits=(added._replace(edits=(TextEdit(1, end, end, "\n"),)),)), source()
    )

    assert alone.diagnosis.hint.startswith("Below line 3: ")
    assert beside.diagnosis.hint.startswith("cell 2, below line 3: ")
