"""What stands where a number belongs."""

import pytest

from tests.sandbox.conftest import GradeSource
from tests.sandbox.engines import instead, messages

NOT_NUMBERS = {
    "None": ("None", "square.data is None"),
    "a string": ("str(self.data)", "square.data is the string '1.234567'"),
    "a long string": ("'x' * 10**6", "square.data is the string"),
    "a list": ("[self.data]", "square.data is a list of 1"),
    "a tuple": ("(self.data, 1)", "square.data is a tuple of 2"),
    "a dict": ("{1: 2}", "square.data is a dict of 1"),
    "complex": ("complex(self.data)", "square.data is the complex number (1.234567+0j)"),
    "bytes": ("b'1.5'", "square.data is a bytes of 3"),
    "a Value": ("Value(1.0)", "square.data is a Value"),
    "a function": ("lambda: 1.0", "square.data is a function"),
    "a class": ("float", "square.data is a type"),
    "nan": ("float('nan')", "square.data is nan"),
    "inf": ("float('inf')", "square.data is inf"),
    "True": ("True", "square.data is True"),
    "a number of a million bits": (
        "1 << 10**6",
        "square.data is an integer of more than 1000 bits",
    ),
    "a Decimal": ("__import__('decimal').Decimal(1)", "square.data is a Decimal"),
    "a Fraction": ("__import__('fractions').Fraction(1)", "square.data is a Fraction"),
    "a method": ("self.backward", "square.data is a method"),
    "an exception": ("ValueError('x')", "square.data is a ValueError"),
}


@pytest.mark.parametrize(("data", "says"), NOT_NUMBERS.values(), ids=list(NOT_NUMBERS))
def test_what_is_not_a_number_is_called_what_it_is(
    grade_source: GradeSource, data: str, says: str
) -> None:
    source = instead("Value(self.data ** n,", f"Value({data},")

    report = grade_source(source)

    assert report.score <= 2
    assert messages(report)[0].startswith(says)
    assert messages(report)[0].endswith(", expected 1.524155677489")
    assert len(messages(report)[0]) < 300


@pytest.mark.parametrize(
    ("grad", "says"),
    [
        ("None", "None"),
        ("'0'", "the string '0'"),
        ("[]", "a list of 0"),
        ("0j", "the complex number 0j"),
    ],
)
def test_a_gradient_that_is_not_a_number_is_called_what_it_is(
    grade_source: GradeSource, grad: str, says: str
) -> None:
    report = grade_source(instead("self.grad = 0", f"self.grad = {grad}"), "ex3")

    assert report.score == 0
    assert messages(report)[0] == f"a.grad is {says}, expected 0.0"


def test_a_result_that_is_a_plain_number_is_no_value(grade_source: GradeSource) -> None:
    report = grade_source(instead("return self + (-other)", "return self.data - other.data"))

    assert messages(report)[0] == (
        "`err.data` raises AttributeError: 'int' object has no attribute 'data'"
    )


def test_a_missing_return_is_told_as_python_tells_it(grade_source: GradeSource) -> None:
    report = grade_source(instead("return self + (-other)", "err = self + (-other)"))

    assert messages(report)[0] == (
        "`loss = err ** 2` raises TypeError: unsupported operand type(s) for ** or pow():"
        " 'NoneType' and 'int'"
    )


def test_an_array_where_a_number_belongs_is_named_by_its_shape(grade_source: GradeSource) -> None:
    pytest.importorskip("numpy")
    source = "import numpy as np\n" + instead(
        "Value(self.data ** n,", "Value(np.array([self.data] * 3),"
    )

    report = grade_source(source)

    assert messages(report)[0] == "square.data has the shape (3,), expected a single number"


def test_an_empty_array_is_no_number(grade_source: GradeSource) -> None:
    pytest.importorskip("numpy")
    source = "import numpy as np\n" + instead("Value(self.data ** n,", "Value(np.array([]),")

    report = grade_source(source)

    assert messages(report)[0] == "square.data has the shape (0,), expected a single number"


def test_a_class_that_calls_itself_an_array_is_none(grade_source: GradeSource) -> None:
    source = """
import sys, types
sys.modules["numpy"] = types.ModuleType("numpy")

class ndarray:
    shape = ()
    def item(self): return 1.524155677489

""" + instead("Value(self.data ** n,", "Value(ndarray(),")

    report = grade_source(source)

    assert messages(report)[0] == "square.data is a ndarray, expected 1.524155677489"
