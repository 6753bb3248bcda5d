"""Nodes are told from lists of them, from the objects that hold them, and from plain numbers."""

from typing import Any

from grader import numbers_of
from grader.engines.program_graph import is_leaf, is_moved, nodes, settings
from grader.exercises.check_recorder import record

Looked = dict[str, Any]


def named_nodes(check: Any) -> list[str]:
    program = record(check)
    return [program.names.get(node, program.steps[node].name) for node in nodes(program)]


def test_inputs_and_what_is_computed_are_nodes_and_numbers_are_not() -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        b = a * 2
        c = a.data * 2
        return {"b": b.data, "c": c}

    assert named_nodes(check) == ["a", "b"]


def test_a_list_is_no_node_and_what_is_taken_out_of_it_is_one() -> None:
    def check(Value: Any, softmax: Any) -> Looked:
        a = Value(1.0)
        p = softmax([a, a])
        first = p[0]
        first.backward()
        return {"p": numbers_of(p), "a.grad": a.grad}

    assert named_nodes(check) == ["a", "first"]


def test_an_object_is_no_node_and_what_it_gives_is_one_where_it_is_treated_as_one() -> None:
    def check(Value: Any, SGD: Any, Linear: Any, mse: Any) -> Looked:
        a = Value(1.0)
        optimizer = SGD([a], lr=0.1)
        layer = Linear(1, 1)
        out = layer([a])
        loss = mse(out, [1.0])
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        return {"a.data": a.data}

    assert named_nodes(check) == ["a", "loss"]


def test_a_network_that_is_made_of_numbers_is_no_input() -> None:
    def check(Value: Any, Linear: Any) -> Looked:
        return {"": Linear(2, 1).w[0].data, "a": Value(1.0).data}

    program = record(check)

    assert [step.name for step in program.steps if is_leaf(step)] == ["Value"]


def test_what_is_set_within_an_object_counts_and_what_an_optimizer_holds_may_move() -> None:
    def check(Value: Any, SGD: Any, Linear: Any) -> Looked:
        a, b = Value(1.0), Value(2.0)
        a.data = 3.0
        layer = Linear(1, 1)
        layer.w[0].data = 0.5
        SGD([a], lr=0.1).step()
        return {"a": a.data, "b": b.data}

    program = record(check)

    assert settings(program) == 1
    assert [is_moved(program, node) for node in nodes(program)] == [True, False]
