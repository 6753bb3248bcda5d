"""Parsing comes to an end where something else parses in the middle of it."""

import ast
import gc

import pytest

from grader.engines.syntax import LARGEST, parse

LONG = "x = [(1, (2, (3, f(4)))), y.z.w(1)]\n" * 600


class _Parses:
    """When it is collected, in the middle of what allocates, it parses."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        ast.parse("f(g(h(1))) + 1")


def test_a_text_is_parsed_while_something_that_parses_is_collected() -> None:
    gc.collect()

    for _ in range(4):
        for _ in range(50):
            _Parses()

        assert len(parse(LONG).body) == 600


def test_what_is_no_python_is_refused_as_ever() -> None:
    with pytest.raises(SyntaxError, match="never closed"):
        parse("f(")


def test_what_is_longer_than_a_person_writes_is_not_parsed() -> None:
    with pytest.raises(ValueError, match="100,002 characters are not parsed"):
        parse("a," * (LARGEST // 2 + 1))
