"""Names stand in columns right of their operands, at heights at which nothing overlaps."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from grader.reports.page.columns import GAP, columns, heights

CHAIN = {"a": [], "b": ["a"], "c": ["b"], "d": ["a", "c"]}


def test_a_long_edge_passes_each_column_between_its_ends() -> None:
    drawing = columns(CHAIN)

    assert [column[0] for column in drawing.names] == ["a", "b", "c", "d"]
    assert drawing.ways["a", "d"] == ("a → d @1", "a → d @2")
    assert drawing.ways["a", "b"] == ()


def test_an_input_stands_next_to_its_first_use() -> None:
    drawing = columns({"a": [], "b": ["a"], "late": [], "c": ["b", "late"]})

    assert drawing.names == (("a",), ("b", "late"), ("c",))


def test_an_operand_that_is_used_twice_is_one_edge() -> None:
    assert columns({"a": [], "b": ["a", "a"]}).links == (("a", "b"),)


def test_the_ends_of_one_edge_stand_at_one_height() -> None:
    placed = heights(columns({"a": [], "b": ["a"]}), {"a": 40.0, "b": 90.0})

    assert placed.middle["a"] == placed.middle["b"]
    assert placed.column == {"a": 0, "b": 1}


@st.composite
def graphs(drawn: st.DrawFn) -> dict[str, list[str]]:
    graph: dict[str, list[str]] = {"v0": []}
    for number in range(1, drawn(st.integers(2, 14))):
        graph[f"v{number}"] = drawn(st.lists(st.sampled_from(sorted(graph)), max_size=2))
    return graph


@given(graph=graphs())
def test_every_name_stands_right_of_its_operands_and_apart_from_its_neighbours(
    graph: dict[str, list[str]],
) -> None:
    drawing = columns(graph)
    placed = heights(drawing, dict.fromkeys(graph, 50.0))

    for name, operands in graph.items():
        assert all(placed.column[one] < placed.column[name] for one in operands)
    for column in drawing.names:
        boxes = [placed.middle[name] for name in column if name in graph]
        assert all(below - above >= 50.0 + GAP - 1e-6 for above, below in pairwise(boxes))
