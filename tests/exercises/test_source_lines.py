"""An error about an author's file names the line that it is about."""

import tomllib

import pytest

from grader.exercises.source_lines import (
    line_in,
    line_of_error,
    line_of_key,
    line_of_mutant,
    twin_function,
)

TOML = 'title = "Sums"\n\n"points" = 3\n[tool.grade]\nexercises = []\n'
MUTANTS = """\
MUTANTS = [
    Mutant("A1", "x"),
    Mutant(
        id="B2",
    ),
    Mutant(id="A1"),
]
"""


@pytest.mark.parametrize(
    ("key", "line"), [("title", 1), ("points", 3), ("tool.grade", 4), ("exercises", 5), ("no", 1)]
)
def test_a_key_is_found_quoted_or_as_a_table_and_else_on_line_1(key: str, line: int) -> None:
    assert line_of_key(key, TOML) == line


def test_an_error_of_tomllib_says_its_line_or_means_the_end() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads("a = 1\nb = \n")

    assert line_in(str(caught.value), "a = 1\nb = \n") == 2
    assert line_in("Unterminated string (at end of document)", "a = 1\nb = 2\nc = '''\n") == 3
    assert line_in("empty", "") == 1


def test_an_exception_is_on_the_innermost_line_of_the_file() -> None:
    code = compile("def f():\n    1 / 0\n\nf()\n", "checks.py", "exec")

    with pytest.raises(ZeroDivisionError) as caught:
        exec(code, {})

    assert line_of_error(caught.value, "checks.py") == 2
    assert line_of_error(caught.value, "mutants.py") == 1


def test_a_syntax_error_is_where_python_says_it_is() -> None:
    with pytest.raises(SyntaxError) as caught:
        compile("a = 1\nb = (\n", "checks.py", "exec")

    assert line_of_error(caught.value, "checks.py") == 2


@pytest.mark.parametrize(("id_", "nth", "line"), [("A1", 1, 2), ("B2", 1, 3), ("A1", 2, 6)])
def test_a_mutant_is_found_by_its_id_by_name_or_in_first_place(
    id_: str, nth: int, line: int
) -> None:
    assert line_of_mutant(id_, MUTANTS, nth) == line


def test_a_mutant_that_is_made_elsewhere_is_on_line_1() -> None:
    assert line_of_mutant("C3", MUTANTS) == 1


def test_the_second_of_two_functions_of_a_name_takes_the_first_one_s_place() -> None:
    assert twin_function("def a(): ...\ndef b(): ...\ndef a(): ...\n") == ("a", 1, 3)
    assert twin_function("def a(): ...\nclass C:\n    def a(self): ...\n") is None
