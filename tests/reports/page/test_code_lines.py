"""Lines of code lose what all of them begin with, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from grader.reports.page.code_lines import dedented, dedented_edit

LINES = st.lists(st.text("ab \t", max_size=8), min_size=1, max_size=6)


def test_what_all_lines_begin_with_is_left_out() -> None:
    lines = ["        def _backward():", "", "            self.grad += 1"]

    assert dedented(lines) == ["def _backward():", "", "    self.grad += 1"]


def test_the_code_of_an_edit_begins_behind_its_signs() -> None:
    edit = "-             other.grad -= 1\n+             other.grad -= out.grad"

    assert dedented_edit(edit) == "- other.grad -= 1\n+ other.grad -= out.grad"


def test_an_edit_that_adds_a_line_at_another_depth_keeps_the_difference() -> None:
    edit = "-     pass\n+     for one in nodes:\n+         one.grad = 0.0"

    assert dedented_edit(edit) == "- pass\n+ for one in nodes:\n+     one.grad = 0.0"


@given(LINES)
def test_as_many_lines_come_out_with_the_same_words(lines: list[str]) -> None:
    assert [line.split() for line in dedented(lines)] == [line.split() for line in lines]
