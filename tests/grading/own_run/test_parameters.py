"""A parameter is followed from pass to pass, also where it is made anew at each step."""

from collections.abc import Sequence

from grader.engines.observation import NUMBER, Answer, Place
from grader.grading.own_run.parameters import (
    Parameter,
    after_first,
    followed_leaves,
    possible_parameters,
)
from grader.sandbox.trace import Leaf, Pass, Training

RATE = 0.5


def number(value: float) -> Answer:
    return Answer(NUMBER, value)


def leaf(id_: int, data: float, gradient: float) -> Leaf:
    return Leaf(id_, 100 + id_, 1, number(data), number(0.0), number(gradient))


def training(*passes: Sequence[Leaf], end: dict[int, float] | None = None) -> Training:
    """A training whose passes have these leaves."""
    done = tuple(Pass(n, number(1.0), 3, tuple(leaves)) for n, leaves in enumerate(passes, 1))
    ends = {id_: (number(value), number(0.0)) for id_, value in (end or {}).items()}
    return Training(Place("value.py", 1, ""), 0, len(done), done, (1.0,) * len(done), ends)


def data(chain: Parameter) -> list[object]:
    return [leaf.data.value for leaf in chain.leaves.values()]


def test_leaves_that_change_come_before_those_that_stay() -> None:
    made = training([leaf(1, 3.0, 1.0), leaf(2, 0.0, 2.0)], [leaf(1, 3.0, 1.0), leaf(2, -1.0, 2.0)])

    found = followed_leaves(made, RATE, {})

    assert [data(one) for one in found] == [[0.0, -1.0], [3.0, 3.0]]
    assert [one.moves for one in found] == [True, False]


def test_a_leaf_that_moves_after_the_last_pass_moves() -> None:
    (one,) = followed_leaves(training([leaf(1, 0.0, 2.0)], end={1: -1.0}), RATE, {})

    assert one.moves
    assert one.end == number(-1.0)


def test_a_parameter_made_anew_is_followed_by_the_step_that_made_it() -> None:
    made = training(
        [leaf(1, 0.0, 2.0), leaf(2, 9.0, 1.0)],
        [leaf(3, 9.0, 1.0), leaf(4, -1.0, 4.0)],
        [leaf(5, -3.0, 0.5), leaf(6, 9.0, 1.0)],
    )

    found = followed_leaves(made, RATE, {})

    assert [data(one) for one in found] == [[0.0, -1.0, -3.0]]


def test_a_leaf_that_is_made_anew_by_another_step_is_not_followed() -> None:
    assert followed_leaves(training([leaf(1, 0.0, 2.0)], [leaf(2, -0.2, 2.0)]), RATE, {}) == []


def test_a_leaf_without_a_gradient_is_a_parameter_where_a_variable_says_so() -> None:
    passes = [leaf(1, 4.0, 0.0), leaf(2, 5.0, 1.0)], [leaf(1, 4.0, 0.0), leaf(2, 5.0, 1.0)]

    unnamed, named = (
        followed_leaves(training(*passes), RATE, called) for called in ({}, {101: "w"})
    )

    assert [data(one) for one in unnamed] == [[5.0, 5.0]]
    assert [data(one) for one in named] == [[4.0, 4.0], [5.0, 5.0]]


def test_where_no_gradient_gets_through_any_leaf_may_be_a_parameter() -> None:
    passes = [leaf(1, 4.0, 0.0), leaf(2, 5.0, 0.0)], [leaf(1, 4.0, 0.0), leaf(2, 5.0, 0.0)]

    assert [data(one) for one in followed_leaves(training(*passes), RATE, {})] == [
        [4.0, 4.0],
        [5.0, 5.0],
    ]


ONE, OTHER = (
    Parameter({1: leaf(id_, 0.0, 1.0), 2: leaf(id_, -0.5 * id_, 1.0)}, number(-1.0))
    for id_ in (1, 2)
)


def test_leaves_can_be_the_parameters_in_every_way() -> None:
    ways = possible_parameters([ONE, OTHER], ["w", "b"], {})

    assert ways == [{"w": ONE, "b": OTHER}, {"w": OTHER, "b": ONE}]


def test_a_leaf_that_a_variable_held_is_the_parameter_of_its_name() -> None:
    assert possible_parameters([ONE, OTHER], ["w", "b"], {102: "w"}) == [{"w": OTHER, "b": ONE}]


def test_what_follows_a_step_down_the_gradient_is_the_rest_of_a_leaf() -> None:
    rest = after_first(ONE, RATE)

    assert rest is not None
    assert rest.leaves == {1: ONE.leaves[2]}
    assert after_first(ONE, 0.1) is None
    assert after_first(Parameter({1: ONE.leaves[1]}), RATE) is None


def test_equal_parameters_that_variables_name_are_told_apart_where_their_steps_cross() -> None:
    made = training(
        [leaf(1, 0.0, 2.0), leaf(2, 0.0, 2.0)],
        [leaf(3, -1.0, 4.0), leaf(4, -1.0, 1.0)],
        [leaf(5, -3.0, 1.0), leaf(6, -1.5, 1.0)],
    )
    variables = {101: "b", 102: "w"}

    ways = possible_parameters(followed_leaves(made, RATE, variables), ["w", "b"], variables)

    ends = [{name: data(one)[-1] for name, one in way.items()} for way in ways]
    assert ends == [{"w": -3.0, "b": -1.5}, {"w": -1.5, "b": -3.0}]
