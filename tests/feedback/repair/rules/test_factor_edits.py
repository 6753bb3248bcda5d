"""Factors: one more where it is missing, or a node made of a number."""

from tests.feedback.repair.engine import ENGINE, giving, mending, with_fault


def test_a_rule_without_what_arrives_is_mended_by_the_result_s_gradient() -> None:
    right = "self.grad += n * self.data ** (n - 1) * out.grad"

    mended = mending(right, "self.grad += n * self.data ** (n - 1)")

    assert mended is not None
    assert (mended.kind, mended.function) == ("upstream missing", "__pow__")


def test_both_shares_of_a_product_get_it_by_one_edit() -> None:
    right = "self.grad += other.data * out.grad\n            other.grad += self.data * out.grad"

    mended = mending(right, right.replace(" * out.grad", ""))

    assert mended is not None
    assert (mended.kind, len(mended.edits)) == ("upstream missing", 2)


def test_what_arrives_stands_in_the_place_of_a_one() -> None:
    before = with_fault("self.grad += other.data * out.grad", "self.grad += 1")

    after = ENGINE.replace("self.grad += other.data * out.grad", "self.grad += out.grad")

    assert giving(before, after) is not None


def test_another_factor_is_another_kind() -> None:
    before = ENGINE.replace(
        "n * self.data ** (n - 1) * out.grad", "self.data ** (n - 1) * out.grad"
    )
    after = ENGINE.replace(
        "n * self.data ** (n - 1) * out.grad", "self.data ** (n - 1) * out.grad * n"
    )

    mended = giving(before, after)

    assert mended is not None
    assert mended.kind == "factor missing"


def test_a_plain_number_becomes_a_node_that_knows_its_operands() -> None:
    before = with_fault("return self + (-other)", "return self.data - other.data")

    made = 'return Value(self.data - other.data, _children=(self, other,), _op="-")'
    mended = giving(before, ENGINE.replace("return self + (-other)", made))

    assert mended is not None
    assert mended.kind == "plain number"
