"""The last place at which a name is bound is found in the text."""

import pytest

from grader.submissions.bindings import last_binding
from grader.submissions.submission import Submission

CLASS = "class Value:\n    pass\n"


def script(below: str) -> Submission:
    return Submission("value.py", "/", "script", "", CLASS + below)


@pytest.mark.parametrize(
    ("below", "line"),
    [
        ("a = 1\nValue = Value(3)\n", 4),
        ("del Value", 3),
        ("for Value in []:\n    pass\n", 3),
        ("if True:\n    Value: int = 3\n", 4),
        ("from math import pi as Value", 3),
        ("def Value(): ...", 3),
        ("with open('a') as Value:\n    Value\n", 3),
        ("Value = 1\nValue = 2\n", 4),
    ],
)
def test_it_is_the_last_one_below_the_class(below: str, line: int) -> None:
    assert last_binding(script(below), "Value", "value.py", 1) == ("value.py", line)


@pytest.mark.parametrize("below", ["print(Value)", "def f():\n    Value = 3\n", "x = (1,"])
def test_where_nothing_binds_it_there_is_none(below: str) -> None:
    assert last_binding(script(below), "Value", "value.py", 1) is None


def test_in_a_notebook_it_is_told_with_its_cell() -> None:
    cells = ("Value = 1", CLASS, "%time Value(2)", "!ls\nValue = 2")
    notebook = Submission("value.ipynb", "/", "notebook", "", cells=cells)

    assert last_binding(notebook, "Value", "cell 2", 1) == ("cell 4", 2)
