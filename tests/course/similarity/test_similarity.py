"""A copy is found however it is dressed; people who worked alone are not like each other."""

from pathlib import Path

import pytest

from grader.course.similarity.compare_all import marks_of
from grader.course.similarity.similarity import LEAST, Pair, alike, crowd
from grader.course.similarity.texts import written_in
from grader.exercises import catalogue
from tests.course.similarity.sample import (
    EX9,
    GIVEN,
    HONEST,
    ORIGINAL,
    as_cells,
    honest,
    of,
    renamed,
    reordered,
)

TEXT = HONEST[ORIGINAL]
DRESSED = {
    "as it was": TEXT,
    "with other names and comments": renamed(TEXT),
    "with its methods the other way round": reordered(TEXT),
    "with both": renamed(reordered(TEXT)),
}


@pytest.mark.parametrize("how", DRESSED)
def test_a_copy_is_found_first_and_honest_ones_are_far_below(how: str) -> None:
    course = [*honest(), of("copyist", DRESSED[how])]

    first, *others = alike(course, GIVEN)

    assert {first.left, first.right} == {"copyist", ORIGINAL}
    assert first.likeness > 0.7
    assert all(other.likeness < 0.2 for other in others)


def test_a_copy_in_the_cells_of_a_notebook_is_found(tmp_path: Path) -> None:
    (tmp_path / "copyist").mkdir()
    (tmp_path / "copyist" / "value.ipynb").write_text(as_cells(renamed(TEXT)), encoding="utf-8")

    first, *_ = alike([*honest(), written_in(tmp_path / "copyist")], GIVEN)

    assert {first.left, first.right} == {"copyist", ORIGINAL}
    assert first.likeness > 0.9


def test_people_who_worked_alone_are_not_alike() -> None:
    assert all(pair.likeness < 0.2 for pair in alike(honest(), GIVEN))


def test_the_starter_makes_nobody_alike() -> None:
    starter = catalogue.starter(EX9)
    both = [of("ant", starter), of("bee", starter)]

    assert alike(both, GIVEN) == []
    assert alike(both, frozenset()) != []


def test_what_the_crowd_has_makes_nobody_alike() -> None:
    few = [of(f"s{number}", f"{TEXT}\n# {number}") for number in range(crowd(0))]
    many = [of(f"s{number}", f"{TEXT}\n# {number}") for number in range(crowd(0) + 1)]

    assert len(alike(few, GIVEN)) == len(few) * (len(few) - 1) // 2
    assert alike(many, GIVEN) == []


def test_in_a_large_course_the_crowd_is_larger() -> None:
    assert [crowd(size) for size in (3, 50, 500)] == [5, 5, 50]


def test_a_pair_with_little_in_common_is_not_shown() -> None:
    lines = TEXT.splitlines()

    def pair(shared: int) -> list[Pair]:
        text = "\n".join(lines[:shared])
        return alike([of("ant", f"x = 1\n{text}"), of("bee", f"{text}\ny = [2]")], frozenset())

    assert pair(6) == []
    assert [len(one.shared) >= LEAST for one in pair(40)] == [True]


def test_the_same_text_is_told_even_where_it_is_what_everybody_has() -> None:
    solution = catalogue.solution(catalogue.load(EX9))
    given = marks_of([catalogue.starter(EX9)])
    course = [of("ant", solution), of("bee", solution.replace("\n\n", "\n"))]

    (pair,) = alike(course, given)

    assert (pair.same, pair.likeness) == (True, 1.0)


def test_the_order_of_the_students_does_not_matter() -> None:
    course = [*honest(), of("copyist", renamed(TEXT))]

    assert alike(course, GIVEN) == alike(course[::-1], GIVEN)


def test_the_one_obvious_line_in_the_starter_makes_nobody_alike() -> None:
    answer = catalogue.starter(EX9) + "\nloss = (prediction - target) ** 2\n"
    course = [of("ant", answer), of("bee", answer), of("cow", TEXT)]

    assert alike(course, GIVEN) == []
