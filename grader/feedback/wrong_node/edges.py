"""The edges of a graph, and the Programs that ask what goes along one of them.

No derivative is known here: a share is what an engine sends when it is asked for one operation.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.engines.observation import NUMBER, Observation
from grader.engines.program import ObservedStep, Operand, Program, Ref, Step
from grader.engines.program_graph import is_leaf, nodes


class Edge(NamedTuple):
    """One use of a node: the node that uses it, and the place among that one's operands."""

    user: int
    place: int


def edges_to(program: Program, node: int, *, rule_runs: Mapping[int, int]) -> list[Edge]:
    """Return the uses of `node` along which something is sent, those nearest to the root first.

    Args:
        program: the graph.
        node: a node of it.
        rule_runs: node → how often its rule runs, see `runs_of`.
    """
    graph = nodes(program)
    return [
        Edge(user, place)
        for user in reversed(graph)
        if _stands_alone(program.steps[user], graph)
        for place, operand in enumerate(program.steps[user].operands)
        if operand == Ref(node) and type(operand) is Ref and rule_runs.get(user)
    ]


def _stands_alone(step: Step, graph: Sequence[int]) -> bool:
    """Return whether an operation is of nodes alone, and can be asked with others in their place.

    That of an object, a network say, or of a list is asked with all that it stands in.
    """
    if step.name == "forward":
        return True
    alone = [one.at for one in step.operands if isinstance(one, Ref)]
    return list(step.refs()) == alone and {*alone} <= {*graph}


def runs_of(program: Program) -> dict[int, int]:
    """Return the number of times that the rule of each computed node runs."""
    runs: dict[int, int] = {}
    for step in program.steps:
        if step.kind == "call" and step.name in ("backward", "_backward") and step.refs():
            (root, *_) = step.refs()
            for node in _below(program, root) if step.name == "backward" else {root}:
                runs[node] = runs.get(node, 0) + 1
    return runs


def _below(program: Program, root: int) -> set[int]:
    below, waiting = {root}, [root]
    while waiting:
        fresh = [at for at in program.steps[waiting.pop()].refs() if at not in below]
        below.update(fresh)
        waiting += fresh
    return below


class EdgeProbe(NamedTuple):
    """One operation by itself, with right values, and the gradient that its result has.

    Attributes:
        program: the graph that it is in.
        user: the step of the operation.
        data: node → its right value.
        upstream: the right gradient of the result.
    """

    program: Program
    user: int
    data: Mapping[int, float]
    upstream: float

    def by_backward(self, place: int) -> Program:
        """Return the Program that asks an oracle for the share of the operand at `place`."""
        steps, operation = self._operation_alone(shared=False)
        root = Step("operate", "mul", (Ref(len(steps)), Ref(len(steps) + 1)))
        scale = Step("make", self._class_name(), (self.upstream,))
        pass_ = Step("call", "backward", (Ref(len(steps) + 2),))
        return _with_gradient_read(
            [*steps, operation, scale, root, pass_], operation.operands[place]
        )

    def by_rule(self, place: int, before: float = 0.0) -> Program:
        """Return the Program that asks the rule for it; the operand may have a gradient already."""
        return self._one_step(place, before, shared=False)

    def by_rule_together(self, place: int) -> Program:
        """Return the Program that asks the rule for the shares of all uses of it at once."""
        return self._one_step(place, 0.0, shared=True)

    def by_its_root(self, place: int) -> Program:
        """Return the Program that begins a pass at the operation, with a gradient of 1."""
        steps, operation = self._operation_alone(shared=False)
        pass_ = Step("call", "backward", (Ref(len(steps)),))
        return _with_gradient_read([*steps, operation, pass_], operation.operands[place])

    def _one_step(self, place: int, before: float, *, shared: bool) -> Program:
        steps, operation = self._operation_alone(shared=shared)
        target = operation.operands[place]
        result = Ref(len(steps) + 1)
        following = (
            Step("write", "grad", (target, before)),
            operation,
            Step("write", "grad", (result, self.upstream)),
            Step("call", "_backward", (result,)),
        )
        return _with_gradient_read([*steps, *following], target)

    def _operation_alone(self, *, shared: bool) -> tuple[list[Step], Step]:
        """Return inputs in place of the operands, and the operation on them."""
        step = self.program.steps[self.user]
        steps: list[Step] = []
        inputs: dict[int, Ref] = {}
        operands: list[Operand] = []
        for operand in step.operands:
            if isinstance(operand, Ref) and not (shared and operand.at in inputs):
                inputs[operand.at] = Ref(len(steps))
                steps.append(Step("make", self._class_name(), (self.data[operand.at],)))
            operands.append(inputs[operand.at] if isinstance(operand, Ref) else operand)
        return steps, step._replace(operands=tuple(operands))

    def _class_name(self) -> str:
        return next(step.name for step in self.program.steps if is_leaf(step))


def _with_gradient_read(steps: Sequence[Step], target: Operand) -> Program:
    return Program((*steps, Step("read", "grad", (target,))), (ObservedStep("", len(steps)),))


def number_in(program: Program, observation: Observation) -> float | None:
    """Return the number that a Program of one look was answered with, None for anything else."""
    answer = observation.answers.get(program.observed[0].at)
    if answer is None or answer.kind != NUMBER or not isinstance(answer.value, float):
        return None
    return answer.value
