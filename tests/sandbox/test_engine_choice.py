"""Which class of a submission is the engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import BrokenExercise
from grader.sandbox.engine_class import (
    Candidate,
    NoEngine,
    SeveralEngines,
    UnknownClass,
    choose,
    names_for,
)


def classes(*names: str) -> list[Candidate]:
    """Classes that could all be engines."""
    return [Candidate(name, backward=True, arithmetic=True) for name in names]


HELPERS = [
    Candidate("Optimizer", backward=False, arithmetic=False),
    Candidate("Vector", backward=False, arithmetic=True),
    Candidate("Layer", backward=True, arithmetic=False),
]


@pytest.mark.parametrize(
    ("defined", "chosen"),
    [
        (classes("Value"), "Value"),
        (classes("Scalar"), "Scalar"),
        (classes("Tensor"), "Tensor"),
        (classes("Tensor", "Scalar", "Value"), "Value"),
        (classes("Node", "Value"), "Value"),
        (classes("Node", "Tensor", "Var"), "Tensor"),
        (classes("Node"), "Node"),
        (HELPERS + classes("Node"), "Node"),
        ([Candidate("Value", backward=False, arithmetic=False)], "Value"),
        ([*classes("Node"), Candidate("Scalar", backward=False, arithmetic=False)], "Scalar"),
    ],
)
def test_the_class_with_the_usual_name_or_the_only_one_that_could_be(
    defined: list[Candidate], chosen: str
) -> None:
    assert choose(defined, "Value") == chosen


def test_the_exercise_s_own_name_comes_before_any_other() -> None:
    assert choose(classes("Value", "Tensor"), "Tensor") == "Tensor"


def test_the_class_named_on_the_command_line_comes_before_all() -> None:
    assert choose(HELPERS + classes("Value"), "Value", "Vector") == "Vector"


def test_a_class_named_on_the_command_line_has_to_be_there() -> None:
    with pytest.raises(UnknownClass, match=r"^the submission defines no class named 'Valu'$") as e:
        choose(classes("Value", "Node"), "Value", "Valu")

    assert e.value.hint == "it defines Value, Node"


def test_a_class_named_where_there_is_none() -> None:
    with pytest.raises(UnknownClass, match=r"^the submission defines no class named ''$") as e:
        choose([], "Value", "")

    assert e.value.hint == "it defines no class at all"


@pytest.mark.parametrize(
    ("count", "names"),
    [("two", ("Node", "Var")), ("two", ("Scalar", "Tensor")), ("three", ("A", "B", "C"))],
)
def test_where_several_could_be_meant_none_is_guessed(count: str, names: tuple[str, ...]) -> None:
    said = rf"^{count} classes could be the engine: {', '.join(names)}$"
    with pytest.raises(SeveralEngines, match=said) as e:
        choose(classes(*names), "Value")

    assert e.value.hint == f"name the one to grade: --class {names[0]}"


def test_the_engine_may_be_called_otherwise_and_what_else_is_taken_may_not() -> None:
    names = names_for({"Tensor", "Mul", "Add"}, classes("Value", "Mul"))

    assert names == {"Tensor": "Value", "Mul": "Mul", "Add": "Add"}


def test_where_no_engine_is_taken_none_has_to_be_there() -> None:
    assert names_for({"train"}, []) == {"train": "train"}


def test_without_the_engine_the_other_names_are_no_help() -> None:
    message = "no class named Tensor (or Value, or Scalar): no class is defined at all"

    assert names_for({"Tensor", "Mul"}, []) == NoEngine(message)


def test_an_exercise_has_one_engine() -> None:
    said = "^the checks take Value and Tensor, and an exercise has one engine$"
    with pytest.raises(BrokenExercise, match=said):
        names_for({"Value", "Tensor"}, classes("Value"))


PART = Candidate("Part", backward=False, arithmetic=True)


@pytest.mark.parametrize(
    ("defined", "best", "chosen"),
    [
        (classes("V1", "V2"), ["V2"], "V2"),
        ([PART, *HELPERS], ["Part"], "Part"),
        ([Candidate("Bare", backward=False, arithmetic=False)], ["Bare"], "Bare"),
        ([PART._replace(name="Value"), *classes("V2")], ["V2"], "V2"),
        ([PART._replace(name="Value"), *classes("V2")], ["Value", "V2"], "Value"),
        (classes("Value", "V2"), ["V2"], "Value"),
        (
            [*classes("Node"), Candidate("Add", True, True, ("Node",))],
            ["Node", "Add"],
            "Node",
        ),
    ],
)
def test_of_several_the_one_that_does_what_is_asked_is_taken(
    defined: list[Candidate], best: list[str], chosen: str
) -> None:
    assert choose(defined, "Value", attempt=lambda _: best) == chosen


def test_several_that_do_alike_are_all_named() -> None:
    with pytest.raises(SeveralEngines, match=r"^two classes could be the engine: A, B$"):
        choose(classes("A", "B", "C"), "Value", attempt=lambda names: names[:2])


def test_where_trying_finds_none_it_says_what_was_looked_for() -> None:
    message = "no class named Value (or Scalar, or Tensor); defined here: Part"

    assert choose([PART], "Value", attempt=lambda _: []) == NoEngine(message)


@pytest.mark.parametrize(
    ("defined", "message"),
    [
        ([], "no class named Value (or Scalar, or Tensor): no class is defined at all"),
        (
            HELPERS,
            "no class named Value (or Scalar, or Tensor); defined here: Optimizer, Vector, Layer",
        ),
        (
            [Candidate(letter, backward=False, arithmetic=False) for letter in "ABCDEFG"],
            "no class named Value (or Scalar, or Tensor); defined here: A, B, C, D, E",
        ),
    ],
)
def test_without_an_engine_it_says_what_was_looked_for(
    defined: list[Candidate], message: str
) -> None:
    assert choose(defined, "Value") == NoEngine(message)


candidates = st.lists(
    st.builds(
        Candidate, st.sampled_from(["Value", "Scalar", "A", "B"]), st.booleans(), st.booleans()
    ),
    unique_by=lambda candidate: candidate.name,
)


@given(candidates)
def test_what_is_chosen_is_defined(defined: list[Candidate]) -> None:
    try:
        chosen = choose(defined, "Value")
    except SeveralEngines:
        return

    assert isinstance(chosen, NoEngine) or chosen in {candidate.name for candidate in defined}
