"""A file's name says what it is, whatever a system has put behind its ending."""

import pytest

from grader.submissions.kinds import (
    is_aside,
    is_folder_aside,
    kind_of,
    may_be_either,
    stem_of,
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, "script") for name in ("value.py", "VALUE.PY", "Value.Py", "value.py.py")),
        *((name, "script") for name in ("value.py.txt", "value.PY.TXT", "value.py.download")),
        *((name, "script") for name in ("value.py (1)", "value.py.1", "value (1).py", "value.py ")),
        *((name, "notebook") for name in ("ex9.ipynb", "EX9.IPYNB", "ex9.ipynb.json")),
        *((name, "notebook") for name in ("ex9.ipynb.txt", "ex9.py.ipynb", "ex9.ipynb(2)")),
        *((name, "") for name in ("value.txt", "value.json", "py", "value.pyc", "value.pyi", "a")),
        *((name, "") for name in ("value.py.bak", "value.py.pdf", "happy", "value.ipynb.zip")),
    ],
)
def test_an_ending_tells_what_a_file_is(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_name_with_both_endings_leaves_it_to_the_content() -> None:
    assert [
        may_be_either(name) for name in ("a.ipynb.py", "a.py.ipynb", "a.py.py", "ipynb.py")
    ] == [*(True, True, False, False)]


def test_a_stem_has_none_of_the_endings() -> None:
    assert [stem_of(name) for name in ("ex9.py", "ex9.PY.txt", "ex9.py.py", "a.b.ipynb", "x")] == [
        *("ex9", "ex9", "ex9", "a.b", "x")
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("test_value.py", "value_test.py", "Test_Value.PY", "tests.py", "conftest.py", "setup.py"),
        *("__init__.py", "._value.py", ".value.py", "~$value.ipynb"),
    ],
)
def test_what_nobody_hands_in_is_aside(name: str) -> None:
    assert is_aside(name)


@pytest.mark.parametrize("name", ["value.py", "latest.py", "contest.py", "protest.ipynb", "ex9.PY"])
def test_what_may_be_handed_in_is_not_aside(name: str) -> None:
    assert not is_aside(name)


@pytest.mark.parametrize(
    "name",
    [
        *("__MACOSX", "__pycache__", ".ipynb_checkpoints", "venv", ".venv", "site-packages"),
        *("tests", "node_modules", ".git", "value.egg-info"),
    ],
)
def test_a_folder_in_which_nothing_is_handed_in_is_aside(name: str) -> None:
    assert is_folder_aside(name)
    assert not is_folder_aside(f"{name.strip('._')} of mine")


def test_a_name_may_have_any_number_of_endings() -> None:
    assert stem_of(f"value{'.py' * 2000}") == "value"
