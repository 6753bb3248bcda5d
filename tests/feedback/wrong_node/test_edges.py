"""What goes along one use of a node is asked of one operation by itself, with right values."""

from typing import Any

import pytest

from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.feedback.wrong_node.edges import Edge, EdgeProbe, edges_to, number_in, runs_of


def check(Value: Any) -> dict[str, Any]:
    a = Value(3.0)
    b = Value(4.0)
    c = a * b
    d = c * a
    d.backward()
    return {"a.grad": a.grad}


PROGRAM = record(check)
A, B, C, D = range(4)
PROBE = EdgeProbe(PROGRAM, D, {A: 3.0, B: 4.0, C: 12.0, D: 36.0}, 2.0)


def answer(program: Program) -> float | None:
    return number_in(program, Textbook().answer(program))


def test_a_node_has_an_edge_for_each_use_the_nearest_to_the_root_first() -> None:
    assert edges_to(PROGRAM, A, rule_runs=runs_of(PROGRAM)) == [Edge(D, 1), Edge(C, 0)]


def test_an_operation_that_uses_a_node_twice_is_two_edges() -> None:
    program = record(lambda Value: twice(Value(3.0)))

    assert edges_to(program, 0, rule_runs=runs_of(program)) == [Edge(1, 0), Edge(1, 1)]


def twice(node: Any) -> dict[str, Any]:
    square = node * node
    square.backward()
    return {"grad": node.grad}


def test_nothing_goes_along_an_edge_whose_rule_never_runs() -> None:
    def one_step(Value: Any) -> dict[str, Any]:
        a = Value(3.0)
        b = a * 2.0
        c = b * 2.0
        c._backward()
        return {"a.grad": a.grad}

    program = record(one_step)

    assert runs_of(program) == {2: 1}
    assert edges_to(program, 0, rule_runs=runs_of(program)) == []


def test_two_passes_run_a_rule_twice() -> None:
    def passes(Value: Any) -> dict[str, Any]:
        a = Value(3.0)
        b = a * 2.0
        c = b * 2.0
        b.backward()
        c.backward()
        return {"a.grad": a.grad}

    assert runs_of(record(passes)) == {0: 2, 1: 2, 2: 1}


@pytest.mark.parametrize(("place", "share"), [(0, 2.0 * 3.0), (1, 2.0 * 12.0)])
def test_a_share_is_the_same_by_a_pass_and_by_the_rule_alone(place: int, share: float) -> None:
    assert answer(PROBE.by_backward(place)) == share
    assert answer(PROBE.by_rule(place)) == share


def test_a_rule_adds_to_what_is_there_already() -> None:
    assert answer(PROBE.by_rule(0, before=10.0)) == 16.0


def test_the_shares_of_all_uses_come_together() -> None:
    program = record(lambda Value: twice(Value(3.0)))
    probe = EdgeProbe(program, 1, {0: 3.0, 1: 9.0}, 2.0)

    assert (answer(probe.by_rule(0)), answer(probe.by_rule_together(0))) == (6.0, 12.0)


def test_a_pass_from_the_operation_itself_begins_with_1() -> None:
    assert answer(PROBE.by_its_root(0)) == 3.0


def test_an_answer_that_is_no_number_is_none() -> None:
    program = record(lambda Value: {"a": Value(1.0)})

    assert answer(program) is None
