"""Finds which part of a submission sends a wrong share, by asking its rules one by one."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from grader.engines.compare import same_number
from grader.engines.program import BINARY, Program
from grader.engines.program_graph import is_leaf
from grader.feedback.shrinking.smallest import Askers
from grader.feedback.wrong_node.edges import Edge, EdgeProbe, edges_to, number_in, runs_of
from grader.feedback.wrong_node.node_states import NodeStates

BEFORE = 10.0
SYMBOLS = {**BINARY, "neg": "-"}


class FaultyPart(NamedTuple):
    """The part of a submission whose lines to look at.

    Attributes:
        step: the step that made the node.
        part: "rule" for what sends its gradient on, "method" for what made it, "walk" for what
            visits the graph.
        place: for a rule, which operand it sends a wrong share.
    """

    step: int
    part: Literal["rule", "method", "walk"]
    place: int = 0


Reason: TypeAlias = tuple[str, FaultyPart | None]
"""The fault in words, empty where the numbers show it; and the part whose lines to look at."""


def operation_of(program: Program, at: int) -> str:
    """Return the operation that made a node as people write it, nothing for an input.

    Where that is `forward` of a function object, it is the function; what is taken out of a list
    was made where the list was.
    """
    step = program.steps[at]
    while step.name == "getitem" and step.refs():
        step = program.steps[step.refs()[0]]
    if step.name == "__call__":
        return f"calling {program.names.get(step.refs()[0], 'it')}"
    if step.name == "forward" and step.refs():
        return program.steps[step.refs()[0]].name
    return "" if is_leaf(step) else SYMBOLS.get(step.name, step.name)


def contributions(
    graph: NodeStates, node: int, askers: Askers
) -> tuple[list[Edge], tuple[float, ...]]:
    """Return the edges that bring a node its gradient, and what an oracle sends along each.

    Nothing where passes overlap, or where it does not come to what should be there.
    """
    program = graph.program
    runs = runs_of(program)
    edges = edges_to(program, node, rule_runs=runs)
    shares = [
        _oracles_share(_edge_probe(graph, edge).by_backward(edge.place), askers) for edge in edges
    ]
    numbers = tuple(share for share in shares if share is not None)
    if len(numbers) < len(shares) or any(runs[edge.user] > 1 for edge in edges):
        return [], ()
    total = graph.right(graph.probes.gradients)[node]
    written = any(
        (step.kind, step.name) == ("write", "grad") and step.refs()[:1] == (node,)
        for step in program.steps
    )
    return (edges, numbers) if written or same_number(sum(numbers), total) else ([], ())


def _oracles_share(program: Program, askers: Askers) -> float | None:
    expected = askers.oracles(program)
    want = next(iter(expected.by_oracle.values()), None)
    return None if want is None or expected.disagreement else number_in(program, want)


def _edge_probe(graph: NodeStates, edge: Edge) -> EdgeProbe:
    upstream = graph.right(graph.probes.gradients).get(edge.user, 0.0)
    return EdgeProbe(graph.program, edge.user, graph.right(graph.probes.data), upstream)


def reason_by_rules(
    graph: NodeStates, first: int, edges: Sequence[Edge], shares: Sequence[float], askers: Askers
) -> Reason:
    """Return the fault that the submission's rules show one by one, and the faulty part."""
    if not edges:
        return _without_edges(graph, first)
    for edge, share in zip(edges, shares, strict=True):
        reason = _fault_of(graph, first, edge, share, askers)
        if reason is not None:
            return reason
    last = edges[-1]
    uses = [share for edge, share in zip(edges, shares, strict=True) if edge.user == last.user]
    program = _edge_probe(graph, last).by_rule_together(last.place)
    together = number_in(program, askers.subject([program])[0])
    if len(uses) > 1 and together is not None and not same_number(together, sum(uses)):
        return "", FaultyPart(last.user, "rule", last.place)
    if not any(step.name == "backward" for step in graph.program.steps):
        return "", None
    forgetful = _forgetful_operation(graph, edges)
    if forgetful is not None:
        return forgetful
    gradient = graph.values(graph.probes.gradients, first)
    meaning = "nothing arrived" if gradient.got == 0.0 else "each rule is right when it runs alone"
    return meaning, FaultyPart(last.user, "walk")


def _forgetful_operation(graph: NodeStates, edges: Sequence[Edge]) -> Reason | None:
    """Return the operation that hides a rule from the walk, None where there is none."""
    for user in dict.fromkeys(edge.user for edge in edges):
        for above in graph.users[user]:
            if graph.forgets(above, user):
                symbol = operation_of(graph.program, above)
                return f"{symbol} does not remember its operands", FaultyPart(above, "method")
    return None


def _without_edges(graph: NodeStates, node: int) -> Reason:
    passes = [step for step in graph.program.steps if step.name == "backward"]
    if any(step.refs()[:1] == (node,) for step in passes):
        return "the root of a pass gets 1 from the start", FaultyPart(node, "walk")
    users = graph.users[node]
    return "", None if passes else FaultyPart(users[0] if users else node, "method")


def _fault_of(
    graph: NodeStates, first: int, edge: Edge, share: float, askers: Askers
) -> Reason | None:
    """Return the fault in what one operation sends, None where there is none."""
    symbol = operation_of(graph.program, edge.user)
    edge_probe = _edge_probe(graph, edge)
    if graph.is_composed(edge.user):
        program = edge_probe._replace(upstream=1.0).by_its_root(edge.place)
        slope = _oracles_share(edge_probe._replace(upstream=1.0).by_backward(edge.place), askers)
        slope_got = number_in(program, askers.subject([program])[0])
        if slope is None or slope_got is None or same_number(slope_got, slope):
            return None
        return "", FaultyPart(edge.user, "method")
    programs = [edge_probe.by_rule(edge.place), edge_probe.by_rule(edge.place, BEFORE)]
    answers = askers.subject(programs)
    fresh, again = (number_in(one, answer) for one, answer in zip(programs, answers, strict=True))
    faulty = FaultyPart(edge.user, "rule", edge.place)
    if fresh is None or again is None:
        return "", None
    if not same_number(fresh, share):
        if not fresh and graph.forgets(edge.user, first):
            return f"{symbol} does not remember this operand", FaultyPart(edge.user, "method")
        sends = f"{fresh:g} for {share:g}" if fresh else "nothing"
        return f"the rule of {symbol} sends {sends}", faulty
    if not same_number(again, BEFORE + share):
        return ("overwritten" if same_number(again, share) else ""), faulty
    return None


def sender(graph: NodeStates, node: int) -> Edge | None:
    """Return the one use of a node that sends it a gradient, None where there are several."""
    program = graph.program
    edges = edges_to(program, node, rule_runs=runs_of(program))
    return edges[0] if len(edges) == 1 else None
