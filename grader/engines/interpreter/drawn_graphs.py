"""Reads the graph that a submission lists in its `trace`, or draws in its `draw_dot`.

Runs in the student's process. A drawing is read from the lines of DOT text that the package
graphviz keeps, or our stand-in for it, so that nothing is ever rendered.
"""

from collections.abc import Iterable
from typing import Any

from grader.engines.interpreter.engine_state import EngineState
from grader.engines.interpreter.plain import name_of, plain
from grader.engines.observation import GRAPH, OTHER, UNKNOWN_NODE, Answer, GraphAnswer

PICTURES = ("graph", "drawing")
MOST = 10_000
ENDS_A_NAME = " \t\n[];=-"
KEYWORDS = ("graph", "node", "edge", "digraph", "subgraph", "}", "")

_isinstance = isinstance
Edge = tuple[int, int]


def drawn_graph(state: EngineState, question: str, drawing: object) -> Answer:
    """Answer one of PICTURES about what `trace` or `draw_dot` has returned."""
    answer = _listed_graph if question == "graph" else _graph_in_drawing
    return answer(state, drawing)


def _listed_graph(state: EngineState, trace: Any) -> Answer:
    """Return the graph in a pair: a collection of nodes, and one of (operand, result) pairs."""
    if not _isinstance(trace, (tuple, list)) or len(trace) != 2:
        return Answer(OTHER, f"{plain(trace).value}, and not a pair of nodes and edges", "{}")
    nodes, edges = map(_items, trace)
    if nodes is None or edges is None:
        return Answer(OTHER, "a pair that does not hold two collections", "{}")
    pairs = [_items(edge) or [] for edge in edges]
    if any(len(pair) != 2 for pair in pairs):
        return Answer(OTHER, "edges that are not pairs of two nodes", "{}")
    edge_steps = ((state.step_of(child), state.step_of(parent)) for child, parent in pairs)
    return Answer(GRAPH, _graph(map(state.step_of, nodes), edge_steps), "{}")


def _items(collection: Any) -> list[Any] | None:
    if not _isinstance(collection, (tuple, list, set, frozenset, dict)):
        return None
    return list(collection)[:MOST]


def _graph_in_drawing(state: EngineState, drawing: object) -> Answer:
    """Return the graph in a drawing, in which the name of a box begins with the id of its node.

    The operation of a node has an oval whose name begins alike: an edge to it leads to the node.
    """
    body = getattr(drawing, "body", None)
    if type(body) is not list or not all(type(line) is str for line in body):
        return Answer(OTHER, f"{name_of(type(drawing))}, and no drawing with nodes and edges", "{}")
    steps_by_id = {str(id_): step for id_, step in state.steps_of_nodes.items()}
    nodes: list[int] = []
    edges: list[Edge] = []
    back: list[Edge] = []
    for line in body[:MOST]:
        first, rest = _name(line)
        if rest[:2] in ("->", "--"):
            second, attributes = _name(rest[2:])
            ends = (_node(first, steps_by_id), _node(second, steps_by_id))
            (back if _goes_back(attributes) else edges).append(ends)
        elif rest[:1] in ("", "[") and first not in KEYWORDS:
            nodes.append(_node(first, steps_by_id))
    between = [ends for ends in edges if ends[0] != ends[1]]
    own = [node for node in nodes if node != UNKNOWN_NODE]  # a legend is no node of the graph
    return Answer(GRAPH, _graph(own, between, back), "{}")


def _name(text: str) -> tuple[str, str]:
    """Return the name that DOT text begins with, and what follows it."""
    text = text.strip()
    if text[:1] == '"':
        name, _, rest = text[1:].partition('"')
        return name, rest.strip()
    end = next((place for place, letter in enumerate(text) if letter in ENDS_A_NAME), len(text))
    return text[:end], text[end:].strip()


def _goes_back(attributes: str) -> bool:
    return "dir=back" in attributes.replace('"', "").replace(" ", "")


def _node(name: str, steps_by_id: dict[str, int]) -> int:
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return steps_by_id.get(digits, UNKNOWN_NODE)


def _graph(nodes: Iterable[int], edges: Iterable[Edge], back: Iterable[Edge] = ()) -> GraphAnswer:
    return GraphAnswer(
        tuple(sorted(set(nodes))), tuple(sorted(set(edges))), tuple(sorted(set(back)))
    )
