"""A node as a box: what it should hold, and what it does where that differs."""

import pytest

from grader.reports.page.boxes import LONGEST, OF_LINE, BoxField, box_field, box_of, clipped
from grader.reports.report import HeldValue, Node

WRONG = Node("b", "Value(2.0)", "", (), HeldValue(2.0, 2.0), HeldValue(-1.0, 1.0), "first wrong")


def test_a_box_has_the_node_s_expression_its_fields_and_a_remark() -> None:
    box = box_of(WRONG, before=1, after=2)

    assert box.title == "b = Value(2.0)"
    assert box.rows == (BoxField("data", "2", ""), BoxField("grad", "-1", "1"))
    assert (box.state, box.remark) == ("wrong", "✗ first wrong node")
    assert (box.before, box.after) == (1, 2)


def test_a_node_without_a_name_is_titled_once() -> None:
    assert box_of(WRONG._replace(name="a * b", expression="a * b"), 0, 0).title == "a * b"


def test_a_field_that_was_not_asked_is_no_row_and_takes_no_room() -> None:
    with_gradient = box_of(WRONG, 0, 0)
    without = box_of(WRONG._replace(grad=None), 0, 0)

    assert [row.field for row in without.rows] == ["data"]
    assert with_gradient.height - without.height == OF_LINE


@pytest.mark.parametrize(
    ("held", "row"),
    [
        (HeldValue(1.0, 1.0 + 1e-12), BoxField("data", "1", "")),
        (HeldValue(1.0, 1.000003), BoxField("data", "1.0", "1.000003")),
        (HeldValue(1.0, "nan"), BoxField("data", "1", "nan")),
        (HeldValue("nan", "nan"), BoxField("data", "nan", "")),
    ],
)
def test_numbers_that_look_alike_and_differ_are_written_out(held: HeldValue, row: BoxField) -> None:
    assert box_field("data", held) == row


def test_a_long_text_is_cut_to_what_a_box_holds() -> None:
    assert clipped("x" * LONGEST) == "x" * LONGEST
    assert clipped("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
