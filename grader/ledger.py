"""The shares of a gradient: what a node should receive along each edge, and which edge fails.

No derivative is known here: a share is what an oracle sends along one edge when it is asked for
that operation alone, and so is what the submission sends.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.compare import same_number
from grader.observation import NUMBER, Observation
from grader.program import Observed, Operand, Program, Ref, Step
from grader.size import is_leaf, nodes

BEFORE = 10.0


class Edge(NamedTuple):
    """One use of a node: the node that uses it, and the place among that one's operands."""

    user: int
    place: int


class Alone(NamedTuple):
    """One operation with inputs of its own, one step back from it, and what arrives at one input.

    Attributes:
        fresh: asks it of an input whose gradient is 0.
        again: asks it of an input whose gradient is BEFORE already.
    """

    fresh: Program
    again: Program


def edges_to(program: Program, node: int, *, sent: Mapping[int, int]) -> list[Edge]:
    """Return the uses of `node` along which something is sent, those nearest to the root first.

    Args:
        program: the graph.
        node: a node of it.
        sent: node → how often its rule runs, see `runs_of`.
    """
    return [
        Edge(user, place)
        for user in reversed(nodes(program))
        for place, operand in enumerate(program.steps[user].operands)
        if operand == Ref(node) and type(operand) is Ref and sent.get(user)
    ]


def runs_of(program: Program) -> dict[int, int]:
    """Return how often the rule of each computed node runs."""
    runs: dict[int, int] = {}
    for step in program.steps:
        if step.kind == "call" and step.name in ("backward", "_backward") and step.refs():
            (root, *_) = step.refs()
            for node in _below(program, root) if step.name == "backward" else {root}:
                runs[node] = runs.get(node, 0) + 1
    return runs


def alone(program: Program, edge: Edge, data: Mapping[int, float], upstream: float) -> Alone:
    """Return what asks for one share.

    Args:
        program: the graph that the edge is in.
        edge: the use of a node.
        data: node → its right value.
        upstream: the right gradient of the node that uses it.
    """
    step = program.steps[edge.user]
    made = next(leaf.name for leaf in program.steps if is_leaf(leaf))
    steps: list[Step] = []
    operands: list[Operand] = []
    for operand in step.operands:
        if isinstance(operand, Ref):
            steps.append(Step("make", made, (data[operand.at],)))
        operands.append(Ref(len(steps) - 1) if isinstance(operand, Ref) else operand)
    target = operands[edge.place]
    preset = Step("write", "grad", (target, BEFORE))
    return Alone(
        _one_step_back(steps, step._replace(operands=tuple(operands)), target, upstream),
        _one_step_back([*steps, preset], step._replace(operands=tuple(operands)), target, upstream),
    )


def _one_step_back(
    steps: Sequence[Step], operation: Step, target: Operand, upstream: float
) -> Program:
    result = Ref(len(steps))
    following = (
        operation,
        Step("write", "grad", (result, upstream)),
        Step("call", "_backward", (result,)),
        Step("read", "grad", (target,)),
    )
    return Program((*steps, *following), (Observed("", len(steps) + 3),))


def number_in(program: Program, observation: Observation) -> float | None:
    """Return the number that a Program of one look was answered with, None for anything else."""
    answer = observation.answers.get(program.observed[0].at)
    if answer is None or answer.kind != NUMBER or not isinstance(answer.value, float):
        return None
    return answer.value


def _below(program: Program, root: int) -> set[int]:
    found, waiting = {root}, [root]
    while waiting:
        fresh = [at for at in program.steps[waiting.pop()].refs() if at not in found]
        found.update(fresh)
        waiting += fresh
    return found


class Account(NamedTuple):
    """What should arrive at a node, and what did.

    Attributes:
        sources: the names of the nodes that send, one for each edge.
        shares: what each should send, in the same order.
        expected: the sum, with what was there before.
        got: what is there; None where that is no number.
    """

    sources: tuple[str, ...]
    shares: tuple[float, ...]
    expected: float
    got: float | None


def in_words(account: Account, shown: str, verdict: str = "") -> str:
    """Return what should arrive and what did, "from d 3, from e -6, together -3; got -6: …".

    Args:
        account: its numbers.
        shown: what is there, as people write it.
        verdict: what that means; reckoned where it is not known otherwise.
    """
    parts = [
        f"from {source} {share:g}"
        for source, share in zip(account.sources, account.shares, strict=True)
    ]
    before = account.expected - sum(account.shares)
    if not same_number(before, 0.0):
        parts.append(f"there before {before:g}")
    if len(parts) > 1:
        parts.append(f"together {account.expected:g}")
    verdict = verdict or reckoned(account)
    return f"{', '.join(parts)}; got {shown}{': ' * bool(verdict)}{verdict}"


def reckoned(account: Account) -> str:
    """Return what explains a wrong sum by its shares, or nothing."""
    got, shares = account.got, account.shares
    if got is None or not shares:
        return ""
    before = account.expected - sum(shares)
    if same_number(got, before):
        return "nothing arrived" if len(shares) == 1 else "none of the shares arrived"
    if len(shares) == 1:
        return "the sign is wrong" if same_number(got, before - shares[0]) else ""
    return _of_several(account, got)


def _of_several(account: Account, got: float) -> str:
    count = {2: "two", 3: "three", 4: "four"}.get(len(account.shares), str(len(account.shares)))
    if same_number(got, account.shares[-1]) and not same_number(*account.shares[-2:]):
        return "overwritten"
    for source, share in zip(account.sources, account.shares, strict=True):
        if same_number(got, account.expected - share):
            if len(set(account.sources)) == 1:
                return f"one of {count} shares is missing"
            return f"the share from {source} is missing"
    for source, share in zip(account.sources, account.shares, strict=True):
        if same_number(got, account.expected + share):
            return f"the share from {source} counts twice"
        if same_number(got, account.expected - 2 * share):
            return f"the share from {source} has the wrong sign"
    return ""
