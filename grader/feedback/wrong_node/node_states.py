"""Holds a graph of both sides: the number that each node should have and has, and its links."""

from collections.abc import Mapping
from typing import NamedTuple

from grader.engines.compare import RELATIVE, SINGLE_RELATIVE, same
from grader.engines.observation import (
    ARRAY,
    NODES,
    NOTHING,
    NUMBER,
    TRUTH,
    UNKNOWN_NODE,
    Answer,
    Array,
    Observation,
)
from grader.engines.probes import Probed
from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.engines.program_graph import is_leaf, nodes
from grader.feedback.wording.array_text import text_of_array
from grader.reports.report import HeldValue, Shown, shown


class LinkedProgram(NamedTuple):
    """A Program that also asks how nodes hang together.

    Attributes:
        program: what to ask the submission.
        same: node → the step that asks whether it is its first operand itself.
        children: node → the step that asks for its children.
    """

    program: Program
    same: Mapping[int, int]
    children: Mapping[int, int]


def with_links(program: Program, probes: Probed) -> LinkedProgram:
    """Return the Program that asks a submission for everything about its graph.

    Args:
        program: the Program that `probes` was made from.
        probes: its reads, see `probe`.
    """
    steps, observed = list(probes.program.steps), list(probes.program.observed)

    def ask(step: Step) -> int:
        steps.append(step)
        observed.append(ObservedStep("", len(steps) - 1))
        return len(steps) - 1

    computed = [node for node in nodes(program) if not is_leaf(program.steps[node])]
    same = {
        node: ask(Step("ask", "same", (Ref(node), Ref(program.steps[node].refs()[0]))))
        for node in computed
        if len(program.steps[node].refs()) == 1
    }
    children = {node: ask(Step("ask", "children", (Ref(node),))) for node in computed}
    return LinkedProgram(Program(tuple(steps), tuple(observed), program.names), same, children)


class NodeStates:
    """The numbers that both sides hold at each node."""

    def __init__(
        self, program: Program, probes: Probed, want: Observation, got: Observation
    ) -> None:
        self.program = program
        self.probes = probes
        self.want = want.answers
        self.got = got.answers
        self._relative = SINGLE_RELATIVE if got.precision else RELATIVE
        self.nodes = nodes(program)
        self.is_operand: set[int] = set()
        self.children: dict[int, set[int]] = {}
        self.users = {
            node: [user for user in self.nodes if node in program.steps[user].refs()]
            for node in self.nodes
        }

    def learn(self, links: LinkedProgram) -> None:
        """Note results that are their operand itself, and what each remembers."""
        for node, at in links.same.items():
            if self.got.get(at) == Answer(TRUTH, True):
                self.is_operand.add(node)
        for node, at in links.children.items():
            answer = self.got.get(at)
            if answer is not None and answer.kind == NODES and isinstance(answer.value, tuple):
                self.children[node] = {at for at in answer.value if isinstance(at, int)}

    def forgets(self, user: int, operand: int) -> bool:
        """Return whether a result is known not to remember one of its operands."""
        children = self.children.get(user)
        return children is not None and operand not in children and UNKNOWN_NODE not in children

    def is_composed(self, user: int) -> bool:
        """Return whether a result is made from nodes in between, `a - b` by way of `-b` say."""
        children = self.children.get(user, set())
        plain = any(not isinstance(operand, Ref) for operand in self.program.steps[user].operands)
        needed = set(self.program.steps[user].refs()) | ({UNKNOWN_NODE} if plain else set())
        return UNKNOWN_NODE in children and not children <= needed

    def is_wrong(self, reads: Mapping[int, int], node: int) -> bool:
        """Return whether a node holds what it should not, as far as both sides tell."""
        at = reads.get(node, -1)
        want, got = self.want.get(at), self.got.get(at)
        if want is None or got is None or node in self.is_operand:
            return False
        return want.kind in (NUMBER, ARRAY) and not same(self.program, want, got, self._relative)

    def wrong(self, reads: Mapping[int, int]) -> list[int]:
        """Return the nodes that are wrong."""
        return [node for node in self.nodes if self.is_wrong(reads, node)]

    def values(self, reads: Mapping[int, int], node: int) -> HeldValue:
        """Return the number that a node should hold, and the one that it does."""
        at = reads[node]
        return HeldValue(_shown_value(self.want.get(at)), _shown_value(self.got.get(at)))

    def right(self, reads: Mapping[int, int]) -> dict[int, float]:
        """Return the number that each node should hold."""
        answers = {node: self.want[at].value for node, at in reads.items() if at in self.want}
        return {node: value for node, value in answers.items() if isinstance(value, float)}

    def above(self, node: int) -> set[int]:
        """Return `node` and everything that is computed from it, nothing where it is no node."""
        above, waiting = {node} & set(self.nodes), [node] * (node in self.nodes)
        while waiting:
            fresh = [user for user in self.users[waiting.pop()] if user not in above]
            above.update(fresh)
            waiting += fresh
        return above


def _shown_value(answer: Answer | None) -> Shown:
    if answer is None:
        return "no answer"
    if answer.kind == NUMBER and isinstance(answer.value, float):
        return shown(answer.value)
    if isinstance(answer.value, Array):
        return text_of_array(answer.value)
    return "None" if answer.kind == NOTHING else str(answer.value)
