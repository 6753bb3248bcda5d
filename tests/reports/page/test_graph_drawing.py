"""A graph is drawn left to right; nothing overlaps, every edge is there, and the fault is in it."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.page.boxes import Box, BoxField, box_field, clipped
from grader.reports.page.graph_drawing import MOST, WHOLE, draw
from grader.reports.report import HeldValue, Node, Share, WrongNode
from tests.reports.sample import WRONG


def node(name: str, *operands: str, state: str = "right") -> Node:
    expression = " * ".join(operands) if operands else "Value(1.0)"
    held, grad = HeldValue(1.0, 1.0), HeldValue(2.0, 2.0 if state == "right" else 3.0)
    return Node(name, expression, "*" if operands else "", operands, held, grad, state)  # type: ignore[arg-type]


def wrong(name: str, *nodes: Node, shares: tuple[Share, ...] = ()) -> WrongNode:
    marked = [
        one._replace(state="first wrong", grad=HeldValue(2.0, 3.0)) if one.name == name else one
        for one in nodes
    ]
    return WrongNode(name, "grad", 2.0, 3.0, "*", "got 3", shares, tuple(marked))


def graph_of(operands: list[list[int]], first: int) -> WrongNode:
    """A graph in which each number stands for an earlier node, whichever there are."""
    nodes = [node("v0")]
    for number, places in enumerate(operands, 1):
        nodes.append(node(f"v{number}", *(f"v{place % number}" for place in places)))
    return wrong(f"v{first % len(nodes)}", *nodes)


PLACE = st.integers(0, 39)
OPERANDS = st.lists(PLACE, max_size=2)
GRAPHS = st.builds(
    graph_of,
    st.one_of([st.lists(OPERANDS, min_size=size, max_size=size) for size in range(1, 40)]),
    PLACE,
)


def overlap(one: Box, other: Box) -> bool:
    apart = (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )
    return not apart


@given(graph=GRAPHS)
def test_no_box_lies_over_another_and_all_lie_in_the_picture(graph: WrongNode) -> None:
    drawing = draw(graph)

    assert not [pair for pair in combinations(drawing.boxes, 2) if overlap(*pair)]
    assert all(box.x > 0 and box.y > 0 for box in drawing.boxes)
    assert all(box.x + box.width < drawing.width for box in drawing.boxes)
    assert all(box.y + box.height < drawing.height for box in drawing.boxes)


@given(graph=GRAPHS)
def test_every_use_of_a_node_is_an_arrow_to_the_right(graph: WrongNode) -> None:
    drawing = draw(graph)

    titles = {box.title.partition(" = ")[0]: box for box in drawing.boxes}
    uses = [
        (titles[operand], titles[one.name])
        for one in graph.nodes
        for operand in one.operands
        if one.name in titles and operand in titles
    ]
    assert len(drawing.arrows) == len(uses)
    assert all(source.x + source.width < target.x for source, target in uses)
    assert len({arrow.path for arrow in drawing.arrows}) == len(drawing.arrows)


@given(graph=GRAPHS)
def test_the_first_wrong_node_is_drawn_whatever_is_left_out(graph: WrongNode) -> None:
    drawing = draw(graph)

    assert [box.remark for box in drawing.boxes if box.state == "wrong"] == ["✗ first wrong node"]
    assert len(drawing.boxes) + drawing.left_out == len(graph.nodes)
    assert len(drawing.boxes) <= WHOLE


def test_a_value_used_twice_has_two_arrows_each_with_its_share() -> None:
    shares = (Share("b", 1.0), Share("b", 1.0))

    drawing = draw(wrong("a", node("a"), node("b", "a", "a"), shares=shares))

    first, second = drawing.arrows
    assert first.path != second.path
    assert [arrow.share for arrow in drawing.arrows] == ["1", "1"]
    assert abs(first.share_at[1] - second.share_at[1]) >= 12


def test_the_shares_stand_at_the_arrows_of_their_nodes() -> None:
    drawing = draw(WRONG)

    assert {(arrow.tip[0] > 0, arrow.share) for arrow in drawing.arrows} == {
        (True, ""),
        (True, "-1"),
    }


def test_of_two_hundred_nodes_those_around_the_fault_are_drawn() -> None:
    chain = [node("v0"), *(node(f"v{at}", f"v{at - 1}", f"v{at - 1}") for at in range(1, 200))]

    drawing = draw(wrong("v100", *chain))

    names = [box.title.partition(" = ")[0] for box in drawing.boxes]
    assert names == [f"v{at}" for at in range(94, 107)]
    assert (len(names), drawing.left_out) == (MOST, 187)
    assert [(box.before, box.after) for box in drawing.boxes if box.before or box.after] == [
        (2, 0),
        (0, 1),
    ]


def test_a_graph_that_is_small_enough_is_drawn_whole() -> None:
    chain = [node("v0"), *(node(f"v{at}", f"v{at - 1}") for at in range(1, WHOLE))]

    assert draw(wrong("v3", *chain)).left_out == 0


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        (HeldValue(2.0, 2.0), BoxField("grad", "2", "")),
        (HeldValue(2.0, 2.0 + 1e-12), BoxField("grad", "2", "")),
        (HeldValue(2.0, 3.0), BoxField("grad", "2", "3")),
        (HeldValue(2.0, 2.000003), BoxField("grad", "2.0", "2.000003")),
        (HeldValue("nan", "nan"), BoxField("grad", "nan", "")),
        (HeldValue(1.0, "None"), BoxField("grad", "1", "None")),
    ],
)
def test_a_field_says_what_is_got_only_where_it_differs(held: HeldValue, shown: BoxField) -> None:
    assert box_field("grad", held) == shown


def test_what_a_student_called_something_takes_no_more_room_than_a_box_has() -> None:
    assert clipped("x" * 10_000) == "x" * 23 + "…"


def test_two_nodes_without_a_name_may_be_called_alike() -> None:
    twins = (node("a"), node("a * a", "a", "a"), node("a * a", "a", "a"))

    drawing = draw(wrong("a", *twins, node("b", "a * a", "a * a")))

    assert len(drawing.boxes) == 4
    assert len(drawing.arrows) == 6


def test_an_operand_that_is_no_node_has_no_arrow() -> None:
    assert draw(wrong("b", node("a"), node("b", "a", "elsewhere", "b"))).arrows[1:] == ()
