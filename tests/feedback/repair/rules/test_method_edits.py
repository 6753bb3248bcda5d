"""Methods: those that are missing, misnamed, or wrong as a whole."""

import math

import pytest

from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import edited
from tests.feedback.repair.engine import ENGINE, giving, mending, with_fault

FUNCTIONS = frozenset({"sin", "cos", "sqrt", "exp", "relu"})


def answers(source: str, expression: str) -> list[float]:
    """Return what is worked out with each edit of a missing or a wrong method, where it runs."""
    found = []
    operations = frozenset({"radd", "rmul", "rsub", "rtruediv", "truediv", "sub"}) | FUNCTIONS
    for one in candidates((source,), Suspicion(operations)):
        if one.kind in ("reflected operator", "missing method", "whole method", "detached"):
            names: dict[str, object] = {}
            exec(edited((source,), one.edits)[0], names)
            try:
                found.append(eval(expression, names).data)
            except (TypeError, RecursionError, AttributeError):
                continue
    return found


@pytest.mark.parametrize(
    ("expression", "right"),
    [("Value(6.0) / Value(4.0)", 1.5), ("Value(5.0) - Value(2.0)", 3.0)],
)
def test_a_method_that_is_asked_for_and_missing_is_added(expression: str, right: float) -> None:
    source = with_fault("    def __sub__(self, other):\n        return self + (-other)\n\n", "")

    assert right in answers(source, expression)


@pytest.mark.parametrize(
    ("expression", "right"),
    [
        ("Value(0.5).sin()", math.sin(0.5)),
        ("Value(0.5).cos()", math.cos(0.5)),
        ("Value(6.25).sqrt()", 2.5),
        ("Value(0.5).exp()", math.exp(0.5)),
        ("Value(0.5).relu()", 0.5),
    ],
)
def test_a_function_that_is_asked_for_and_missing_is_added(expression: str, right: float) -> None:
    assert right in answers(ENGINE, expression)


def test_a_number_on_the_left_gets_a_method() -> None:
    before = "out = Value(self.data + other.data"
    wrapped = "other = other if isinstance(other, Value) else Value(other)\n        "

    assert 3.0 in answers(with_fault(before, wrapped + before), "1 + Value(2.0)")


def test_a_method_under_another_name_is_called_by_its_right_one() -> None:
    mended = mending("def __sub__", "def __minus__", "sub")

    assert mended is not None
    assert mended.kind == "name"


def test_a_result_made_from_plain_numbers_is_made_by_operations() -> None:
    mended = mending("return self + (-other)", "return Value(self.data - other.data)")

    assert mended is not None
    assert (mended.kind, mended.function) == ("detached", "__sub__")


def test_a_number_beside_a_node_is_made_one() -> None:
    kinds = {
        one.kind
        for one in candidates((ENGINE,), Suspicion())
        if one.edits[0].text.strip()
        == "other = other if isinstance(other, Value) else Value(other)"
    }

    assert kinds == {"number not wrapped"}


def test_a_text_shows_the_number_where_one_is_asked_for() -> None:
    source = ENGINE.replace(
        "    def __neg__", "    def __repr__(self):\n        return ''\n\n    def __neg__"
    )

    kinds = {one.kind for one in candidates((source,), Suspicion(frozenset({"text"})))}

    assert "text" in kinds


def test_a_method_that_works_out_a_plain_number_is_called_that() -> None:
    source = with_fault("return self + (-other)", "return self.data - other.data")

    kinds = {
        one.kind
        for one in candidates((source,), Suspicion(frozenset({"sub"})))
        if one.function == "__sub__" and "def _backward" in one.edits[0].text
    }

    assert kinds == {"plain number"}


def test_a_method_under_a_name_that_python_does_not_look_for_gets_the_right_one() -> None:
    mended = mending("def __pow__(self, n):", "def __power__(self, n):", "pow")

    assert mended is not None
    assert mended.kind == "name"


def test_a_method_is_replaced_in_an_engine_that_keeps_no_operands() -> None:
    rule = (
        "        def _backward():\n            self.grad += out.grad\n"
        "            other.grad += out.grad\n\n        out._backward = _backward\n"
    )
    plain = ENGINE.partition("    def __neg__")[0].replace(', _children=(), _op=""', "")
    plain = plain.replace("        self._prev = tuple(_children)\n        self._op = _op\n", "")
    plain = plain.replace(', (self, other), "+")', ")").replace(', (self, other), "*")', ")")
    assert plain.count(rule) == 1

    mended = giving(plain.replace(rule, "        self.grad += 1.0\n"), plain)

    assert mended is not None
    assert (mended.kind, mended.function) == ("whole method", "__add__")
