"""A question is a step of its own, whatever it is about."""

from typing import Any

import pytest

from grader import children_of, graph_of, is_a, is_same, label_of, numbers_of, operation_of
from grader.engines.observation import ARRAY, OTHER, Answer, Array
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Ref, Step
from grader.exercises.check_recorder import record


def test_a_question_names_what_it_is_about() -> None:
    def check(Value: Any, trace: Any) -> dict[str, Any]:
        a = Value(1.0)
        asked = [children_of(a), label_of(a), operation_of(a), is_a(a, Value), is_same(a, a)]
        return {str(at): one for at, one in enumerate([*asked, graph_of(trace(a))])}

    assert record(check).steps[1:6] == (
        Step("ask", "children", (Ref(0),)),
        Step("ask", "label", (Ref(0),)),
        Step("ask", "operation", (Ref(0),)),
        Step("ask", "is_a", (Ref(0), "Value")),
        Step("ask", "same", (Ref(0), Ref(0))),
    )


def test_the_numbers_of_a_list_of_nodes_are_an_array() -> None:
    def check(Value: Any, softmax: Any) -> dict[str, Any]:
        return {"p": numbers_of(softmax([Value(0.0), Value(0.0)]))}

    (answer,) = Textbook().answer(record(check)).answers.values()

    assert answer == Answer(ARRAY, Array((2,), (0.5, 0.5)), "[node.data for node in {}]")


class Pair:
    """Gives lists of all kinds."""

    nested = ([1.0, 2], [3.0, 4.5])
    uneven = ([1.0], [2.0, 3.0])
    texts = ("a", "b")
    empty: tuple[float, ...] = ()


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("nested", Answer(ARRAY, Array((2, 2), (1.0, 2.0, 3.0, 4.5)), "{}")),
        ("uneven", Answer(OTHER, "a tuple of 2, not all of it numbers")),
        ("empty", Answer(ARRAY, Array((0,), ()), "{}")),
    ],
)
def test_lists_in_lists_are_rows_where_they_are_even(name: str, answer: Answer) -> None:
    def check(Pair: Any) -> dict[str, Any]:
        return {"": numbers_of(getattr(Pair(), name))}

    observation = Textbook(lambda _: {"Pair": Pair}).answer(record(check))

    assert list(observation.answers.values()) == [answer]


def test_texts_are_no_numbers_and_are_the_engine_s_fault() -> None:
    def check(Pair: Any) -> dict[str, Any]:
        return {"": numbers_of(Pair().texts)}

    observation = Textbook(lambda _: {"Pair": Pair}).answer(record(check))

    assert observation.ended == "raised"
    assert observation.fault is not None
    assert observation.fault.type == "AttributeError"
