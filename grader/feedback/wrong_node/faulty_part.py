"""Finds which part of a submission sends a wrong share, by asking its rules one by one."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from grader.engines.compare import same_number
from grader.engines.program import BINARY, Program
from grader.engines.program_graph import is_leaf
from grader.feedback.shrinking.smallest import Sides
from grader.feedback.wrong_node.edges import Edge, Sending, edges_to, number_in, runs_of
from grader.feedback.wrong_node.node_states import Graph

BEFORE = 10.0
SYMBOLS = {**BINARY, "neg": "-"}


class Blamed(NamedTuple):
    """Whose lines to look at.

    Attributes:
        step: the step that made the node.
        part: "rule" for what sends its gradient on, "method" for what made it, "walk" for what
            visits the graph.
        place: for a rule, which operand is told wrongly.
    """

    step: int
    part: Literal["rule", "method", "walk"]
    place: int = 0


Verdict: TypeAlias = tuple[str, Blamed | None]
"""In words what is wrong, empty where the numbers tell; and whose lines to look at."""


def operation_of(program: Program, at: int) -> str:
    """Return the operation that made a node as people write it, nothing for an input.

    Where that is `forward` of a function object, it is the function.
    """
    step = program.steps[at]
    if step.name == "forward" and step.refs():
        return program.steps[step.refs()[0]].name
    return "" if is_leaf(step) else SYMBOLS.get(step.name, step.name)


def ledger(graph: Graph, node: int, sides: Sides) -> tuple[list[Edge], tuple[float, ...]]:
    """Return the edges that bring a node its gradient, and what an oracle sends along each.

    Nothing where passes overlap, or where it does not come to what should be there.
    """
    program = graph.program
    runs = runs_of(program)
    edges = edges_to(program, node, sent=runs)
    shares = [
        _asked_of_oracles(_sending(graph, edge).by_backward(edge.place), sides) for edge in edges
    ]
    known = tuple(share for share in shares if share is not None)
    if len(known) < len(shares) or any(runs[edge.user] > 1 for edge in edges):
        return [], ()
    total = graph.right(graph.watch.gradients)[node]
    written = any(
        (step.kind, step.name) == ("write", "grad") and step.refs()[:1] == (node,)
        for step in program.steps
    )
    return (edges, known) if written or same_number(sum(known), total) else ([], ())


def _asked_of_oracles(program: Program, sides: Sides) -> float | None:
    said = sides.oracles(program)
    want = next(iter(said.expected.values()), None)
    return None if want is None or said.quarrel else number_in(program, want)


def _sending(graph: Graph, edge: Edge) -> Sending:
    upstream = graph.right(graph.watch.gradients).get(edge.user, 0.0)
    return Sending(graph.program, edge.user, graph.right(graph.watch.data), upstream)


def evidence(
    graph: Graph, first: int, edges: Sequence[Edge], shares: Sequence[float], sides: Sides
) -> Verdict:
    """Return what the submission's rules do one by one, and which part is to blame."""
    if not edges:
        return _without_edges(graph, first)
    for edge, share in zip(edges, shares, strict=True):
        found = _at(graph, first, edge, share, sides)
        if found is not None:
            return found
    last = edges[-1]
    uses = [share for edge, share in zip(edges, shares, strict=True) if edge.user == last.user]
    program = _sending(graph, last).by_rule_together(last.place)
    together = number_in(program, sides.subject([program])[0])
    if len(uses) > 1 and together is not None and not same_number(together, sum(uses)):
        return "", Blamed(last.user, "rule", last.place)
    if not any(step.name == "backward" for step in graph.program.steps):
        return "", None
    forgotten = _forgotten(graph, edges)
    if forgotten is not None:
        return forgotten
    held = graph.held(graph.watch.gradients, first)
    verdict = "nothing arrived" if held.got == 0.0 else "each rule is right when it runs alone"
    return verdict, Blamed(last.user, "walk")


def _forgotten(graph: Graph, edges: Sequence[Edge]) -> Verdict | None:
    """Return the operation that hides a rule from the walk, None where there is none."""
    for user in dict.fromkeys(edge.user for edge in edges):
        for above in graph.users[user]:
            if graph.forgets(above, user):
                symbol = operation_of(graph.program, above)
                return f"{symbol} does not remember its operands", Blamed(above, "method")
    return None


def _without_edges(graph: Graph, node: int) -> Verdict:
    passes = [step for step in graph.program.steps if step.name == "backward"]
    if any(step.refs()[:1] == (node,) for step in passes):
        return "the root of a pass gets 1 from the start", Blamed(node, "walk")
    users = graph.users[node]
    return "", None if passes else Blamed(users[0] if users else node, "method")


def _at(graph: Graph, first: int, edge: Edge, share: float, sides: Sides) -> Verdict | None:
    """Return what is wrong with what one operation sends, None where nothing is."""
    symbol = operation_of(graph.program, edge.user)
    sending = _sending(graph, edge)
    if graph.is_composed(edge.user):
        program = sending._replace(upstream=1.0).by_its_root(edge.place)
        slope = _asked_of_oracles(sending._replace(upstream=1.0).by_backward(edge.place), sides)
        sent = number_in(program, sides.subject([program])[0])
        if slope is None or sent is None or same_number(sent, slope):
            return None
        return "", Blamed(edge.user, "method")
    asked = [sending.by_rule(edge.place), sending.by_rule(edge.place, BEFORE)]
    answers = sides.subject(asked)
    fresh, again = (number_in(one, answer) for one, answer in zip(asked, answers, strict=True))
    blamed = Blamed(edge.user, "rule", edge.place)
    if fresh is None or again is None:
        return "", None
    if not same_number(fresh, share):
        if not fresh and graph.forgets(edge.user, first):
            return f"{symbol} does not remember this operand", Blamed(edge.user, "method")
        sends = f"{fresh:g} for {share:g}" if fresh else "nothing"
        return f"the rule of {symbol} sends {sends}", blamed
    if not same_number(again, BEFORE + share):
        return ("overwritten" if same_number(again, share) else ""), blamed
    return None


def sender(graph: Graph, node: int) -> Edge | None:
    """Return the one use of a node that sends it a gradient, None where there are several."""
    program = graph.program
    edges = edges_to(program, node, sent=runs_of(program))
    return edges[0] if len(edges) == 1 else None
