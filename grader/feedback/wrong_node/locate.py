"""Finds the first node of a graph that is wrong, and what should have arrived there from where.

Both sides read every node in one Program, the one that failed with reads added to it, and nodes are
compared in the order in which an engine computes them: values from the inputs on, then gradients
from the root on. The first that differs is then one that no earlier node explains. In the order of
the steps a wrong gradient would show at an input first, far from the rule that sent it, and rules
that passed on rightly what they got would be named. Gradients wait until every value is right: a
right rule that reads a wrong value sends a wrong share.

Between inputs and root an engine may keep what it likes. So a gradient there is looked at only
where the gradient that was asked for came through it; a right engine that clears its inner nodes
would have a wrong node at once otherwise. Where the failure does not come again in the longer
Program there is no wrong node: what it would show belongs to another run.

Which share of a wrong sum is wrong is not in the graph, so each rule is asked by itself, with right
numbers around it (`faulty_part`). Inside the graph the fault of one rule would be that of all.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from grader.engines.compare import Mismatch, same
from grader.engines.observation import ARRAY
from grader.engines.probes import probe
from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.engines.program_graph import is_leaf, is_moved, nodes
from grader.feedback.shrinking.smallest import Askers, repeats
from grader.feedback.wording.source import SourceNames, source
from grader.feedback.wrong_node.contributions import Contributions, in_words
from grader.feedback.wrong_node.faulty_part import (
    FaultyPart,
    contributions,
    operation_of,
    reason_by_rules,
    sender,
)
from grader.feedback.wrong_node.node_states import LinkedProgram, NodeStates, with_links
from grader.reports.report import Node, Share, Shown, WrongNode

State = Literal["right", "first wrong", "follows from it", "wrong as well"]


class WrongNodeFound(NamedTuple):
    """The first wrong node, and whose lines to look at, where that is known."""

    node: WrongNode
    faulty_part: FaultyPart | None


def locate(
    program: Program, mismatch: Mismatch, askers: Askers, words: SourceNames | None = None
) -> WrongNodeFound | None:
    """Return the first wrong node of a failing Program.

    Args:
        program: what the submission fails, as small as may be.
        mismatch: how.
        askers: the submission and the oracles, for what every node holds.
        words: the names of things in the submission.

    Returns:
        None where there is no graph, nothing was answered, or no node is wrong: where a method
        raises, say, only a question is answered wrongly, or what is asked again is answered
        differently: where children are a set, a wrong walk depends on memory addresses.
    """
    if mismatch.got is None or program.steps[mismatch.at].kind != "read" or not nodes(program):
        return None
    probes = probe(program, inner=True)
    expected = askers.oracles(probes.program)
    if expected.disagreement or not expected.by_oracle:
        return None
    want = next(iter(expected.by_oracle.values()))
    over_arrays = any(answer.kind == ARRAY for answer in want.answers.values())
    links = LinkedProgram(probes.program, {}, {}) if over_arrays else with_links(program, probes)
    (got,) = askers.subject([links.program])
    if not repeats(mismatch.got, got.answers.get(mismatch.at)):
        return None
    graph = NodeStates(program, probes, want, got)
    graph.learn(links)
    wording = _GraphWording(graph, words or SourceNames())
    wrong = graph.wrong(probes.data)
    if wrong:
        return None if _is_moved(program, wrong[0]) else _wrong_value(wording, wrong, askers)
    wrong = graph.wrong(probes.gradients)[::-1]
    first = _first_wrong(graph, wrong, program.steps[mismatch.at].refs()[0])
    if first is None:
        return None
    if over_arrays:
        return _wrong_array(wording, first, wrong)
    return _wrong_gradient(wording, first, wrong, askers)


def _is_moved(program: Program, node: int) -> bool:
    """Return whether an input was made rightly, as far as is known, and no node has set it."""
    return is_leaf(program.steps[node]) and is_moved(program, node)


def _first_wrong(graph: NodeStates, wrong: Sequence[int], target: int) -> int | None:
    """Return the wrong gradient that is wrong by itself, the one that was asked for if it is."""
    on_the_way = graph.above(target)
    alone = [
        node
        for node in wrong
        if not set(graph.users[node]) & set(wrong)
        and (node in on_the_way or is_leaf(graph.program.steps[node]))
    ]
    return target if target in alone else next(iter(alone), None)


def _wrong_value(wording: "_GraphWording", wrong: Sequence[int], askers: Askers) -> WrongNodeFound:
    graph, first = wording.graph, wrong[0]
    program = graph.program
    values = graph.values(graph.probes.data, first)
    states = _states(first, wrong, lambda node: program.steps[node].refs())
    made_by = operation_of(program, first)
    faulty = FaultyPart(first, "method")
    by = f", made by {made_by}" if made_by else ""
    changed_by = _changed_by(graph, first, askers)
    if changed_by is not None:
        made_by = operation_of(program, changed_by)
        faulty, by = FaultyPart(changed_by, "method"), f", changed by {made_by}"
    is_assigned = any(
        (step.kind, step.name) == ("write", "data") and step.refs()[:1] == (first,)
        for step in program.steps
    )
    says = f"should be {_short(values.expected)}, got {_short(values.got)}{by}"
    name, described = wording.name(first), wording.nodes(states)
    wrong_node = WrongNode(name, "data", *values, made_by, says, (), described)
    return WrongNodeFound(wrong_node, None if is_assigned else faulty)


def _changed_by(graph: NodeStates, node: int, askers: Askers) -> int | None:
    """Return the operation that changed an input, where it is right as long as nothing uses it."""
    program = graph.program
    users = graph.users[node]
    if not is_leaf(program.steps[node]) or not users:
        return None
    alone = Program((program.steps[node], Step("read", "data", (Ref(0),))), (ObservedStep("", 1),))
    (answer,) = askers.subject([alone])
    want, got = graph.want.get(graph.probes.data[node]), answer.answers.get(1)
    kept = want is not None and got is not None and same(alone, want, got)
    return users[0] if kept else None


def _wrong_gradient(
    wording: "_GraphWording", first: int, wrong: Sequence[int], askers: Askers
) -> WrongNodeFound:
    graph = wording.graph
    values = graph.values(graph.probes.gradients, first)
    edges, shares = contributions(graph, first, askers)
    account = Contributions(
        tuple(wording.name(edge.user) for edge in edges),
        shares,
        graph.right(graph.probes.gradients)[first],
        values.got if isinstance(values.got, float) else None,
    )
    meaning, faulty = reason_by_rules(graph, first, edges, shares, askers)
    states = _states(first, wrong, lambda node: graph.users[node])
    wrong_node = WrongNode(
        wording.name(first),
        "grad",
        *values,
        made_by=_made_by(graph.program, faulty),
        says=in_words(account, _short(values.got), meaning),
        shares=tuple(map(Share, account.sources, account.shares)),
        nodes=wording.nodes(states),
    )
    return WrongNodeFound(wrong_node, faulty)


def _wrong_array(wording: "_GraphWording", first: int, wrong: Sequence[int]) -> WrongNodeFound:
    """Return a wrong gradient that is an array; its only sender, if there is one, is at fault."""
    graph = wording.graph
    values, edge = graph.values(graph.probes.gradients, first), sender(graph, first)
    faulty = None
    if edge is not None:
        of_function = graph.program.steps[edge.user].name == "forward"  # which stands before them
        faulty = FaultyPart(edge.user, "rule", edge.place - of_function)
    made_by = _made_by(graph.program, faulty)
    source = f"from {wording.name(edge.user)} " if edge is not None else "should be "
    sends = f": {made_by} sends it" if made_by else ""
    states = _states(first, wrong, lambda node: graph.users[node])
    says = f"{source}{values.expected}; got {values.got}{sends}"
    name = wording.name(first)
    wrong_node = WrongNode(name, "grad", *values, made_by, says, (), wording.nodes(states))
    return WrongNodeFound(wrong_node, faulty)


def _short(value: Shown) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _made_by(program: Program, faulty: FaultyPart | None) -> str:
    """Return the operation at fault, nothing where all of them are right."""
    if faulty is None or faulty.part == "walk":
        return ""
    return operation_of(program, faulty.step)


def _states(
    first: int, wrong: Collection[int], before: Callable[[int], Collection[int]]
) -> Mapping[int, State]:
    """Return the state of each wrong node: `before` gives those that it depends on."""
    states: dict[int, State] = {
        node: "follows from it" if set(before(node)) & set(wrong) else "wrong as well"
        for node in wrong
    }
    return {**states, first: "first wrong"}


class _GraphWording:
    """The words for a graph, those of its Program."""

    def __init__(self, graph: NodeStates, words: SourceNames) -> None:
        self.graph = graph
        self.words = words

    def name(self, node: int) -> str:
        """Return the name of a node, or the expression that makes it."""
        return self.graph.program.names.get(node) or self._expression(node)

    def nodes(self, states: Mapping[int, State]) -> tuple[Node, ...]:
        """Return every node with its state."""
        return tuple(self._node(node, states.get(node, "right")) for node in self.graph.nodes)

    def _node(self, node: int, state: State) -> Node:
        graph, step = self.graph, self.graph.program.steps[node]
        gradients = graph.probes.gradients
        return Node(
            self.name(node),
            self._expression(node),
            operation_of(graph.program, node),
            tuple(self.name(at) for at in step.refs() if at in graph.nodes),
            graph.values(graph.probes.data, node),
            graph.values(gradients, node) if node in gradients else None,
            state,
        )

    def _expression(self, node: int) -> str:
        program = self.graph.program
        until = program.up_to(node)._replace(observed=())
        line = source(until, self.words).splitlines()[-1]
        return line.removeprefix(f"{program.names.get(node, '')} = ")
