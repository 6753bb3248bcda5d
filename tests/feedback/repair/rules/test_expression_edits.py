"""Expressions: operands, signs, constants, conditions and calls."""

import pytest

from grader.feedback.repair.candidates import Suspicion, candidates
from tests.feedback.repair.engine import ENGINE, giving, mending

ATTACHED = "out._backward = _backward\n        return out\n\n    def tanh"
SHARE = "self.grad += other.data * out.grad"


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        (SHARE, "self.grad += self.data * out.grad", "operand"),
        (SHARE, "self.grad += other.grad * out.grad", "data or gradient"),
        (SHARE, "self.grad += other.data * out.data", "data or gradient"),
        (SHARE, "self.grad += other * out.grad", "data or gradient"),
        (SHARE, "self.grad += -other.data * out.grad", "sign"),
        ("return self + (-other)", "return self + other", "sign"),
        ("return self + (-other)", "return data + (-other)", "self missing"),
        ("        self.grad = 1.0\n", "        self.data = 1.0\n", "data or gradient"),
        ("self.grad = 1.0", "self.grad = 2.0", "constant"),
        ("self.data = data", "self.data = int(data)", "call too much"),
        (ATTACHED, ATTACHED.replace("= _backward", "= _backward()"), "rule called"),
        ("(1 - t ** 2)", "(1 - self.data ** 2)", "operand"),
        ("in node._prev:", "in node._prev[:1]:", "part left out"),
        ('(self, other), "*")', '(self, other), "+")', "name"),
    ],
)
def test_a_fault_of_one_expression_is_mended(right: str, wrong: str, kind: str) -> None:
    mended = mending(right, wrong)

    assert mended is not None
    assert mended.kind in (kind, "first value", "seed")


def test_operands_that_change_places_in_a_rule_are_one_edit() -> None:
    right = "self.grad += other.data * out.grad\n            other.grad += self.data * out.grad"
    wrong = "self.grad += self.data * out.grad\n            other.grad += other.data * out.grad"

    mended = mending(right, wrong)

    assert mended is not None
    assert (mended.kind, len(mended.edits)) == ("operands swapped", 2)


def test_a_statement_that_calls_is_never_left_as_a_name() -> None:
    source = ENGINE.replace("self.grad = 1.0", "self.reset()")

    kinds = {
        one.kind
        for one in candidates((source,), Suspicion())
        if one.function == "backward" and one.edits[0].text == "self.reset"
    }

    assert kinds == set()


def test_an_annotation_and_a_text_are_left_alone() -> None:
    source = 'def f(x: int = 3) -> float:\n    """Returns 4."""\n    return g(x)\n'

    assert not [one for one in candidates((source,), Suspicion()) if one.edits[0].start < 47]


def test_a_pair_that_is_kept_is_turned_round() -> None:
    after = "def trace(root):\n    edges = set()\n    edges.add((root, end))\n    return edges\n"

    mended = giving(after.replace("root, end", "end, root"), after)

    assert mended is not None
    assert mended.kind == "operands swapped"
