"""Finds the first node of a graph that is wrong, and what should have arrived there from where.

Values are judged from the inputs on, gradients from the root on. Between inputs and root an engine
may keep what it likes: a gradient there is judged only where what is wrong came through it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from grader.compare import Mismatch, same_number
from grader.graph import Graph, with_links
from grader.ledger import BEFORE, Account, Edge, alone, edges_to, in_words, number_in, runs_of
from grader.paste import Vocabulary, source
from grader.program import BINARY, Program, Step
from grader.results import Held, Node, Share, WrongNode
from grader.size import is_leaf, nodes
from grader.smallest import Sides
from grader.watched import watched

SYMBOLS = {**BINARY, "neg": "-"}
State = Literal["right", "first wrong", "follows from it", "wrong as well"]


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


class Located(NamedTuple):
    """The first wrong node, and whose lines to look at, where that is known."""

    wrong: WrongNode
    blamed: Blamed | None


def locate(
    program: Program, mismatch: Mismatch, sides: Sides, words: Vocabulary | None = None
) -> Located | None:
    """Return the first wrong node of a failing Program over scalars.

    Args:
        program: what the submission fails, as small as may be.
        mismatch: how.
        sides: whom to ask for what every node holds.
        words: what things are called in the submission.

    Returns:
        None where there is no graph, nothing was answered, or no node is wrong: where a method
        raises, say, or only a question is answered wrongly.
    """
    if mismatch.got is None or program.steps[mismatch.at].kind != "read" or not nodes(program):
        return None
    watch = watched(program, inner=True)
    said = sides.oracles(watch.program)
    if said.quarrel or not said.expected:
        return None
    links = with_links(program, watch)
    (got,) = sides.subject([links.program])
    graph = Graph(program, watch, next(iter(said.expected.values())), got)
    graph.learn(links)
    teller = _Teller(graph, words or Vocabulary())
    wrong = graph.wrong(watch.data)
    if wrong:
        return _wrong_value(teller, wrong)
    wrong = graph.wrong(watch.gradients)[::-1]
    above = graph.above(program.steps[mismatch.at].refs()[0])
    judged = (node for node in wrong if node in above or is_leaf(program.steps[node]))
    first = next(judged, None)
    return None if first is None else _wrong_gradient(teller, first, wrong, sides)


def operation_of(step: Step) -> str:
    """Return the operation that made a node as people write it, nothing for an input."""
    return "" if is_leaf(step) else SYMBOLS.get(step.name, step.name)


def _wrong_value(teller: "_Teller", wrong: Sequence[int]) -> Located:
    first, program = wrong[0], teller.graph.program
    held = teller.graph.held(teller.graph.watch.data, first)
    states = _states(first, wrong, lambda node: program.steps[node].refs())
    made_by = operation_of(program.steps[first])
    says = f"should be {held.expected}, got {held.got}{', made by ' * bool(made_by)}{made_by}"
    found = WrongNode(teller.name(first), "data", *held, made_by, says, (), teller.nodes(states))
    return Located(found, Blamed(first, "method"))


def _wrong_gradient(teller: "_Teller", first: int, wrong: Sequence[int], sides: Sides) -> Located:
    graph = teller.graph
    held = graph.held(graph.watch.gradients, first)
    states = _states(first, wrong, lambda node: graph.users[node])
    edges = _edges(graph, first)
    shares = _shares(graph, edges, sides) if edges else None
    account = Account(
        tuple(teller.name(edge.user) for edge in edges) if shares else (),
        tuple(shares or ()),
        graph.right(graph.watch.gradients)[first],
        held.got if isinstance(held.got, float) else None,
    )
    verdict, blamed = _evidence(graph, first, edges, shares, sides)
    made_by = {operation_of(graph.program.steps[edge.user]) for edge in edges}
    found = WrongNode(
        teller.name(first),
        "grad",
        *held,
        made_by=made_by.pop() if len(made_by) == 1 else "",
        says=in_words(
            account, f"{held.got:g}" if account.got is not None else str(held.got), verdict
        ),
        shares=tuple(map(Share, account.sources, account.shares)),
        nodes=teller.nodes(states),
    )
    return Located(found, blamed)


def _edges(graph: Graph, node: int) -> list[Edge]:
    """Return the edges that bring a node its gradient, none where passes overlap."""
    runs = runs_of(graph.program)
    edges = edges_to(graph.program, node, sent=runs)
    return edges if all(runs[edge.user] == 1 for edge in edges) else []


def _shares(graph: Graph, edges: Sequence[Edge], sides: Sides) -> list[float] | None:
    """Return what an oracle sends along each edge."""
    shares = []
    for edge in edges:
        program = _alone(graph, edge).fresh
        said = sides.oracles(program)
        want = next(iter(said.expected.values()), None)
        share = number_in(program, want) if want is not None and not said.quarrel else None
        if share is None:
            return None
        shares.append(share)
    return shares


def _evidence(
    graph: Graph,
    first: int,
    edges: Sequence[Edge],
    shares: Sequence[float] | None,
    sides: Sides,
) -> tuple[str, Blamed | None]:
    """Return what the submission's rules do one by one, and which part is to blame."""
    for edge in edges:
        if (edge.user, first) in graph.forgotten:
            symbol = operation_of(graph.program.steps[edge.user])
            return f"{symbol} does not remember this operand", Blamed(edge.user, "method")
    if not shares:
        return "", None
    asked = [_alone(graph, edge) for edge in edges]
    answers = sides.subject([program for one in asked for program in one])
    numbers = [
        number_in(program, answer)
        for program, answer in zip([p for one in asked for p in one], answers, strict=True)
    ]
    for edge, share, fresh, again in zip(edges, shares, numbers[::2], numbers[1::2], strict=True):
        symbol = operation_of(graph.program.steps[edge.user])
        blamed = Blamed(edge.user, "rule", edge.place)
        if fresh is None or again is None:
            return "", None
        if not same_number(fresh, share):
            return _of_rule(symbol, share, fresh), blamed
        if not same_number(again, BEFORE + share):
            overwrites = same_number(again, share)
            return ("overwritten" if overwrites else f"the rule of {symbol} does not add"), blamed
    return "", _of_walk(graph, edges)


def _of_rule(symbol: str, share: float, sent: float) -> str:
    sends = "nothing" if sent == 0 else f"{sent:g}"
    return f"the rule of {symbol} sends {sends}" + ("" if sent == 0 else f" for {share:g}")


def _of_walk(graph: Graph, edges: Sequence[Edge]) -> Blamed | None:
    """Return the walk where every rule is right by itself, and one uses a node once."""
    users = [edge.user for edge in edges]
    if len(set(users)) < len(users):
        return Blamed(users[0], "rule")
    called = any(step.name == "backward" for step in graph.program.steps)
    return Blamed(users[0], "walk") if called else None


def _alone(graph: Graph, edge: Edge):  # type: ignore[no-untyped-def]
    upstream = graph.right(graph.watch.gradients).get(edge.user, 0.0)
    return alone(graph.program, edge, graph.right(graph.watch.data), upstream)


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
            operation_of(step),
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
