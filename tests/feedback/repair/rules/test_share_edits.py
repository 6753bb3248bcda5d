"""Shares: how they are kept, and what they should be."""

import pytest

from tests.feedback.repair.engine import ENGINE, giving, mending, with_fault

PRODUCT = "self.grad += other.data * out.grad"
POWER = "self.grad += n * self.data ** (n - 1) * out.grad"


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        (PRODUCT, "self.grad = other.data * out.grad", "overwritten"),
        (PRODUCT, "self.grad -= other.data * out.grad", "sign of a share"),
        (POWER, "self.grad += 2 * self.data * out.grad", "formula"),
        ("(self.data ** n, (self,)", "(self.data + n, (self,)", "value"),
        ("self.grad = 0.0", "self.grad = None", "first value"),
        ("self._backward = lambda: None", "self._backward = 0", "first value"),
        ("self._prev = tuple(_children)", "self._prev = ()", "children"),
        ("self._op = _op", 'self._op = ""', "first value"),
        ("self.grad = 1.0", "self.grad = self.data", "seed"),
    ],
)
def test_a_fault_of_what_is_kept_is_mended(right: str, wrong: str, kind: str) -> None:
    if kind == "children":  # as the argument is, or as its tuple
        right, wrong = "self._prev = tuple(_children)", "self._prev = ()"
        mended = giving(with_fault(right, wrong), ENGINE.replace("tuple(_children)", "_children"))
    else:
        mended = mending(right, wrong)

    assert mended is not None
    assert mended.kind == kind


TANH = "    def tanh(self):"


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("sin", "math.cos(self.data) * out.grad", "math.sin(self.data) * out.grad"),
        ("sin", "math.cos(self.data) * out.grad", "out.data * out.grad"),
        ("cos", "-math.sin(self.data) * out.grad", "math.sin(self.data) * out.grad"),
        ("sqrt", "out.grad / (2 * out.data)", "out.grad / (2 * self.data)"),
        ("sqrt", "out.grad / (2 * out.data)", "0.5 * self.data * out.grad"),
    ],
)
def test_the_slope_of_a_sine_a_cosine_and_a_root_is_known(
    name: str, right: str, wrong: str
) -> None:
    method = f"""\
    def {name}(self):
        out = Value(math.{name}(self.data), (self,), "{name}")

        def _backward():
            self.grad += {right}

        out._backward = _backward
        return out

"""
    engine = with_fault(TANH, method + TANH)

    mended = giving(engine.replace(right, wrong), engine, name)

    assert mended is not None


def test_the_value_of_a_sine_is_known() -> None:
    sine = "    def sin(self):\n        return Value(math.sin(self.data), (self,))\n\n"
    engine = with_fault(TANH, sine + TANH)

    mended = giving(engine.replace("math.sin", "math.cos"), engine, "sin")

    assert mended is not None


def test_two_shares_that_are_overwritten_are_mended_by_one_edit() -> None:
    right = "self.grad += out.grad\n            other.grad += out.grad"

    mended = mending(right, right.replace("+=", "="))

    assert mended is not None
    assert (mended.kind, len(mended.edits)) == ("overwritten", 2)


def test_an_operand_without_a_share_gets_the_right_one() -> None:
    mended = mending("            other.grad += self.data * out.grad\n", "")

    assert mended is not None
    assert (mended.kind, mended.function) == ("share missing", "__mul__")


def test_a_rule_in_a_tuple_gets_the_right_share() -> None:
    made = "return V(1, (self, other), lambda g: (g, g))"
    before = f"class V:\n    def __sub__(self, other):\n        {made}\n"

    mended = giving(before, before.replace("(g, g)", "(g, -g)"))

    assert mended is not None


def test_a_number_that_is_set_is_no_share() -> None:
    assert giving(ENGINE, ENGINE.replace("self.grad = 1.0", "self.grad += 1.0")) is None
