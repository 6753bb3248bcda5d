"""Where nobody saw parameters made anew, they are followed by one rate for all."""

from grader.engines.observation import NUMBER, Answer, Place
from grader.grading.own_run.renewed import followed
from grader.sandbox.trace import Leaf, Pass, Training


def leaf(id_: int, data: float, gradient: float) -> Leaf:
    data_, before, after = (Answer(NUMBER, value) for value in (data, 0.0, gradient))
    return Leaf(id_, id_, 1, data_, before, after)


def training(*passes: list[Leaf]) -> Training:
    done = tuple(
        Pass(number, Answer(NUMBER, 1.0), 9, tuple(leaves))
        for number, leaves in enumerate(passes, 1)
    )
    return Training(Place("value.py", 1, ""), 0, len(done), done, (1.0,) * len(done), {})


def ids(made: Training) -> list[list[int]]:
    return [[one.id for one in done.leaves] for done in followed(made).passes]


FIRST = [leaf(1, 1.0, 2.0), leaf(2, 3.0, -4.0), leaf(3, 7.0, 0.0)]


def test_leaves_that_show_one_rate_go_on() -> None:
    second = [leaf(11, 9.0, 0.0), leaf(12, 5.0, 1.0), leaf(13, 0.0, 1.0)]
    third = [leaf(21, 4.5, 1.0), leaf(22, -0.5, 1.0), leaf(23, 9.0, 0.0)]

    assert ids(training(FIRST, second, third)) == [[1, 2, 3], [11, 2, 1], [2, 1, 23]]


def test_leaves_of_no_common_rate_stay_what_they_are() -> None:
    second = [leaf(12, 5.0, 1.0), leaf(13, -0.3, 1.0)]

    assert ids(training(FIRST, second)) == [[1, 2, 3], [12, 13]]


def test_what_is_known_or_cut_is_left_alone() -> None:
    second = [leaf(12, 5.0, 1.0), leaf(13, 0.0, 1.0)]
    made = training(FIRST, second)

    for known in (made._replace(forgotten=frozenset()), made._replace(is_cut=True)):
        assert followed(known) is known
