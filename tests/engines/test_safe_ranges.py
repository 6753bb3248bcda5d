"""A Program is safe where two right engines cannot differ: off kinks and poles, not too large."""

from typing import Any

import pytest

from grader.engines.oracles.textbook import Textbook
from grader.engines.probes import probe
from grader.engines.program import Program
from grader.engines.safe_ranges import is_safe
from grader.exercises.check_recorder import record

CLOSE: dict[str, Any] = {
    "relu near 0": lambda Value: {"b": Value(0.01).relu()},
    "abs near 0": lambda Value: {"b": abs(Value(-0.01))},
    "log near 0": lambda Value: {"b": Value(0.1).log()},
    "exp of much": lambda Value: {"b": Value(6.0).exp()},
    "division by little": lambda Value: {"b": Value(1.0) / Value(0.1)},
    "a root near 0": lambda Value: {"b": Value(0.1) ** 0.5},
    "what is looked at is no number": lambda Value: {"b": (Value(1.0) * 0.0) ** -1},
    "a large value": lambda Value: {"b": Value(200.0) * Value(200.0)},
}
FAR: dict[str, Any] = {
    "relu": lambda Value: {"b": Value(-0.5).relu()},
    "log": lambda Value: {"b": Value(0.5).log()},
    "division": lambda Value: {"b": Value(1.0) / Value(0.5)},
    "a square near 0": lambda Value: {"b": Value(0.1) ** 2},
    "a root": lambda Value: {"b": Value(0.5) ** 0.5},
}


def safe(program: Program) -> bool:
    probes = probe(program)
    return is_safe(program, probes, Textbook().answer(probes.program))


@pytest.mark.parametrize("program", CLOSE)
def test_close_to_a_kink_or_a_pole_or_too_large_is_not_safe(program: str) -> None:
    assert not safe(record(CLOSE[program]))


@pytest.mark.parametrize("program", FAR)
def test_away_from_them_is_safe(program: str) -> None:
    assert safe(record(FAR[program]))


def test_a_large_gradient_is_not_safe_though_every_value_is_small() -> None:
    def steep(Value: Any) -> dict[str, Any]:
        a = Value(0.001)
        b = a * 9000.0 * 900.0
        b.backward()
        return {"a.grad": a.grad}

    assert not safe(record(steep))


def test_a_function_over_tensors_counts_as_the_operation_that_it_is() -> None:
    def close(Tensor: Any, ReLU: Any) -> dict[str, Any]:
        a = Tensor([0.01, 1.0])
        return {"b": ReLU().forward(a).data}

    def far(Tensor: Any, ReLU: Any) -> dict[str, Any]:
        a = Tensor([0.5, -1.0])
        return {"b": ReLU().forward(a).data}

    assert (safe(record(close)), safe(record(far))) == (False, True)
