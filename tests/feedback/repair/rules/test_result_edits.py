"""Results: what is returned, and what becomes of a rule."""

import pytest

from tests.feedback.repair.engine import ENGINE, giving, mending, with_fault

ATTACHED = "        out._backward = _backward\n        return out\n\n    def tanh"


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        (ATTACHED, ATTACHED.replace("        return out\n", ""), "no result"),
        (ATTACHED, ATTACHED.replace("return out", "return self"), "another result"),
        (
            ATTACHED,
            ATTACHED.replace("        out._backward = _backward\n", ""),
            "rule not attached",
        ),
        (ATTACHED, ATTACHED.replace("out._b", "self._b"), "rule not attached"),
        ("return self + (-other)", "self + (-other)", "no result"),
        ("return self + (-other)", "print(self + (-other))", "printed"),
        ("node._backward()", "node._backward", "not called"),
    ],
)
def test_a_fault_of_a_result_is_mended(right: str, wrong: str, kind: str) -> None:
    mended = mending(right, wrong)

    assert mended is not None
    assert mended.kind == kind


def test_what_a_function_inside_returns_is_not_the_method_s_result() -> None:
    source = with_fault("        return out\n\n    def tanh", "\n    def tanh")

    mended = giving(source, ENGINE, "pow")

    assert mended is not None
    assert mended.weight < 2
