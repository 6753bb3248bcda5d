"""The way to the first wrong node on one line, and the lines of the submission around a fault."""

import pytest

from grader.reports.report import Frame, Held, Node
from grader.reports.text.wrong_node_lines import frame_lines, way_to
from tests.reports.sample import WRONG

FOUR = tuple(Node(name, name, "+", (), Held(1.0, 1.0), Held(2.5, 2.5), "right") for name in "cdef")


def test_gradients_are_told_from_the_root_until_one_is_wrong() -> None:
    assert way_to(WRONG, 76) == (
        "c.grad 1 ✓    a.grad 1 ✓    b.grad -1 ≠ 1   ← first wrong node, made by -"
    )


def test_values_are_told_from_the_inputs_on() -> None:
    wrong = WRONG._replace(field="data", made_by="", name="c", expected=3.0, got="None")

    assert way_to(wrong, 76) == "a.data 1 ✓    c.data -1 ✓    c.data 3 ≠ None   ← first wrong node"


@pytest.mark.parametrize("width", range(40, 120, 7))
def test_what_is_farthest_away_is_left_out_first(width: int) -> None:
    wrong = WRONG._replace(nodes=(*WRONG.nodes, *FOUR))

    line = way_to(wrong, width)

    assert line.endswith("b.grad -1 ≠ 1   ← first wrong node, made by -")
    assert len(line) <= width or line.startswith("…    b.grad")
    assert line.startswith("…") or line.startswith("f.grad 2.5 ✓    e.grad")


def test_a_line_is_marked_among_those_around_it() -> None:
    frame = Frame("cell 3", "_backward", 10, tuple(f"line {n}" for n in range(10, 20)), 15)

    assert list(frame_lines(frame)) == [
        "cell 3:15  in _backward",
        "  12 | line 12",
        "  13 | line 13",
        "  14 | line 14",
        "> 15 | line 15",
        "  16 | line 16",
        "  17 | line 17",
    ]


def test_a_line_outside_a_function_is_in_none() -> None:
    frame = Frame("value.py", "<module>", 1, ("x = 1",), 1)

    assert next(frame_lines(frame)) == "value.py:1"
