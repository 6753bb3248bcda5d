"""A comment says which class is the engine, where nobody passes options."""

import pytest

from grader.submissions.class_comment import SeveralComments, named_class
from grader.submissions.submission import Submission


def script(source: str) -> Submission:
    return Submission("value.py", "", "script", "", source)


@pytest.mark.parametrize(
    "comment",
    ["# grade: class=MyNode", "#grade:class=MyNode", "class MyNode:  # grade: class = MyNode"],
)
def test_a_comment_names_the_class(comment: str) -> None:
    assert named_class(script(f"x = 1\n{comment}\n")) == "MyNode"


def test_a_cell_may_hold_it() -> None:
    notebook = Submission("a.ipynb", "", "notebook", "", cells=("x = 1", "# grade: class=Node"))

    assert named_class(notebook) == "Node"


@pytest.mark.parametrize("source", ["", "# class=Node", "# grade: ex9", "# grade: class=3"])
def test_what_names_no_class_is_no_such_comment(source: str) -> None:
    assert named_class(script(source)) is None


def test_two_comments_that_differ_are_an_error() -> None:
    said = "^comments name A and B as the class to grade$"
    with pytest.raises(SeveralComments, match=said) as told:
        named_class(script("# grade: class=A\n# grade: class=B\n"))

    assert told.value.hint == "leave one: # grade: class=A"
