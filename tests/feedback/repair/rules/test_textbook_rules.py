"""The rules of the field in a student's own names."""

import pytest

from grader.feedback.repair.rules.textbook_rules import composed, operation, shares_of, value_of


@pytest.mark.parametrize(
    ("method", "parameters", "shares"),
    [
        ("__add__", ["self", "other"], {"self": "out.g", "other": "out.g"}),
        ("__mul__", ["a", "b"], {"a": "b.v * out.g", "b": "a.v * out.g"}),
        ("__pow__", ["self", "n"], {"self": "n * self.v ** (n - 1) * out.g"}),
        ("tanh", ["self"], {"self": "(1 - out.v ** 2) * out.g"}),
        ("sin", ["self"], {"self": "np.cos(self.v) * out.g"}),
        ("cos", ["x"], {"x": "-np.sin(x.v) * out.g"}),
        ("sqrt", ["self"], {"self": "out.g / (2 * out.v)"}),
        ("__mul__", ["self"], {}),
        ("backward", ["self"], {}),
    ],
)
def test_shares_are_written_in_the_names_of_a_method(
    method: str, parameters: list[str], shares: dict[str, str]
) -> None:
    words = {"up": "out.g", "out": "out.v", "functions": "np"}

    assert shares_of(method, parameters, "v", words) == shares


def test_a_share_asks_math_where_a_source_has_no_functions() -> None:
    words = {"up": "g", "out": "out", "functions": ""}

    assert shares_of("sin", ["x"], "v", words) == {"x": '__import__("math").cos(x.v) * g'}


def test_a_value_is_written_with_the_package_that_a_source_has() -> None:
    assert value_of("__sub__", ["self", "other"], "data", "") == "self.data - other.data"
    assert value_of("exp", ["self"], "data", "np") == "np.exp(self.data)"
    assert value_of("__pow__", ["self"], "data", "") == ""


def test_an_operation_may_be_written_by_others() -> None:
    assert composed("__sub__", ["self", "other"], "Value") == ("self + (-other)",)
    assert composed("__rsub__", ["self", "other"], "Value")[1] == "Value(other) - self"
    assert composed("__neg__", [], "Value") == ()


def test_the_operation_of_a_method_is_its_name_without_underscores() -> None:
    assert [operation(one) for one in ("__power__", "__rsub__", "tanh")] == ["pow", "rsub", "tanh"]
