"""Nodes are made from nodes that are there, and from numbers."""

import pytest

from grader.engines.encoding import Malformed
from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.nodes import RecordedNodes, number_told


def test_nodes_are_numbered_as_they_are_made() -> None:
    nodes = RecordedNodes()
    nodes.leaf(2.0, 7)
    nodes.operate(codes.POWER + codes.RIGHT, 1, 3)

    assert (nodes.made, nodes.node(1).site) == (2, 7)
    assert (nodes.node(2).data, nodes.node(2).exponent) == (8.0, 3.0)
    assert nodes.node(2).operands == (nodes.node(1),)


def test_an_operation_of_the_submission_s_own_keeps_its_name() -> None:
    nodes = RecordedNodes()
    nodes.leaf(2.0, 0)
    nodes.own(4.0, ["square", [1], [4.0]])

    assert (nodes.node(2).operation, nodes.node(2).slopes) == ("square", (4.0,))


@pytest.mark.parametrize("value", [None, "1.0", True, [1.0], 1 << 1001])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(Malformed, match="sent a number that is none"):
        number_told(value)


def test_what_is_no_list_of_nodes_is_refused() -> None:
    with pytest.raises(Malformed, match="named something else than nodes"):
        RecordedNodes().several("123")
