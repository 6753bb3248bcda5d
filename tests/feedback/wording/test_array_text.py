"""Arrays as answers: compared by shape and entries, and put into words."""

from typing import Any

import pytest

from grader import raises
from grader.engines.compare import same
from grader.engines.encoding import Malformed, observation_from
from grader.engines.observation import (
    ARRAY,
    NOTHING,
    NUMBER,
    TRUTH,
    Answer,
    Array,
    Fault,
    Observation,
)
from grader.engines.program import ObservedStep, Program, Step
from grader.feedback.wording.array_text import LONGEST, difference, text_of_array
from tests.told import answered, told

Looked = dict[str, Any]
PROGRAM = Program((Step("make", "Tensor", (1.0,)),), (ObservedStep("", 0),))
ROW = Array((4,), (1.0, 2.0, 3.0, 4.0))
MATRIX = Array((2, 2), (1.0, 2.0, 3.0, 4.0))


def agree(want: Array, got: Array) -> bool:
    return same(PROGRAM, Answer(ARRAY, want), Answer(ARRAY, got))


def test_arrays_agree_within_the_tolerance_of_numbers() -> None:
    assert agree(MATRIX, Array((2, 2), (1.0 + 1e-8, 2.0, 3.0, 4.0)))
    assert not agree(MATRIX, Array((2, 2), (1.0, 2.0, 3.0, 4.01)))


@pytest.mark.parametrize("shape", [(4,), (1, 4), (2, 2, 1)], ids=["flat", "a row", "one axis more"])
def test_another_shape_is_wrong_though_the_entries_are_right(shape: tuple[int, ...]) -> None:
    assert not agree(MATRIX, Array(shape, MATRIX.entries))


def test_what_would_broadcast_is_another_shape() -> None:
    assert not agree(Array((2, 1), (1.0, 1.0)), Array((1, 1), (1.0,)))
    assert not same(PROGRAM, Answer(ARRAY, Array((1,), (1.0,))), Answer(NUMBER, 1.0))


def test_no_entries_show_nothing() -> None:
    assert not agree(Array((0,), ()), Array((0,), ()))


def test_an_array_is_shown_as_lists_in_lists() -> None:
    assert text_of_array(Array((2, 2), (1.0, -0.0, 1.23456789, float("nan")))) == (
        "[[1.0, 0.0], [1.23457, nan]]"
    )
    assert text_of_array(Array((2, 0), ())) == "[[], []]"


def test_a_large_array_is_cut() -> None:
    shown = text_of_array(Array((64, 64), (1.5,) * 4096))

    assert len(shown) == LONGEST + 1
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("want", "got", "says"),
    [
        (ROW, MATRIX, "w.grad has the shape (2, 2), expected (4,)"),
        (
            MATRIX,
            MATRIX._replace(entries=(1.0, 2.0, 5.0, 4.0)),
            "w.grad[1, 0] is 5.0, expected 3.0",
        ),
        (
            ROW,
            ROW._replace(entries=(1.0, 0.0, 5.0, 4.0)),
            "w.grad[1] is 0.0, expected 2.0 (2 of 4 entries differ)",
        ),
        (Array((0,), ()), Array((0,), ()), "w.grad has no entries"),
        (ROW, ROW, "w.grad is [1.0, 2.0, 3.0, 4.0], expected [1.0, 2.0, 3.0, 4.0]"),
    ],
    ids=["shapes", "an entry", "entries", "none", "alike to a reader"],
)
def test_a_difference_names_the_shapes_or_the_first_entry(
    want: Array, got: Array, says: str
) -> None:
    assert difference("w.grad", want, got) == says


def product(Tensor: Any, Mul: Any) -> Looked:
    a = Tensor([[1.0, 2.0]], requires_grad=True)
    b = Tensor([[3.0, -4.0]])
    c = Mul().forward(a, b)
    c.backward([[1.0, 2.0]])
    return {"c.data": c.data, "a.grad": a.grad}


SOURCE = """\
a = Tensor([[1.0, 2.0]], requires_grad=True)
b = Tensor([[3.0, -4.0]])
c = Mul().forward(a, b)
c.backward([[1.0, 2.0]])
print(a.grad)"""


def test_a_wrong_entry_is_explained_with_the_program_that_shows_it() -> None:
    explanation = told(product, answered(product, _6=Answer(ARRAY, Array((1, 2), (3.0, 8.0)))))

    assert explanation.message == "a.grad[0, 1] is 8.0, expected -8.0"
    assert explanation.counterexample.source == SOURCE
    assert explanation.counterexample.expected == {"reference": "[[3.0, -8.0]]"}
    assert explanation.counterexample.got == "[[3.0, 8.0]]"


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (Answer(NUMBER, 3.0), "a.grad is a single number, expected the shape (1, 2)"),
        (Answer(NOTHING, None), "a.grad is None, expected [[3.0, -8.0]]"),
    ],
)
def test_what_is_no_array_is_said_to_be_none(got: Answer, says: str) -> None:
    assert told(product, answered(product, _6=got)).message == says


def test_a_class_that_is_missing_is_named() -> None:
    fault = Fault("NameError", "name 'Mul' is not defined")

    explanation = told(product, Observation("raised", {}, 2, fault))

    assert explanation.message == "there is no class Mul yet"
    assert explanation.counterexample.got == "raises NameError: name 'Mul' is not defined"


def twice(Tensor: Any, Add: Any) -> Looked:
    a = Tensor(1.0, requires_grad=True)
    b = Add().forward(a, a)
    b.backward()
    return {"again": raises(b, "backward")}


def test_a_method_that_should_raise_and_does_not_is_named() -> None:
    explanation = told(twice, answered(twice, _4=Answer(TRUTH, False)))

    assert explanation.message == "again: `b.backward()` raises no exception, and should"
    assert explanation.counterexample.expected == {"reference": "True"}
    assert explanation.counterexample.got == "False"


BAD_ARRAYS: dict[str, object] = {
    "no pair": [[2]],
    "a shape that is none": ["2", ["0x1p+0", "0x1p+0"]],
    "no axis": [[], ["0x1p+0"]],
    "too many axes": [[1] * 9, ["0x1p+0"]],
    "a negative size": [[-1, -2], ["0x1p+0", "0x1p+0"]],
    "a size that is no int": [[2.0], ["0x1p+0", "0x1p+0"]],
    "a truth for a size": [[True], ["0x1p+0"]],
    "entries that do not fit": [[3], ["0x1p+0"]],
    "too many entries": [[4097], ["0x1p+0"] * 4097],
    "an entry that is no number": [[1], ["one"]],
    "an entry that is a number already": [[1], [1.0]],
    "entries that are none": [[1], "1"],
}


@pytest.mark.parametrize("what", BAD_ARRAYS)
def test_an_array_that_cannot_be_is_malformed(what: str) -> None:
    reply = {
        "ended": "answered",
        "answers": [[0, "array", BAD_ARRAYS[what], ""]],
        "step": None,
        "fault": None,
        "detail": "",
    }

    with pytest.raises(Malformed, match="replied with"):
        observation_from(reply, PROGRAM)
