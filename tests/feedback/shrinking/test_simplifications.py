"""The neighbours of a Program: each kind of simplification, seen in the source that it leaves."""

from typing import Any

from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.feedback.shrinking.candidates import Candidates
from grader.feedback.shrinking.simplifications import shorter, simpler
from grader.feedback.wording.source import source


def check(Value: Any) -> dict[str, Any]:
    a = Value(2.5)
    b = Value(4.0)
    c = a - b
    d = c * b
    d.backward()
    return {"a.grad": a.grad, "b.grad": b.grad}


PROGRAM = record(check)


def sources(programs: Any) -> set[str]:
    return {source(program) for program in programs if sensible(program)}


def sensible(program: Program) -> bool:
    return all(at < index for index, step in enumerate(program.steps) for at in step.refs())


def lines(*code: str) -> str:
    return "\n".join(code)


def test_one_look_alone_is_shorter() -> None:
    assert source(PROGRAM).removesuffix("\nprint(b.grad)") in sources(shorter(PROGRAM))


def test_an_operand_may_stand_for_an_operation() -> None:
    # d = c * b becomes c
    assert lines(
        *("a = Value(2.5)", "b = Value(4.0)", "c = a - b", "c.backward()"),
        *("print(a.grad)", "print(b.grad)"),
    ) in sources(shorter(PROGRAM))


def test_a_graph_is_cut_off_below_with_simple_inputs_in_place_of_it() -> None:
    # c becomes an input of its own, and the look goes to it
    assert lines(
        *("b = Value(1.0)", "c = Value(2.0)", "d = c * b", "d.backward()"),
        *("print(c.grad)", "print(c.grad)"),
    ) in sources(shorter(PROGRAM))


def test_what_nothing_uses_is_left_out() -> None:
    without_pass = lines(
        *("a = Value(2.5)", "b = Value(4.0)", "c = a - b", "d = c * b"),
        *("print(a.grad)", "print(b.grad)"),
    )

    found = sources(shorter(PROGRAM))

    assert any("backward" not in text for text in found)
    assert without_pass not in found  # d is of no use without its pass


def test_a_plainer_operator_comes_in_only_where_it_is_allowed() -> None:
    plainer = source(PROGRAM).replace("a - b", "a + b")

    assert plainer in sources(simpler(PROGRAM, {"add"}))
    assert plainer not in sources(simpler(PROGRAM, {"mul"}))


def test_numbers_become_simpler_all_at_once_and_one_by_one() -> None:
    found = sources(simpler(PROGRAM, ()))

    assert source(PROGRAM).replace("2.5", "1.0").replace("4.0", "2.0") in found
    assert source(PROGRAM).replace("2.5", "3.0") in found
    assert source(PROGRAM).replace("4.0", "-1.0") in found


def test_operands_are_swapped() -> None:
    assert source(PROGRAM).replace("a - b", "b - a") in sources(simpler(PROGRAM, ()))


def test_inputs_are_made_in_the_order_of_their_use() -> None:
    def late(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        b = Value(2.0)
        c = b + a
        return {"c.data": c.data}

    assert lines("b = Value(2.0)", "a = Value(1.0)", "c = b + a", "print(c.data)") in sources(
        simpler(record(late), ())
    )


def test_sizes_labels_and_places_stay_what_they_are() -> None:
    def check(Value: Any, Net: Any, loss: Any) -> dict[str, Any]:
        net = Net(3, [4, 1])
        out = net([Value(7.0)])
        error = loss(out[5], 2)
        return {"": error.data}

    kept = ("Net(3, [4, 1])", "[5]", ", 2)")

    texts = [source(one) for one in simpler(record(check), ("add",))]

    assert texts
    assert all(part in text for text in texts for part in kept)


def test_what_is_set_within_an_object_is_no_step_to_leave_out() -> None:
    def check(Value: Any, Net: Any) -> dict[str, Any]:
        net = Net(1)
        net.w[0].data = 0.5
        out = net([Value(2.0)])[0]
        return {"": out.data}

    candidates = Candidates().shorter(record(check))

    assert all(".data = " in source(one) for _, one in candidates)
