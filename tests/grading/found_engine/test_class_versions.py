"""Of several versions of a class the last whole one counts, and that is said."""

import pytest

from grader.grading.found_engine.class_versions import earlier_moments, last_whole, needed_facts
from grader.sandbox.load_result import ClassVersion
from tests.grading_fixtures import GradeCells, GradeSource
from tests.sandbox.engines import RIGHT, after, instead

WRONG = instead("self.data = data\n", "self.data = 7.0\n")
BARE = "class Value:\n    def __init__(self, data):\n        self.data = data\n"
LATER = {
    "a stub": "class Value: pass",
    "a half version": BARE,
    "a half version in a condition": "if True:\n    class Value:\n        data = 0\n",
}


def version(*facts: str) -> ClassVersion:
    return ClassVersion("value.py", 1, frozenset(facts))


NEEDED = frozenset({"__add__", "backward", "data"})


@pytest.mark.parametrize(
    ("versions", "chosen"),
    [
        ([version("__add__", "backward")], 0),
        ([version("__add__", "backward"), version()], 0),
        ([version("__add__", "backward"), version("__add__")], 0),
        ([version("__add__"), version("__add__", "backward")], 1),
        ([version("__add__", "backward"), version("__add__", "backward")], 1),
        ([version("value"), version()], 0),
        ([version(), version()], 1),
    ],
)
def test_the_last_that_can_do_most_is_chosen(versions: list[ClassVersion], chosen: int) -> None:
    assert last_whole(versions, NEEDED) == chosen


def test_an_earlier_one_is_asked_only_where_work_went_on() -> None:
    same, grown = version(*NEEDED), version(*NEEDED, "tanh")

    assert list(earlier_moments([same, same, grown], 2, NEEDED)) == [1, 0]
    assert list(earlier_moments([same, same], 1, NEEDED)) == []
    assert list(earlier_moments([version("data"), grown], 1, NEEDED)) == []


def test_nothing_is_asked_of_a_class_by_no_program() -> None:
    assert needed_facts([]) == frozenset()


@pytest.mark.parametrize("later", LATER)
def test_a_later_version_that_is_not_whole_hides_nothing(
    grade_source: GradeSource, later: str
) -> None:
    report = grade_source(after(LATER[later]))

    assert report.passed
    assert report.notes[0].startswith("there are 2 versions of Value: the last whole one counts")


def test_the_last_whole_version_counts_even_if_it_is_wrong(grade_source: GradeSource) -> None:
    report = grade_source(f"{RIGHT}\n\n{WRONG}")

    assert report.score == 0
    assert report.notes[0] == "there are 2 versions of Value: the last one counts"


def test_the_last_whole_version_counts_where_an_earlier_one_is_wrong(
    grade_source: GradeSource,
) -> None:
    assert grade_source(f"{WRONG}\n\n{RIGHT}").passed


@pytest.mark.parametrize(
    ("end", "text"),
    [
        ("Value = Value(3.0)", "Value = Value(3.0)"),
        ("del Value", "del Value"),
        ("Value = None", "Value = None"),
    ],
)
def test_a_name_that_is_bound_away_is_told_with_its_line(
    grade_source: GradeSource, end: str, text: str
) -> None:
    source = after(f"x = 1\n{end}\ny = 2")

    report = grade_source(source)

    line = source.split("\n").index(text) + 1
    assert report.passed
    assert report.notes[0].startswith(
        f"`Value` is no class any more since line {line} (`{text}`); the class of line "
    )


def test_cells_are_named_where_a_version_of_one_of_them_counts(grade_cells: GradeCells) -> None:
    report = grade_cells(["import math", RIGHT, "x = Value(2)", BARE])

    assert report.passed
    assert report.notes[0] == (
        "there are 2 versions of Value: the last whole one counts, that of cell 2;"
        " that of cell 4 can do less"
    )


def test_an_exercise_about_an_earlier_version_takes_the_moment_when_it_was_true(
    grade_cells: GradeCells,
) -> None:
    grown = WRONG + "\n    def tanh(self):\n        return self\n"

    report = grade_cells([RIGHT, grown])

    assert report.passed
    assert report.notes[1] == "it holds for the Value of cell 1, which counts"


def test_a_wrong_version_without_anything_new_is_no_later_exercise(grade_cells: GradeCells) -> None:
    assert grade_cells([RIGHT, WRONG]).score == 0
