"""A submission that is written for a newer Python is told so, and no other."""

import pytest

from grader.engines.observation import Fault
from grader.grading.surroundings.newer_python import newer_python

WRONG = Fault("SyntaxError", "invalid syntax")
HERE = (3, 11)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("type Number = int | float", "3.12"),
        ("type Pair[T] = tuple[T, T]", "3.12"),
        ("def first[T](xs: list[T]) -> T:", "3.12"),
        ("    async def f[T](x): ...", "3.12"),
        ("class Box[T]:", "3.12"),
        ("except ValueError, TypeError:", "3.14"),
        ("x = t'{name}'", "3.14"),
        ("lazy import numpy", "3.15"),
    ],
)
def test_syntax_of_a_later_version_is_known(text: str, since: str) -> None:
    says = newer_python(WRONG, text, HERE)

    assert says == f"; this is written for Python {since}, and Python 3.11 grades here"


@pytest.mark.parametrize(
    "text", ["type = 3 4", "def f(x:", "class A(", "print 'a'", "x = st'", "type(x) = 3", "a[0] b"]
)
def test_any_other_syntax_error_is_none_of_a_version(text: str) -> None:
    assert newer_python(WRONG, text, HERE) == ""


def test_an_f_string_may_hold_its_own_quotes_since_3_12() -> None:
    nested = Fault("SyntaxError", "f-string: expecting '}'")

    assert "Python 3.12" in newer_python(nested, "f'{a['b']}'", (3, 11))
    assert newer_python(nested, "f'{a['b'}'", (3, 12)) == ""


def test_what_the_version_knows_is_not_told() -> None:
    assert newer_python(WRONG, "type X = int", (3, 12)) == ""


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (
            "cannot import name 'batched' from 'itertools' (unknown location)",
            "; Python 3.11 grades here",
        ),
        ("cannot import name 'relu' from 'value' (/a/value.py)", ""),
    ],
)
def test_a_name_that_the_library_lacks_is_told_with_the_version(message: str, says: str) -> None:
    assert newer_python(Fault("ImportError", message), "", HERE) == says
