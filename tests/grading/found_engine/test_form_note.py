"""What is otherwise than usual is said in one line, in the student's own code."""

import pytest

from grader.engines.observation import HALF, SINGLE, Observation
from grader.grading.found_engine.form_note import note_on_form


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"data": "{}.value"}, "the number `a.value`"),
        ({"backward": "{}.backprop"}, "the pass back `loss.backprop()`"),
        ({"backward": "{}.backward(1.0)"}, "the pass back `loss.backward(1.0)`"),
        ({"backward": "backward({})"}, "the pass back `backward(loss)`"),
        ({"make": "Var(float({}))"}, "nodes `Var(2.0)`"),
        ({"make": "Var({}, requires_grad=True)"}, "nodes `Var(2.0, requires_grad=True)`"),
        ({"relu": "F.relu({})"}, "relu `F.relu(a)`"),
        ({"tanh": "{}.Tanh"}, "tanh `a.Tanh()`"),
        ({"none": "None"}, "a gradient of None is read as 0"),
        ({"array": "array"}, "an array of one number is read as that number"),
        (
            {"grad": "{}.g", "data": "{}.v", "set data": "{}._v"},
            "the number `a.v`; the gradient `a.g`",
        ),
    ],
)
def test_a_member_is_shown_as_code(members: dict[str, str], says: str) -> None:
    note = note_on_form([Observation("answered", members=members)])

    assert note == f"found as you have it: {says}"


def test_what_several_programs_used_is_said_once() -> None:
    one = Observation("answered", members={"data": "{}.v"}, precision=SINGLE)

    assert note_on_form([one, one, Observation("answered", precision=HALF)]).count("`a.v`") == 1


def test_where_all_is_as_usual_nothing_is_said() -> None:
    assert note_on_form([Observation("answered"), Observation("raised")]) == ""
    assert note_on_form([Observation("answered", members={"set data": "{}._v"})]) == ""
