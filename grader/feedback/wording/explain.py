"""Says what a Mismatch is in a student's words, and shows it as a Counterexample."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch, numbers_shown
from grader.engines.observation import (
    ARRAY,
    GRAPH,
    NODES,
    NOTHING,
    NUMBER,
    ORDER,
    OTHER,
    TEXT,
    UNKNOWN_NODE,
    WORD,
    Answer,
    Array,
    GraphAnswer,
    Observation,
    Place,
    PrintedText,
    Traversal,
)
from grader.engines.program import Program, Step
from grader.feedback.wording.array_text import difference, text_of_array
from grader.feedback.wording.source import LineText, SourceNames, source
from grader.reports.report import Counterexample, Shown, SourceLine, shown

ExpectedAnswers: TypeAlias = Mapping[str, Observation]
MOST_NAMES = 30


class Explanation(NamedTuple):
    """A sentence, and what there is to show for it."""

    message: str
    counterexample: Counterexample


def explain(
    program: Program,
    mismatch: Mismatch,
    expected: ExpectedAnswers,
    names: Mapping[str, str],
    line: LineText,
) -> Explanation:
    """Return the explanation of `mismatch` for the student.

    Args:
        program: the Program that was asked.
        mismatch: where the submission's Observation differs from the first oracle's.
        expected: oracle's label → its Observation.
        names: the name the check uses → the submission's own.
        line: file or cell, and line number → the student's line, or None where there is none.
    """
    at = _last_look(program, mismatch)
    smaller = program.up_to(at, also=mismatch.at)
    members = mismatch.observation.members
    words = SourceNames(names, members=members)
    expectations = {
        oracle.partition(" ")[0]: _wanted(program, observation.answers[at], words)
        if at in observation.answers
        else "no exception"
        for oracle, observation in expected.items()
    }
    example = Counterexample(
        source(smaller, SourceNames(names, _questions(program, mismatch, at), members)),
        expectations,
        _got(program, mismatch, words),
        _line(mismatch.observation, line),
    )
    return Explanation(_message(program, mismatch, words), example)


def say(program: Program, answer: Answer, words: SourceNames) -> Shown:
    """Return an Answer as a number, or in a few words."""
    value = answer.value
    if answer.kind == NUMBER and isinstance(value, float):
        return shown(value)
    if isinstance(value, Array):
        return text_of_array(value)
    if answer.kind == NODES and isinstance(value, tuple):
        nodes = tuple(node for node in value if isinstance(node, int))
        return _names(program, nodes, words) or "no nodes"
    if answer.kind == ORDER and isinstance(value, Traversal):
        return _order(program, value, words)
    if isinstance(value, GraphAnswer):
        return _graph(program, value, words)
    if answer.kind == WORD:
        return repr(value)
    if answer.kind == TEXT and isinstance(value, PrintedText):
        return repr(value.text)
    return "None" if answer.kind == NOTHING else str(value)


def _wanted(program: Program, answer: Answer, words: SourceNames) -> Shown:
    """Return the expectation: where many orders or texts are right, not one but the rule."""
    if answer.kind == ORDER:
        return "every node once, children before parents"
    if answer.kind == TEXT:
        numbers, _ = numbers_shown(answer)
        shows = ", ".join(map(str, numbers))
        return f"a text that shows {shows}" if shows else say(program, answer, words)
    return say(program, answer, words)


def name_of(program: Program, index: int, words: SourceNames) -> str:
    """Return the expression that gave the node of step `index`."""
    if index == UNKNOWN_NODE:
        return "another node"
    known = program.names.get(index)
    if known:
        return known
    return _statement(program, index, words)


def _names(program: Program, nodes: tuple[int, ...], words: SourceNames) -> str:
    names = [name_of(program, node, words) for node in nodes[:MOST_NAMES]]
    return ", ".join(names + ["…"] * (len(nodes) > MOST_NAMES))


def _statement(program: Program, index: int, words: SourceNames) -> str:
    """Return step `index` as the line of code that takes it."""
    until = program.up_to(index)._replace(observed=())
    last = until.steps[-1]
    if last.name == "raises":
        call = Step("call", str(last.operands[1]), last.operands[:1])
        until = until._replace(steps=(*until.steps[:-1], call))
    return source(until, words).splitlines()[-1]


def _last_look(program: Program, mismatch: Mismatch) -> int:
    """Return the observed step that the example should end with."""
    later = sorted(look.at for look in program.observed if look.at >= mismatch.at)
    return later[0] if later else mismatch.at


def _questions(program: Program, mismatch: Mismatch, at: int) -> dict[int, str]:
    """Return the submission's own form of the question that the example ends with."""
    how = mismatch.got.how if mismatch.got else ""
    last = len(program.up_to(at, also=mismatch.at).steps) - 1
    return {last: how} if how else {}


def _got(program: Program, mismatch: Mismatch, words: SourceNames) -> Shown:
    observation = mismatch.observation
    if mismatch.got is not None:
        return say(program, mismatch.got, words)
    if observation.fault is not None and observation.ended == "raised":
        return f"raises {_raised(observation)}"
    return _ended(observation)


def _message(program: Program, mismatch: Mismatch, words: SourceNames) -> str:
    label = next((look.label for look in program.observed if look.at == mismatch.at), "")
    if mismatch.got is None or mismatch.want is None:
        return _ending_fault(program, mismatch, words)
    want = _wanted(program, mismatch.want, words)
    got = say(program, mismatch.got, words)
    if isinstance(mismatch.got.value, PrintedText) and mismatch.got.value.printed:
        return f"{label} prints; it should return the text and print nothing"
    if mismatch.got.kind == ORDER and isinstance(mismatch.got.value, Traversal):
        return f"{label}: {_order_fault(program, mismatch, words)}"
    if isinstance(mismatch.want.value, bool):
        return _truth_fault(program, mismatch, label, words)
    if ARRAY in (mismatch.want.kind, mismatch.got.kind):
        return _array_fault(label, mismatch.want, mismatch.got, f"{got}, expected {want}")
    if isinstance(mismatch.want.value, GraphAnswer) and isinstance(mismatch.got.value, GraphAnswer):
        return f"{label}: {_graph_fault(program, mismatch.want.value, mismatch.got.value, words)}"
    if mismatch.want.kind in (NODES, ORDER, GRAPH, WORD) and mismatch.got.kind == OTHER:
        return f"{label}: {got}"
    return f"{label} is {got}, expected {want}"


def _truth_fault(program: Program, mismatch: Mismatch, label: str, words: SourceNames) -> str:
    assert mismatch.want is not None
    assert mismatch.got is not None
    step = program.steps[mismatch.at]
    if step.name != "raises" or not isinstance(mismatch.got.value, bool):
        want, got = mismatch.want.value, say(program, mismatch.got, words)
        return f"{label} should be {want} and is {got}"
    call = f"`{_statement(program, mismatch.at, words)}`"
    says = {True: "raises no exception, and should", False: "raises an exception, and should not"}
    return f"{label}: {call} {says[mismatch.want.value is True]}"


def _array_fault(label: str, want: Answer, got: Answer, otherwise: str) -> str:
    if isinstance(want.value, Array) and isinstance(got.value, Array):
        return difference(label, want.value, got.value)
    if isinstance(got.value, Array) and want.kind == NUMBER:
        return f"{label} has the shape {got.value.shape}, expected a single number"
    if isinstance(want.value, Array) and got.kind == NUMBER:
        return f"{label} is a single number, expected the shape {want.value.shape}"
    return f"{label} is {otherwise}"


def _ending_fault(program: Program, mismatch: Mismatch, words: SourceNames) -> str:
    observation = mismatch.observation
    at = observation.step
    statement = f"`{_statement(program, at, words)}` " if at is not None else ""
    if observation.ended == "raised" and observation.fault is not None:
        if _lacks_a_name(program, observation):
            name = program.steps[at or 0].name
            return f"there is no {'class' if name[:1].isupper() else 'function'} {name} yet"
        return f"{statement}raises {_raised(observation)}{_at(observation.fault.place)}"
    place = _at(observation.fault.place) if observation.fault else ""
    return f"{statement or 'the program below '}{_ended(observation)}{place}"


def _lacks_a_name(program: Program, observation: Observation) -> bool:
    """Return whether a Program takes a name from the submission that is not there."""
    fault, at = observation.fault, observation.step
    if fault is None or at is None or fault.place is not None:
        return False
    return fault.type == "NameError" and program.steps[at].kind == "make"


def _raised(observation: Observation) -> str:
    fault = observation.fault
    assert fault is not None
    return f"{fault.type}: {fault.message}" if fault.message else fault.type


def _at(place: Place | None) -> str:
    return f" ({place.file}, line {place.line})" if place else ""


def _ended(observation: Observation) -> str:
    if observation.ended == "violated":
        return f"was refused: the submission {observation.detail}"
    because = f": {observation.detail}" if observation.detail else ""
    says = {
        "timed out": "did not come to an end",
        "flooded": "printed without end",
        "died": "was cut short",
        "not asked": "was not asked",
        "answered": "gave no answer",
        "raised": "raised an exception",
    }
    return says[observation.ended] + because


def _line(observation: Observation, line: LineText) -> SourceLine | None:
    """Return the student's line that a fault names, where the submission has such a line."""
    place = observation.fault.place if observation.fault else None
    text = line(place.file, place.line) if place else None
    if place is None or text is None:
        return None
    return SourceLine(place.file, place.line, place.function, text.strip())


def _graph(program: Program, graph: GraphAnswer, words: SourceNames) -> str:
    nodes = f"{len(graph.nodes)} nodes"
    edges = f"the edges {_edges(program, graph.edges, words) or 'none'}"
    back = f", back along {_edges(program, graph.back, words)}" if graph.back else ""
    return f"{nodes}, {edges}{back}"


def _edges(program: Program, edges: tuple[tuple[int, int], ...], words: SourceNames) -> str:
    return ", ".join(_edge(program, edge, words) for edge in edges[:MOST_NAMES])


def _edge(program: Program, edge: tuple[int, int], words: SourceNames) -> str:
    child, parent = (name_of(program, end, words) for end in edge)
    return f"({child}, {parent})"


def _graph_fault(program: Program, want: GraphAnswer, got: GraphAnswer, words: SourceNames) -> str:
    """Return the first thing that is missing from a graph, or too much in it."""
    for what, expected, edges_got in (
        ("edge", want.edges, got.edges),
        ("way back along", want.back, got.back),
    ):
        for edge in expected:
            if edge not in edges_got:
                turned = what == "edge" and edge[::-1] in edges_got
                because = "stands the wrong way round" if turned else "is missing"
                return f"the {what} {_edge(program, edge, words)} {because}"
        for edge in edges_got:
            if edge not in expected:
                return f"the {what} {_edge(program, edge, words)} does not belong there"
    for node in want.nodes:
        if node not in got.nodes:
            return f"the node {name_of(program, node, words)} is missing"
    strange = [node for node in got.nodes if node not in want.nodes]
    return f"the node {name_of(program, strange[0], words)} does not belong there"


def _order(program: Program, traversal: Traversal, words: SourceNames) -> str:
    if traversal.order is None:
        return "no list of nodes"
    return _names(program, traversal.order, words) or "an empty list"


def _order_fault(program: Program, mismatch: Mismatch, words: SourceNames) -> str:
    want, got = _traversal(mismatch.want), _traversal(mismatch.got)
    nodes, order = want.order or (), got.order
    if order is None:
        return "no list of nodes was found, and the gradients after backward() are wrong"
    twice = next((index for index in order if order.count(index) > 1), None)
    if twice is not None:
        name = name_of(program, twice, words)
        return f"{name} is in the map {order.count(twice)} times, expected once"
    missing = next((index for index in nodes if index not in order), None)
    if missing is not None:
        return f"{name_of(program, missing, words)} is missing from the map"
    if len(order) > len(nodes):
        return "the map holds nodes that are not below the root"
    return f"the map is {_order(program, got, words)}: a node stands before its children"


def _traversal(answer: Answer | None) -> Traversal:
    value = answer.value if answer else None
    return value if isinstance(value, Traversal) else Traversal(None)
