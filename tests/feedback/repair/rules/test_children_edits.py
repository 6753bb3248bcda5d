"""Children: what a node is told that it was made from."""

from tests.feedback.repair.engine import ENGINE, giving, mending, with_fault


def test_a_result_that_is_told_no_operands_is_told_both() -> None:
    before = with_fault('(self.data * other.data, (self, other), "*")', "(self.data * other.data)")
    told = "(self.data * other.data, _children=(self, other))"

    after = ENGINE.replace('(self.data * other.data, (self, other), "*")', told)
    mended = giving(before, after)

    assert mended is not None
    assert (mended.kind, mended.function) == ("children", "__mul__")


def test_a_result_that_is_told_one_operand_is_told_both() -> None:
    mended = mending('(self, other), "*")', '(self,), "*")')

    assert mended is not None
    assert mended.kind == "children"


def test_a_constructor_that_sets_no_gradient_sets_one() -> None:
    mended = giving(
        with_fault("        self._op = _op\n", ""),
        ENGINE.replace("        self._op = _op\n", "        self.grad = 0.0\n"),
    )

    assert mended is not None
    assert mended.kind == "line missing"
