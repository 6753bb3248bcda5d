"""What a Program demands of an engine: its operations, on which side numbers stand, its passes."""

from typing import Any

from grader.engines.demands import AGAIN, FROM_LEAF, NUMBER, demands
from grader.exercises.check_recorder import record


def test_operations_are_demanded_by_name_and_numbers_by_their_side() -> None:
    def asks(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = (a * a - 1).relu() ** 2 + 3 / a
        b.backward()
        return {"a.grad": a.grad}

    found = demands(record(asks))

    assert found == {"mul", "sub: a 2", "relu", "pow: a 2", "truediv: 2 a", "add", NUMBER}


def test_arithmetic_on_numbers_that_were_read_demands_nothing() -> None:
    def step(Value: Any) -> dict[str, Any]:
        w = Value(2.0)
        w.data -= 0.1 * w.grad
        return {"w.data": w.data}

    assert demands(record(step)) == {NUMBER}


def test_two_passes_over_one_graph_are_a_demand_of_their_own() -> None:
    def twice(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = a * a
        b.backward()
        b.backward()
        return {"a.grad": a.grad}

    def inside(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = a * a
        c = b + a
        c.backward()
        b.backward()
        return {"a.grad": a.grad}

    def rebuilt(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        first = a * a
        first.backward()
        second = a * a
        second.backward()
        return {"a.grad": a.grad}

    assert AGAIN in demands(record(twice))
    assert AGAIN in demands(record(inside))
    assert demands(record(rebuilt)) == {"mul", NUMBER}


def test_rules_called_one_by_one_come_by_a_node_each() -> None:
    def by_hand(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = a * a
        c = b + a
        c.grad = 1.0
        c._backward()
        b._backward()
        return {"a.grad": a.grad}

    assert demands(record(by_hand)) == {"mul", "add", NUMBER}


def test_a_pass_from_a_leaf_is_a_demand_beside_another_pass() -> None:
    def alone(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        a.backward()
        return {"a.grad": a.grad}

    def beside(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = a * a
        b.backward()
        a.backward()
        return {"a.grad": a.grad}

    assert demands(record(alone)) == {NUMBER}
    assert demands(record(beside)) == {"mul", FROM_LEAF, NUMBER}


def test_arrays_demand_no_plain_numbers() -> None:
    def arrays(Tensor: Any, Mul: Any) -> dict[str, Any]:
        a = Tensor([1.0, 2.0], requires_grad=True)
        b = Mul().forward(a, a)
        b.backward([1.0, 1.0])
        return {"a.grad": a.grad}

    assert NUMBER not in demands(record(arrays))
