"""Looks the truth up without the grader: `python -m tests.wild.truth`.

Each engine calculates random graphs of the operations that its exercises ask for, and so does torch:
a right one has to agree on every value and every leaf's gradient, a wrong one to differ somewhere.
"""

import random
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from math import isclose
from typing import Any, NamedTuple

import torch

from tests.wild.bank import Engine, engines

GRAPHS = 120
SMALL, LARGE = 7, 14  # nodes
LONGEST_S = 3
DOUBLINGS = 26
OPERATIONS = {
    "my475/ex2": "+ *",
    "my475/ex7": "+ *",
    "my475/ex9": "+ * - neg pow",
    "my475/ext1": "+ * relu",
    "my475/ext2": "+ * tanh +n *n -n",
    "dl4ds/v3": "+ * relu",
    "dl4ds/v4": "+ * relu",
    "dl4ds/kink": "relu",
    "scalar/walk": "+ * tanh",
    "scalar/reuse": "+ * tanh",
    "sri/arithmetic": "+ * - neg pow /",
    "sri/gradients": "+ * - neg pow /",
    "sri/reflected": "+ * - / +n *n -n /n",
    "sri/functions": "+ * tanh exp",
    "sri/neuron": "+ * - / tanh exp",
}
EXPONENTS = (2, 3, -1, 0.5, 1, -1.5)
NUMBERS = (2, 3, 0, -0.25, 2.5, 1, 0.123457)
FAR_OUT = 300  # where the form of tanh with exp(2x) overflows
LEAVES = (0.0, 2, 2, 3, -1.234567, 0.5, 1.5, -2.0)

Graph = Callable[["Field"], tuple[list[Any], Any]]


class Field(NamedTuple):
    """The numbers and functions that a graph is made with: an engine's, or torch's."""

    new: Callable[[float], Any]
    functions: dict[str, Callable[[Any], Any]]


class Step(NamedTuple):
    """One operation: its name, which nodes it takes, and a number where one stands in it."""

    operation: str
    left: int
    right: int
    number: float = 0.0


class Disagreement(Exception):
    """An engine differs from torch; the text says where."""


class TooLong(Exception):
    """An engine does not end."""


def disagreement(engine: Engine, exercise: str, seed: int = 0) -> str:
    """Return where an engine first differs from torch in what an exercise asks, or ""."""
    operations = OPERATIONS[exercise].split()
    randoms = random.Random(f"{exercise}{seed}")
    try:
        with _within(LONGEST_S), redirect_stdout(StringIO()):
            made = _namespace(engine)
        for _ in range(GRAPHS):
            size = randoms.randint(1, SMALL if engine.small else LARGE)
            graph = _random_graph(randoms, operations, size)
            with _within(LONGEST_S):
                _compare(engine, made, graph)
    except Disagreement as error:
        return str(error)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _namespace(engine: Engine) -> dict[str, Any]:
    made: dict[str, Any] = {"__name__": "__main__"}
    sys.modules["__main__"].__dict__.setdefault("annotations", None)
    exec(compile(engine.source, engine.name, "exec"), made)
    return made


def _random_graph(
    randoms: random.Random, operations: Sequence[str], size: int
) -> tuple[list[float], list[Step]]:
    leaves = [
        randoms.choice(LEAVES) if randoms.random() < 0.5 else round(randoms.uniform(-2, 2), 3)
        for _ in range(randoms.randint(1, 3))
    ]
    steps: list[Step] = []
    for number in range(len(leaves), len(leaves) + size):
        operation = randoms.choice(operations)
        left, right = randoms.randrange(number), randoms.randrange(number)
        if randoms.random() < 0.6:
            left = number - 1
        if randoms.random() < 0.3:
            left, right = right, left
        n = randoms.choice(EXPONENTS if operation == "pow" else NUMBERS)
        steps.append(Step(operation, left, right, n))
    return leaves, steps


def _compare(engine: Engine, made: dict[str, Any], graph: tuple[list[float], list[Step]]) -> None:
    leaves, steps = graph
    wanted_leaves, wanted = _on_torch(leaves, steps)
    steps = steps[: len(wanted) - len(leaves)]
    if not steps:
        return
    uses = {name: eval(f"lambda {'x' if name == 'new' else 'root' if name == 'pass' else 'v'}: "
                       f"{text}", made) for name, text in engine.uses.items()}
    nodes = [uses["new"](number) for number in leaves]
    own = nodes[:]
    for step in steps:
        nodes.append(_apply(step, nodes, uses))
    for at, (node, tensor) in enumerate(zip(nodes, wanted, strict=True)):
        _same(uses["number"](node), float(tensor.detach()), engine, f"the value of node {at} of {graph}")
    uses["pass"](nodes[-1])
    wanted[-1].backward()
    for at, (node, leaf) in enumerate(zip(own, wanted_leaves, strict=True)):
        if leaf.grad is not None:
            gradient = uses["gradient"](node)
            _same(gradient, float(leaf.grad), engine, f"the gradient of leaf {at} of {graph}")


def _on_torch(leaves: list[float], steps: list[Step]) -> tuple[list[Any], list[Any]]:
    """Return leaves and nodes, up to where a number is no longer a usual one."""
    own = [torch.tensor(float(x), dtype=torch.float64, requires_grad=True) for x in leaves]
    nodes: list[Any] = list(own)
    functions = {"relu": torch.relu, "tanh": torch.tanh, "exp": torch.exp}
    for step in steps:
        left = float(nodes[step.left].detach())
        if step.operation == "tanh" and abs(left) > FAR_OUT:
            break
        if step.operation in ("/", "/n") and 0 in (left, float(nodes[step.right].detach())):
            break
        if step.operation == "pow" and left <= 0 and (step.number < 1 or step.number % 1):
            break
        if step.operation == "relu" and abs(left) < 1e-3:
            break
        node = _apply(step, nodes, functions)
        if not 1e-4 < abs(float(node.detach())) < 1e4 and float(node.detach()) != 0:
            break
        nodes.append(node)
    return own, nodes


def _apply(step: Step, nodes: list[Any], functions: dict[str, Callable[[Any], Any]]) -> Any:
    left, right, n = nodes[step.left], nodes[step.right], step.number
    first = step.right % 2 == 0
    match step.operation:
        case "+":
            return left + right
        case "*":
            return left * right
        case "-":
            return left - right
        case "/":
            return left / right
        case "neg":
            return -left
        case "pow":
            return left**n
        case "+n":
            return n + left if first else left + n
        case "*n":
            return n * left if first else left * n
        case "-n":
            return n - left if first else left - n
        case "/n":
            return n / left if first or not n else left / n
    return functions[step.operation](left)


def _same(got: Any, wanted: float, engine: Engine, where: str) -> None:
    got = 0.0 if got is None else float(got)
    if not isclose(got, wanted, rel_tol=engine.precision, abs_tol=engine.precision):
        raise Disagreement(f"{where} is {got}, and not {wanted}")


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def late(_signal: int, _frame: object) -> None:
        raise TooLong(f"it does not end in {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def main() -> int:
    """Print whatever is not true; return how many entries that concerns."""
    untrue = 0
    for engine in engines():
        asked = [name for name in engine.truth.asks if name in OPERATIONS]
        found = {name: disagreement(engine, name) for name in asked}
        wrong = {check.partition(".")[0] for check in engine.truth.wrong}
        unlike = [name for name in asked if bool(found[name]) != (name in wrong)]
        for name in unlike:
            print(f"{engine.name} {name}: {found[name] or 'agrees with torch'}"[:400])
        untrue += bool(unlike)
    print(f"{untrue} of {len(engines())} are not what they are said to be")
    return untrue


if __name__ == "__main__":
    sys.exit(bool(main()))
