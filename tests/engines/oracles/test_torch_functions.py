"""Torch's own functions and optimizers answer Programs, and agree with plain definitions."""

from collections.abc import Callable
from typing import Any

import pytest

from grader import Value, numbers_of
from grader.engines.compare import ORACLES_RELATIVE, compare
from grader.engines.oracles.definition import Definition, textbook_with
from grader.exercises.check_recorder import record

torch = pytest.importorskip("torch", reason="torch is not installed, so it cannot be compared")
pytorch = pytest.importorskip("grader.engines.oracles.pytorch")


def both(x: Any, y: Any) -> Any:
    return [x * y, (x + y, 2.0)]


def total(rows: Any, *, scale: Any) -> Any:
    return (rows[0] + rows[1]) * scale


def cut(parameters: Any) -> None:
    for one in parameters:
        one.grad = max(-2.0, min(2.0, one.grad))


class Descent:
    """Moves nodes by their gradients."""

    def __init__(self, parameters: Any, lr: float) -> None:
        self.parameters, self.lr = parameters, lr

    def step(self) -> None:
        for one in self.parameters:
            one.data -= self.lr * one.grad

    def zero_grad(self) -> None:
        for one in self.parameters:
            one.grad = 0.0


DEFINITIONS = [
    Definition("both", plain=both, torch=both),
    Definition("total", plain=total, torch=total),
    Definition("Descent", plain=Descent, torch=lambda of, lr: torch.optim.SGD(of, lr=lr)),
    Definition("still", plain=lambda x: Value(x.data), torch=lambda x: x.detach()),
    Definition("cut", plain=cut, torch=lambda of: torch.nn.utils.clip_grad_value_(of, 2.0)),
]


def lists(Value: Any, softmax: Any, log_softmax: Any, max: Any) -> dict[str, Any]:  # noqa: A002
    a, b, c = Value(1.0), Value(-2.0), Value(3.0)
    p, q = softmax([a, b, c]), log_softmax((c, a))
    loss = p[0] * q[1] + max([a, b * c, c])
    loss.backward()
    return {"p": numbers_of(p), "q": numbers_of(q), "a": a.grad, "b": b.grad, "c": c.grad}


def several(Value: Any, both: Any, total: Any) -> dict[str, Any]:
    a, b = Value(1.5), Value(-2.0)
    product, (added, two) = both(a, b)
    loss = total([product, added], scale=a)
    loss.backward()
    return {"loss": loss.data, "two": two, "a": a.grad, "b": b.grad}


def one_step_back(Value: Any, both: Any) -> dict[str, Any]:
    a, b = Value(1.5), Value(-2.0)
    product, _ = both(a, b)
    product.grad = 3.0
    product._backward()
    return {"a": a.grad, "b": b.grad}


def descent(Value: Any, Descent: Any) -> dict[str, Any]:
    w, b = Value(1.0), Value(2.0)
    descent = Descent([w, b], lr=0.1)
    seen = {"lr": descent.lr}
    for step in range(3):
        descent.zero_grad()
        loss = (w * 3.0 + b) ** 2
        loss.backward()
        descent.step()
        seen |= {f"w {step}": w.data, f"b {step}": b.data}
    w.data = 0.5
    (w * w).backward()
    descent.step()
    return {**seen, "w set": w.data, "b": b.data}


def gradients_in_place(Value: Any, cut: Any, total: Any) -> dict[str, Any]:
    a, b, c = Value(1.0), Value(2.0), Value(3.0)
    loss = a * 5.0 - b * 7.0 + c
    loss.backward()
    cut([a, b, c])
    more = total([a, b], scale=c)
    more.backward()
    return {"a": a.grad, "b": b.grad, "c": c.grad}


def arrays(Tensor: Any, total: Any) -> dict[str, Any]:
    a = Tensor([[1.0, 2.0]], requires_grad=True)
    b = Tensor([[3.0, -1.0]], requires_grad=True)
    c = total([a, b], scale=a)
    c.backward([[1.0, 0.5]])
    return {"c": c.data, "a": a.grad, "b": b.grad}


def detached(Value: Any, still: Any) -> dict[str, Any]:
    a = Value(1.5)
    b = still(a)
    c = a * b
    c.backward()
    still(c).backward()
    return {"b": b.data, "a.grad": a.grad, "b.grad": b.grad}


def operators(Tensor: Any) -> dict[str, Any]:
    a = Tensor([[1.0, 2.0]], requires_grad=True)
    b = Tensor([[3.0], [-1.0]], requires_grad=True)
    c = (2.0 - a) * b / (1.0 + a) - 3.0 / b + (-a) ** 2 * 0.5
    c.backward([[1.0, 0.5], [2.0, -1.0]])
    return {"c": c.data, "a": a.grad, "b": b.grad}


@pytest.mark.parametrize(
    "check",
    [lists, several, one_step_back, descent, gradients_in_place, arrays, detached, operators],
)
def test_torch_and_a_plain_definition_agree(check: Callable[..., Any]) -> None:
    program, first = record(check), textbook_with(DEFINITIONS)
    second = pytorch.SecondOracle(DEFINITIONS, first)

    want, got = first.answer(program), second.answer(program)

    assert want.ended == got.ended == "answered", (want, got)
    assert compare(program, want, got, relative=ORACLES_RELATIVE) is None


def test_an_optimizer_has_torch_s_options_and_no_others() -> None:
    def check(Value: Any, Descent: Any) -> dict[str, Any]:
        return {"": Descent([Value(1.0)], lr=0.1).rate}

    observation = pytorch.SecondOracle(DEFINITIONS, textbook_with([])).answer(record(check))

    assert observation.fault is not None
    assert observation.fault.message == "torch's optimizer has no option 'rate'"


def test_arrays_of_numpy_s_become_tensors() -> None:
    numpy = pytest.importorskip("numpy")

    def check(score: Any) -> dict[str, Any]:
        return {"": score(numpy.array([[1.0, 2.0]]), numpy.array([1]))}

    score = Definition("score", plain=len, torch=lambda rows, at: rows[0, at] * 2)
    answers = pytorch.SecondOracle([score], textbook_with([])).answer(record(check)).answers

    assert [answer.value.entries for answer in answers.values()] == [(4.0,)]


def test_where_torch_has_no_such_thing_differences_answer() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        a.cube().backward()
        return {"a.grad": a.grad}

    cube = [Definition("cube", plain=lambda x: x * x * x)]
    first = textbook_with(cube)
    second = pytorch.SecondOracle(cube, first)

    assert second.confirms(record(check))
    assert second.answer(record(check)).answers == first.answer(record(check)).answers
    assert second.confirms(record(lists))
