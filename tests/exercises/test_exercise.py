"""A decorator makes a check of a function: its name the id, its docstring's start the title."""

from typing import Any

from grader.exercises.exercise import (
    AnyDescent,
    Check,
    advisory,
    check,
    descends,
    holds,
    prints,
    trains,
)


def adds(Value: Any) -> dict[str, Any]:
    """A sum holds its number.

    More than a student reads.
    """
    return {"c": Value(1.0)}


def untitled(Value: Any) -> dict[str, Any]:
    return {"c": Value(1.0)}


def test_a_check_has_its_function_s_name_and_first_line_without_the_stop() -> None:
    made = check(points=2)(adds)

    assert made == Check("adds", "A sum holds its number", 2, adds)
    assert made.is_public


def test_a_function_without_a_docstring_has_no_title() -> None:
    assert check(points=1)(untitled).title == ""


def test_a_check_comes_after_one_other_or_several() -> None:
    first, second = check(points=1)(adds), check(points=1)(untitled)

    assert check(points=1, after=first)(adds).after == (first,)
    assert check(points=1, after=[first, second])(adds).after == (first, second)


def test_a_hidden_check_is_not_public() -> None:
    assert not check(points=1, visibility="hidden")(adds).is_public


def test_a_check_of_the_own_run_says_what_it_looks_at_there() -> None:
    checks = [
        holds(points=1, inside="grads")(adds),
        prints(points=1, rough=True)(adds),
        trains(points=1, start={"w": 1.0}, examples=[(1.0, 2.0)], epochs=3, rate=0.1)(adds),
        descends(points=1, parameters=2, steps=5)(adds),
    ]
    runs = [one.own_run for one in checks if one.own_run]

    assert [run.of for run in runs] == ["variables", "output", "training", "descent"]
    assert (runs[0].inside, runs[1].rough, runs[3].descent) == ("grads", True, AnyDescent(2, 5))
    assert runs[2].task is not None
    assert runs[2].task.order() == [(1.0, 2.0)] * 3


def test_an_advisory_remarks_and_has_no_points() -> None:
    made = advisory(says="That is fine, too.", when="differs")(adds)

    assert made == ("adds", "That is fine, too.", "differs", adds)
