"""Whatever a text is, it is taken apart; what a copyist changes first does not count."""

import io
import tokenize
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.similarity.tokens import MOST, Token, tokens


def kinds(text: str) -> str:
    return " ".join(token.kind for token in tokens(text))


@pytest.mark.parametrize(
    ("text", "is_taken_for"),
    [
        ("a.grad += 2.5e-3 * b", "n . n += 0 * n"),
        ("return self.data ** -1 if x else None", "return n . n ** - 0 if n else None"),
        ("def __mul__(self, other): pass", "def __mul__ ( n , n ) : pass"),
        ("print(f'{a}', r\"b\\\\\", b'c')", "n ( s , s , s )"),
        ("x = '''one\ntwo''' # why", "n = s"),
        ("x = 0xFF_FF + 1_000j + .5 + 1.", "n = 0 + 0 + 0 + 0"),
        ("a //= b >> c; d != e", "n //= n >> n ; n != n"),
        ("%matplotlib inline\n!pip install x\na = 1", "n = 0"),
        ("s = 'never closed\nb = 1", "n = s n = 0"),
    ],
)
def test_names_numbers_and_strings_are_any(text: str, is_taken_for: str) -> None:
    assert kinds(text) == is_taken_for


def test_a_docstring_does_not_count_and_a_string_that_is_used_does() -> None:
    text = 'def f():\n    """Says much."""\n    return (\n        "kept"\n    )\n'

    assert kinds(text) == "def n ( ) : return ( s )"


def test_a_token_knows_its_line() -> None:
    assert list(tokens('a\n"""x\ny"""\n\nb')) == [Token("n", 0), Token("n", 4)]


@given(st.text(alphabet="ab1.'\"\\\n #%([{)]}_=*\t\r\x00é", max_size=60))
def test_any_text_is_taken_apart_and_lines_only_rise(text: str) -> None:
    found = [token.line for token in tokens(text)]

    assert found == sorted(found)
    assert all(0 <= line <= text.count("\n") for line in found)


def test_it_sees_as_many_tokens_as_python_does() -> None:
    with open(__file__, encoding="utf-8") as file:
        text = file.read()
    silent = {
        *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
        *(tokenize.ENDMARKER, tokenize.ENCODING),
    }

    ours = [token.line for token in tokens(text)]
    theirs = [
        token.end[0] - 1
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type not in silent
    ]

    assert ours == theirs[1:]  # all but the docstring of this file


def test_a_text_without_an_end_is_taken_apart_as_far_as_it_is_asked() -> None:
    assert len(list(islice(tokens("a " * (MOST + 5)), MOST))) == MOST
