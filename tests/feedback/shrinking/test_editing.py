"""An edit changes what it says, keeps every reference right, and leaves nothing without a use."""

from typing import Any

import pytest

from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.exercises.check_recorder import record
from grader.feedback.shrinking.editing import edited, label_of, lettered, redirected, reordered
from grader.feedback.wording.source import source


def check(Value: Any) -> dict[str, Any]:
    a = Value(1.0)
    b = Value(2.0)
    c = a * b
    d = c + a
    d.backward()
    return {"d.data": d.data, "b.grad": b.grad}


PROGRAM = record(check)


def test_without_changes_a_program_stays_as_it_is() -> None:
    assert edited(PROGRAM, {}) == PROGRAM


def test_a_step_is_replaced_in_its_place() -> None:
    changed = edited(PROGRAM, {1: Step("make", "Value", (5.0,))})

    assert source(changed) == source(PROGRAM).replace("Value(2.0)", "Value(5.0)")


def test_a_redirected_result_is_replaced_wherever_it_is_used_or_looked_at() -> None:
    changed = edited(PROGRAM, {3: Ref(2)})

    assert source(changed).splitlines() == [
        *("a = Value(1.0)", "b = Value(2.0)", "c = a * b", "c.backward()"),
        *("print(c.data)", "print(b.grad)"),
    ]


def test_redirections_of_redirections_are_followed() -> None:
    changed = edited(PROGRAM, {3: Ref(2), 2: Ref(1)})

    assert source(changed).splitlines() == [
        *("b = Value(2.0)", "b.backward()", "print(b.data)", "print(b.grad)"),
    ]


def test_a_step_is_dropped_unless_something_uses_it() -> None:
    assert len(edited(PROGRAM, {}, dropped=(4,)).steps) == len(PROGRAM.steps) - 1
    assert edited(PROGRAM, {}, dropped=(2,)) == PROGRAM


def test_in_another_order_every_step_has_the_same_operands_and_names() -> None:
    swapped = reordered(PROGRAM, (1, 0, *range(2, len(PROGRAM.steps))))

    assert source(swapped).splitlines()[:3] == ["b = Value(2.0)", "a = Value(1.0)", "c = a * b"]
    assert swapped.names == {0: "b", 1: "a", 2: "c", 3: "d"}


def test_only_operands_that_have_moved_make_a_step_another() -> None:
    step = Step("operate", "add", (Ref(0), 2.0))

    assert redirected(step, {5: 1}) is step
    assert redirected(step, {0: 3}) == Step("operate", "add", (Ref(3), 2.0))


def test_letters_go_to_nodes_in_their_order_and_into_the_labels() -> None:
    program = record(lambda Value: {"x.data": (Value(1.0) * Value(2.0)).data})

    assert lettered(program).names == {0: "a", 1: "b", 2: "c"}
    assert lettered(program).observed == (ObservedStep("c.data", 3),)


def test_where_there_are_more_nodes_than_letters_names_stay() -> None:
    program = Program(tuple(Step("make", "Value", (float(at),)) for at in range(27)), ())

    assert lettered(program) is program


@pytest.mark.parametrize(
    ("step", "label"),
    [
        (Step("read", "grad", (Ref(0),)), "a.grad"),
        (Step("ask", "children", (Ref(0),)), "children of a"),
        (Step("ask", "is_a", (Ref(0), "Value")), "isinstance(a, Value)"),
        (Step("ask", "label", (Ref(0),)), "as it was"),
        (Step("read", "grad", (Ref(1),)), "as it was"),
    ],
)
def test_a_label_names_the_node_where_it_has_a_form_for_that(step: Step, label: str) -> None:
    assert label_of(step, "as it was", {0: "a"}) == label
