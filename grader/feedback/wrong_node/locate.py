"""Finds the first node of a graph that is wrong, and what should have arrived there from where.

Values are judged from the inputs on, gradients from the root on. Between inputs and root an engine
may keep what it likes: a gradient there is judged only where what is wrong came through it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from grader.engines.compare import Mismatch, same
from grader.engines.observation import ARRAY
from grader.engines.probes import watched
from grader.engines.program import Observed, Program, Ref, Step
from grader.engines.program_graph import is_leaf, nodes
from grader.feedback.shrinking.smallest import Sides, repeats
from grader.feedback.wording.source import Vocabulary, source
from grader.feedback.wrong_node.contributions import Account, in_words
from grader.feedback.wrong_node.faulty_part import Blamed, evidence, ledger, operation_of, sender
from grader.feedback.wrong_node.node_states import Graph, Links, with_links
from grader.reports.report import Node, Share, Shown, WrongNode

State = Literal["right", "first wrong", "follows from it", "wrong as well"]


class Located(NamedTuple):
    """The first wrong node, and whose lines to look at, where that is known."""

    wrong: WrongNode
    blamed: Blamed | None


def locate(
    program: Program, mismatch: Mismatch, sides: Sides, words: Vocabulary | None = None
) -> Located | None:
    """Return the first wrong node of a failing Program.

    Args:
        program: what the submission fails, as small as may be.
        mismatch: how.
        sides: whom to ask for what every node holds.
        words: what things are called in the submission.

    Returns:
        None where there is no graph, nothing was answered, or no node is wrong: where a method
        raises, say, only a question is answered wrongly, or what is asked again is answered
        differently: where children are a set, a wrong walk depends on memory addresses.
    """
    if mismatch.got is None or program.steps[mismatch.at].kind != "read" or not nodes(program):
        return None
    watch = watched(program, inner=True)
    said = sides.oracles(watch.program)
    if said.quarrel or not said.expected:
        return None
    want = next(iter(said.expected.values()))
    over_arrays = any(answer.kind == ARRAY for answer in want.answers.values())
    links = Links(watch.program, {}, {}) if over_arrays else with_links(program, watch)
    (got,) = sides.subject([links.program])
    if not repeats(mismatch.got, got.answers.get(mismatch.at)):
        return None
    graph = Graph(program, watch, want, got)
    graph.learn(links)
    teller = _Teller(graph, words or Vocabulary())
    wrong = graph.wrong(watch.data)
    if wrong:
        return _wrong_value(teller, wrong, sides)
    wrong = graph.wrong(watch.gradients)[::-1]
    first = _first(graph, wrong, program.steps[mismatch.at].refs()[0])
    if first is None:
        return None
    if over_arrays:
        return _wrong_array(teller, first, wrong)
    return _wrong_gradient(teller, first, wrong, sides)


def _first(graph: Graph, wrong: Sequence[int], asked: int) -> int | None:
    """Return the wrong gradient that is wrong by itself, the one that was asked for if it is."""
    judged = graph.above(asked)
    alone = [
        node
        for node in wrong
        if not set(graph.users[node]) & set(wrong)
        and (node in judged or is_leaf(graph.program.steps[node]))
    ]
    return asked if asked in alone else next(iter(alone), None)


def _wrong_value(teller: "_Teller", wrong: Sequence[int], sides: Sides) -> Located:
    graph, first = teller.graph, wrong[0]
    program = graph.program
    held = graph.held(graph.watch.data, first)
    states = _states(first, wrong, lambda node: program.steps[node].refs())
    made_by = operation_of(program, first)
    blamed = Blamed(first, "method")
    by = f", made by {made_by}" if made_by else ""
    changed_by = _changed_by(graph, first, sides)
    if changed_by is not None:
        made_by = operation_of(program, changed_by)
        blamed, by = Blamed(changed_by, "method"), f", changed by {made_by}"
    is_assigned = any(
        (step.kind, step.name) == ("write", "data") and step.refs()[:1] == (first,)
        for step in program.steps
    )
    says = f"should be {_short(held.expected)}, got {_short(held.got)}{by}"
    name, described = teller.name(first), teller.nodes(states)
    wrong_node = WrongNode(name, "data", *held, made_by, says, (), described)
    return Located(wrong_node, None if is_assigned else blamed)


def _changed_by(graph: Graph, node: int, sides: Sides) -> int | None:
    """Return the operation that changed an input, where it is right as long as nothing uses it."""
    program = graph.program
    users = graph.users[node]
    if not is_leaf(program.steps[node]) or not users:
        return None
    alone = Program((program.steps[node], Step("read", "data", (Ref(0),))), (Observed("", 1),))
    (answer,) = sides.subject([alone])
    want, got = graph.want.get(graph.watch.data[node]), answer.answers.get(1)
    kept = want is not None and got is not None and same(alone, want, got)
    return users[0] if kept else None


def _wrong_gradient(teller: "_Teller", first: int, wrong: Sequence[int], sides: Sides) -> Located:
    graph = teller.graph
    held = graph.held(graph.watch.gradients, first)
    edges, shares = ledger(graph, first, sides)
    account = Account(
        tuple(teller.name(edge.user) for edge in edges),
        shares,
        graph.right(graph.watch.gradients)[first],
        held.got if isinstance(held.got, float) else None,
    )
    verdict, blamed = evidence(graph, first, edges, shares, sides)
    states = _states(first, wrong, lambda node: graph.users[node])
    found = WrongNode(
        teller.name(first),
        "grad",
        *held,
        made_by=_made_by(graph.program, blamed),
        says=in_words(account, _short(held.got), verdict),
        shares=tuple(map(Share, account.sources, account.shares)),
        nodes=teller.nodes(states),
    )
    return Located(found, blamed)


def _wrong_array(teller: "_Teller", first: int, wrong: Sequence[int]) -> Located:
    """Return a wrong gradient that is an array; its only sender, if there is one, is to blame."""
    graph = teller.graph
    held, edge = graph.held(graph.watch.gradients, first), sender(graph, first)
    blamed = None
    if edge is not None:
        of_function = graph.program.steps[edge.user].name == "forward"  # which stands before them
        blamed = Blamed(edge.user, "rule", edge.place - of_function)
    made_by = _made_by(graph.program, blamed)
    source = f"from {teller.name(edge.user)} " if edge is not None else "should be "
    sends = f": {made_by} sends it" if made_by else ""
    states = _states(first, wrong, lambda node: graph.users[node])
    says = f"{source}{held.expected}; got {held.got}{sends}"
    name = teller.name(first)
    found = WrongNode(name, "grad", *held, made_by, says, (), teller.nodes(states))
    return Located(found, blamed)


def _short(value: Shown) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _made_by(program: Program, blamed: Blamed | None) -> str:
    """Return the operation to blame, nothing where all of them are right."""
    if blamed is None or blamed.part == "walk":
        return ""
    return operation_of(program, blamed.step)


def _states(
    first: int, wrong: Collection[int], before: Callable[[int], Collection[int]]
) -> Mapping[int, State]:
    """Return the state of each wrong node: `before` gives those that it depends on."""
    states: dict[int, State] = {
        node: "follows from it" if set(before(node)) & set(wrong) else "wrong as well"
        for node in wrong
    }
    return {**states, first: "first wrong"}


class _Teller:
    """Tells of a graph in the words of its Program."""

    def __init__(self, graph: Graph, words: Vocabulary) -> None:
        self.graph = graph
        self.words = words

    def name(self, node: int) -> str:
        """Return what a node is called, or the expression that makes it."""
        return self.graph.program.names.get(node) or self._expression(node)

    def nodes(self, states: Mapping[int, State]) -> tuple[Node, ...]:
        """Return every node with its state."""
        return tuple(self._node(node, states.get(node, "right")) for node in self.graph.nodes)

    def _node(self, node: int, state: State) -> Node:
        graph, step = self.graph, self.graph.program.steps[node]
        gradients = graph.watch.gradients
        return Node(
            self.name(node),
            self._expression(node),
            operation_of(graph.program, node),
            tuple(self.name(at) for at in step.refs() if at in graph.nodes),
            graph.held(graph.watch.data, node),
            graph.held(gradients, node) if node in gradients else None,
            state,
        )

    def _expression(self, node: int) -> str:
        program = self.graph.program
        until = program.up_to(node)._replace(observed=())
        line = source(until, self.words).splitlines()[-1]
        return line.removeprefix(f"{program.names.get(node, '')} = ")
