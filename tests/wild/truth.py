"""Looks the truth up without the grader: `python -m tests.wild.truth`.

Each engine calculates random graphs of the operations that its exercises ask for, and so does
torch: a right one has to agree on every value and every leaf's gradient, a wrong one to differ
somewhere.
"""

import __future__

import ast
import random
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from io import StringIO
from math import isclose
from typing import Any, NamedTuple, TypeAlias

import torch

from tests.wild.bank import Engine, engines
from tests.wild.truth_of_arrays import FUNCTIONS, first_difference

GRAPHS = 120
SMALL, LARGE = 7, 14  # nodes
LONGEST_S = 3
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
TWO_GRAPHS = ("my475/ex7", "dl4ds/v3", "dl4ds/v4", "sri/neuron")  # one after the other
EXPONENTS = (2, 3, -1, 0.5, 1, -1.5)
NUMBERS = (2, 3, 0, -0.25, 2.5, 1, 0.123457)
KINK, TINY, HUGE = 1e-3, 1e-4, 1e4
FAR_OUT = 300  # where the form of tanh with exp(2x) overflows
LEAVES = (0.0, 2, 2, 3, -1.234567, 0.5, 1.5, -2.0)


Functions: TypeAlias = dict[str, Callable[[Any], Any]]


class Step(NamedTuple):
    """One operation: its name, which nodes it takes, and a number where one stands in it."""

    operation: str
    left: int
    right: int
    number: float = 0.0


class Graph(NamedTuple):
    """The numbers of its leaves, and the steps that make a node each."""

    leaves: list[float]
    steps: list[Step]


class Disagreement(Exception):
    """An engine differs from torch; the text says where."""


class TooLong(Exception):
    """An engine does not end."""


def disagreement(engine: Engine, exercise: str, seed: int = 0) -> str:
    """Return where an engine first differs from torch in what an exercise asks, or ""."""
    if exercise in FUNCTIONS:
        return first_difference(_namespace(engine), exercise, seed)
    operations = OPERATIONS[exercise].split()
    randoms = random.Random(f"{exercise}{seed}")
    try:
        with _within(LONGEST_S), redirect_stdout(StringIO()):
            made = _namespace(engine)
        for _ in range(GRAPHS):
            graphs = _random_graphs(randoms, operations, SMALL if engine.small else LARGE)
            with _within(LONGEST_S), redirect_stdout(StringIO()):
                _sides(engine, made, graphs[0].leaves).compare(exercise, graphs)
    except Disagreement as error:
        return str(error)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _namespace(engine: Engine) -> dict[str, Any]:
    made: dict[str, Any] = {"__name__": "__main__"}
    flags = __future__.annotations.compiler_flag if "import annotations" in engine.source else 0
    for statement in ast.parse(engine.source).body:
        part = ast.Module([statement], [])
        with suppress(Exception):  # what is tried below a class may fail, and costs nothing
            exec(compile(part, engine.name, "exec", flags, dont_inherit=True), made)
    return made


def _random_graphs(randoms: random.Random, operations: Sequence[str], size: int) -> list[Graph]:
    """Return two graphs over the same leaves."""
    leaves = [
        randoms.choice(LEAVES) if randoms.random() < 0.5 else round(randoms.uniform(-2, 2), 3)
        for _ in range(randoms.randint(1, 3))
    ]
    return [
        Graph(leaves, _random_steps(randoms, operations, len(leaves), randoms.randint(1, size)))
        for _ in range(2)
    ]


def _random_steps(
    randoms: random.Random, operations: Sequence[str], first: int, size: int
) -> list[Step]:
    steps = []
    for number in range(first, first + size):
        operation = randoms.choice(operations)
        left, right = randoms.randrange(number), randoms.randrange(number)
        if randoms.random() < 0.6:
            left = number - 1
        if randoms.random() < 0.3:
            left, right = right, left
        n = randoms.choice(EXPONENTS if operation == "pow" else NUMBERS)
        steps.append(Step(operation, left, right, n))
    return steps


class Sides(NamedTuple):
    """The same leaves on both sides, an engine's and torch's."""

    engine: Engine
    made: dict[str, Any]
    leaves: list[Any]
    tensors: list[torch.Tensor]

    def compare(self, exercise: str, graphs: list[Graph]) -> None:
        """Compare graphs over these leaves, one after the other, as far as an exercise asks."""
        for graph in graphs if exercise in TWO_GRAPHS else graphs[:1]:
            wanted = _on_torch(self.tensors, graph.steps)
            nodes = self._nodes(graph.steps[: len(wanted) - len(self.tensors)], wanted, graph)
            root = nodes[-1]
            if any(root is leaf for leaf in self.leaves):
                return  # nothing was calculated, or a relu has given its operand back
            _uses(self.engine, self.made)["pass"](root)
            torch.autograd.backward(wanted[-1])
            self._compare_gradients(graph)
            self._between_passes(exercise, root)

    def _nodes(self, steps: list[Step], wanted: list[torch.Tensor], graph: Graph) -> list[Any]:
        use = _uses(self.engine, self.made)
        nodes = self.leaves[:]
        for step in steps:
            nodes.append(_apply(step, nodes, use))
        for at, (node, tensor) in enumerate(zip(nodes, wanted, strict=True)):
            where = f"node {at} of {graph}"
            _same(use["number"](node), float(tensor.detach()), self.engine, where)
        return nodes

    def _compare_gradients(self, graph: Graph) -> None:
        gradient = _uses(self.engine, self.made)["gradient"]
        for at, (leaf, tensor) in enumerate(zip(self.leaves, self.tensors, strict=True)):
            wanted = 0.0 if tensor.grad is None else float(tensor.grad)
            _same(gradient(leaf), wanted, self.engine, f"the gradient of leaf {at} of {graph}")

    def _between_passes(self, exercise: str, root: Any) -> None:
        """Let gradients add up, be cleared, or set to 0, as an exercise does."""
        if exercise == "dl4ds/v3":
            return
        if exercise == "dl4ds/v4":
            root.zero_grad()
        else:
            text = self.engine.uses["clear"] or f"{self.engine.uses['gradient']} = 0.0"
            for leaf in self.leaves:
                exec(text, {**self.made, "v": leaf})
        for tensor in self.tensors:
            tensor.grad = None


def _sides(engine: Engine, made: dict[str, Any], numbers: list[float]) -> Sides:
    new = _uses(engine, made)["new"]
    return Sides(engine, made, [new(one) for one in numbers], [_tensor(one) for one in numbers])


def _uses(engine: Engine, made: dict[str, Any]) -> Functions:
    takes = {"new": "x", "pass": "root"}
    texts = {name: text for name, text in engine.uses.items() if name != "clear"}
    return {
        name: eval(f"lambda {takes.get(name, 'v')}: {text}", made) for name, text in texts.items()
    }


def _tensor(number: float) -> torch.Tensor:
    return torch.tensor(float(number), dtype=torch.float64, requires_grad=True)


def _on_torch(leaves: list[torch.Tensor], steps: Sequence[Step]) -> list[torch.Tensor]:
    """Return leaves and nodes, up to where a number is no longer a usual one."""
    nodes = list(leaves)
    functions: Functions = {"relu": torch.relu, "tanh": torch.tanh, "exp": torch.exp}
    for step in steps:
        left, right = float(nodes[step.left].detach()), float(nodes[step.right].detach())
        if _is_unusual(step, left, right):
            break
        node = _apply(step, nodes, functions)
        size = abs(float(node.detach()))
        if size and not TINY < size < HUGE:
            break
        nodes.append(node)
    return nodes


def _is_unusual(step: Step, left: float, right: float) -> bool:
    """Return whether an operation stands at a pole, at a kink, or where it is not asked for."""
    match step.operation:
        case "/" | "/n":
            return 0 in (left, right)
        case "pow":
            return left <= 0 and (step.number < 1 or step.number % 1 != 0)
        case "relu":
            return abs(left) < KINK
        case "tanh":
            return abs(left) > FAR_OUT
    return False


def _apply(step: Step, nodes: list[Any], functions: Functions) -> Any:
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
        asked = [name for name in engine.truth.asks if name in OPERATIONS or name in FUNCTIONS]
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
