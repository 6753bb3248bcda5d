"""Programs: what they are called does not matter, and parts of them are Programs again."""

from typing import Any

from hypothesis import assume, given, settings

from grader import is_a
from grader.engines.interpreter.execute import Implementation, execute
from grader.engines.oracles.textbook import NAMES
from grader.engines.program import Keyword, Observed, Program, Ref, Rows, Step
from grader.exercises.check_recorder import record
from grader.feedback.wording.source import source
from tests.drawn import programs

REFERENCE = Implementation(NAMES)


def two_graphs(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    b = Value(3.0)
    c = a * b
    p = Value(5.0)
    q = p + p
    q.backward()
    c.backward()
    return {"q.data": q.data, "a.grad": a.grad}


def changed_leaf(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    b = Value(3.0)
    a + b
    return {"a.data": a.data}


def unused_results(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    unused = a + a
    _ = unused * a
    b = -a
    seen = {"b.data": b.data}
    return seen | {"later.data": (a * a).data}


def descent(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    loss = a * a
    loss.backward()
    a.data -= 0.1 * a.grad
    return {"a.data": a.data, "loss.data": loss.data}


def names_differ(Value: Any) -> dict[str, Any]:
    weight = Value(2.0)
    loss = weight * weight
    loss.backward()
    weight.data -= 0.1 * weight.grad
    return {"the weight": weight.data, "the loss": loss.data}


def whole_number(Value: Any) -> dict[str, Any]:
    a = Value(2)
    loss = a * a
    loss.backward()
    a.data -= 0.1 * a.grad
    return {"a.data": a.data, "loss.data": loss.data}


def test_a_step_knows_which_results_it_uses() -> None:
    step = Step("call", "forward", (Ref(3), 2, "text", Ref(1), None, Ref(3)))

    assert step.refs() == (3, 1, 3)


def test_a_fingerprint_does_not_depend_on_names_and_labels() -> None:
    assert record(descent).fingerprint() == record(names_differ).fingerprint()


def test_a_fingerprint_is_the_same_in_every_run() -> None:
    program = Program((Step("make", "Value", (2.0,)),), (Observed("a", 0),), {0: "a"})

    assert program.fingerprint() == "206ef4b143f35581"


def test_a_fingerprint_tells_a_whole_number_from_a_float() -> None:
    assert record(descent).fingerprint() != record(whole_number).fingerprint()


def test_a_fingerprint_tells_what_is_looked_at() -> None:
    program = record(descent)

    fewer = program._replace(observed=program.observed[:1])

    assert fewer.fingerprint() != program.fingerprint()


def test_a_fingerprint_tells_a_result_from_a_number() -> None:
    one, other = (
        Program((Step("make", "Value", (1,)), Step("make", "Value", (operand,))), ())
        for operand in (Ref(0), 0)
    )

    assert one.fingerprint() != other.fingerprint()


def test_the_fingerprint_of_rows_and_keywords_is_the_same_in_every_run() -> None:
    operands = (Rows((Rows((1.0, 2)),)), Keyword("axis", (0, 1)), True, None)

    assert Program((Step("make", "Tensor", operands),), ()).fingerprint() == "f76f9b1dbd6c111c"


def test_a_program_knows_the_names_that_it_takes() -> None:
    def check(Tensor: Any, Mul: Any, Unused: Any, Kind: Any) -> dict[str, Any]:
        a = Tensor(1.0)
        b = Mul().forward(a, a)
        return {"b": is_a(b, Kind)}

    assert record(check).takes() == {"Tensor", "Mul", "Kind"}


def test_a_part_leaves_out_other_graphs() -> None:
    program = record(two_graphs)

    part = program.up_to(program.observed[1].at)

    assert source(part) == (
        "a = Value(2.0)\nb = Value(3.0)\nc = a * b\nc.backward()\nprint(a.grad)"
    )


def test_a_part_leaves_out_what_comes_later_and_what_nothing_uses() -> None:
    program = record(unused_results)

    part = program.up_to(program.observed[0].at)

    assert source(part) == "a = Value(2.0)\nb = -a\nprint(b.data)"


def test_a_part_that_looks_at_a_leaf_keeps_the_operations_that_may_have_changed_it() -> None:
    program = record(changed_leaf)

    part = program.up_to(program.observed[0].at)

    assert source(part) == "a = Value(2.0)\nb = Value(3.0)\na + b\nprint(a.data)"


def test_a_part_keeps_every_effect_on_what_it_looks_at() -> None:
    program = record(descent)

    part = program.up_to(program.observed[0].at)

    assert source(part) == (
        "a = Value(2.0)\n"
        "loss = a * a\n"
        "loss.backward()\n"
        "a.data = a.data - 0.1 * a.grad\n"
        "print(a.data)"
    )


def test_a_part_keeps_an_earlier_step_on_request() -> None:
    program = record(unused_results)

    part = program.up_to(program.observed[0].at, also=2)

    assert source(part) == ("a = Value(2.0)\nunused = a + a\n_ = unused * a\nb = -a\nprint(b.data)")


def test_a_part_looks_at_its_last_result_under_the_label_it_had() -> None:
    program = record(two_graphs)

    part = program.up_to(program.observed[1].at)

    assert part.observed == (Observed("a.grad", 4),)


def test_a_part_that_ends_with_an_effect_looks_at_nothing() -> None:
    program = record(descent)

    part = program.up_to(2)

    assert part.steps == program.steps[:3]
    assert part.observed == ()


def test_a_part_that_ends_with_a_result_looks_at_it_though_the_whole_does_not() -> None:
    program = record(descent)

    part = program.up_to(1)

    assert part.observed == (Observed("", 1),)


def test_a_part_keeps_the_names_of_what_it_keeps() -> None:
    program = record(two_graphs)

    part = program.up_to(4)

    assert part.names == {0: "p", 1: "q"}


@settings(deadline=None)
@given(programs())
def test_a_part_answers_as_the_whole_does(program: Program) -> None:
    whole = execute(program, REFERENCE)
    assume(whole.ended == "answered")

    parts = {seen.at: execute(program.up_to(seen.at), REFERENCE) for seen in program.observed}

    answered = {at: list(part.answers.values()) for at, part in parts.items()}
    assert repr(answered) == repr({at: [whole.answers[at]] for at in parts})


def test_a_program_can_be_asked_of_an_engine_of_another_name() -> None:
    assert source(record(changed_leaf).taking("Value", "Scalar")) == (
        "a = Scalar(2.0)\nb = Scalar(3.0)\na + b\nprint(a.data)"
    )
