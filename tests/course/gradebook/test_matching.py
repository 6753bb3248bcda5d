"""A row is somebody's by a clue that leads there alone; nobody's score is written on a guess."""

from collections.abc import Sequence

import pytest

from grader.course.gradebook.matching import (
    CANVAS_ID,
    Clue,
    GradebookRows,
    KnownStudent,
    a_row,
    ids_of,
    is_stranger,
    match_rows,
    names_of,
)
from grader.course.gradebook.name_matching import names, texts
from grader.submissions.student import Student

ANT = KnownStudent(Student("ant", "Alice Ant", "s1"), {})
BEE = KnownStudent(Student("bee", "Zoë Bee", "s2"), {})
Row = tuple[str, str]


def matched(students: Sequence[KnownStudent], *rows: Row) -> tuple[dict[str, int], tuple[str, ...]]:
    """Match students with rows of a number and a name."""
    gradebook = GradebookRows(range(len(rows)), lambda row: rows[row][1], a_row)
    clues = [
        Clue("number", lambda one: texts(one.student.student_id), lambda row: texts(rows[row][0])),
        Clue("name", names_of, lambda row: names(rows[row][1])),
    ]
    matches = match_rows(students, gradebook, clues)
    return dict(matches.rows), matches.lost


def test_a_number_or_a_name_leads_to_a_row() -> None:
    assert matched([ANT, BEE], ("", "Ant, Alice"), ("S2", "")) == ({"ant": 0, "bee": 1}, ())


def test_clues_that_lead_to_different_rows_lead_to_none() -> None:
    rows, lost = matched([ANT], ("s1", ""), ("", "Alice Ant"))

    assert rows == {}
    assert lost == ("Alice Ant (ant): ambiguous: number → row 1, name → row 2",)


def test_a_row_with_somebody_else_s_name_is_nobody_s() -> None:
    rows, lost = matched([ANT], ("s1", "Cy Cat"))

    assert rows == {}
    assert lost == ("Alice Ant (ant): contradictory: number → row 1, another name, Cy Cat",)


def test_a_name_that_two_rows_have_leads_to_none() -> None:
    rows, lost = matched([ANT], ("", "Alice Ant"), ("", "Alice Ant"))

    assert rows == {}
    assert lost == ("Alice Ant (ant): ambiguous: 2 rows with their name",)


def test_who_has_the_better_clue_has_the_row() -> None:
    twin = KnownStudent(Student("twin", "Alice Ant"), {})

    rows, lost = matched([ANT, twin], ("s1", "Alice Ant"))

    assert rows == {"ant": 0}
    assert lost == ("Alice Ant (twin): ambiguous: another student has the same row",)


def test_two_with_an_equal_clue_have_no_row() -> None:
    twin = KnownStudent(Student("twin", "Alice Ant"), {})
    namesake = KnownStudent(Student("ant", "Alice Ant"), {})

    assert matched([namesake, twin], ("", "Alice Ant"))[0] == {}


def test_who_has_no_row_is_told_what_was_looked_for() -> None:
    assert matched([BEE], ("s1", "Alice Ant"))[1] == (
        "Zoë Bee (bee): no row with their number or name",
    )


@pytest.mark.parametrize(
    ("shape", "kind", "ids"),
    [
        ("canvas", CANVAS_ID, {"4711"}),
        ("canvas", "sis_user_id", set()),
        ("moodle", "sis_user_id", {"4711", "ant"}),
        ("gradescope", CANVAS_ID, set()),
    ],
)
def test_a_number_is_an_id_of_the_system_that_it_comes_from(
    shape: str, kind: str, ids: set[str]
) -> None:
    person = KnownStudent(Student("ant", "Alice Ant", "4711"), {}, shape)

    assert ids_of(person, kind) == ids


def test_a_roster_s_word_is_all_that_counts_of_an_id() -> None:
    person = KnownStudent(Student("ant", "Alice Ant", "4711"), {CANVAS_ID: " S1 "}, "canvas")

    assert ids_of(person, CANVAS_ID) == {"s1"}


def test_an_anonymous_number_of_canvas_s_is_nobody_s() -> None:
    assert ids_of(KnownStudent(Student("anon", "", "4711"), {}, "canvas"), CANVAS_ID) == set()


def test_a_roster_s_student_may_be_called_anything() -> None:
    assert is_stranger(ANT, "Cy Cat")
    assert not is_stranger(ANT._replace(vouched=True), "Cy Cat")
    assert not is_stranger(ANT, "Ant, A.")
