"""Names that people write differently are one name; others are not."""

import pytest

from grader.engines.interpreter.forms.member_names import is_near


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        *(("ReLU", "relu"), ("relu_", "relu"), ("_tanh", "tanh"), ("ln", "log"), ("power", "pow")),
        *(("zeroGrad", "zero_grad"), ("reset_grads", "zero_grad"), ("logistic", "sigmoid")),
        *(("cosine", "cos"), ("square_root", "sqrt"), ("Sin", "sin")),
    ],
)
def test_a_near_name_is_the_same(name: str, wanted: str) -> None:
    assert is_near(name, wanted)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("leaky_relu", "relu"), ("expm1", "exp"), ("tan", "tanh"), ("arcsin", "sin"), ("", "log")],
)
def test_another_function_is_another(name: str, wanted: str) -> None:
    assert not is_near(name, wanted)
