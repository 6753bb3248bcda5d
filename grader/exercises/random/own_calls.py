"""The calls by which random Programs ask for what an exercise's author has defined.

They are those of the exercise's checks, over other nodes. A check shows all that there is to know:
how many nodes a definition takes, in which lists and beside which plain numbers, and whether it is
a function or a method.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import nan
from typing import Any, NamedTuple

from grader.engines.interpreter.execute import OURS, Implementation, execute
from grader.engines.observation import Fault
from grader.engines.oracles.definition import Definition
from grader.engines.oracles.textbook import NAMES, functions_of_lists
from grader.engines.program import Program, Ref, Step
from grader.engines.program_graph import nodes

MODERATE = 8.0  # a right formula may overflow soon beyond it, or lose its digits
ASIDE = 1e-3  # how far numbers are moved to look at the slopes on both sides
EVEN = 1e-2  # by how much these may differ, of the larger one
NODE = NAMES["Value"]


class OwnCall(NamedTuple):
    """A call of what an author has defined.

    Attributes:
        definition: what is called.
        step: the call, as if its nodes were the first results of a Program, one after the other.
    """

    definition: Definition
    step: Step

    @property
    def arity(self) -> int:
        """How many nodes it takes."""
        return len(set(self.step.refs()))

    def result(self, numbers: Sequence[float]) -> float | list[float]:
        """Return the number of the node that it gives, or those of a list of nodes.

        It is nan where no random Program should go: beyond what the author has called safe, and
        near a kink or a pole.

        Args:
            numbers: what the nodes hold that it takes.
        """
        here = self._numbers(numbers) if self._is_safe(numbers) else []
        if not here or not self._is_smooth(numbers, here):
            return nan
        given, _ = self.given(numbers)
        return here if isinstance(given, list | tuple) else here[0]

    def given(self, numbers: Sequence[float]) -> tuple[Any, Fault | None]:
        """Return what the definition gives for nodes with some numbers, and what it raises."""
        return _called(self.definition.plain, self.step, numbers, NODE)

    def safety(self, numbers: Sequence[float]) -> tuple[Any, Fault | None]:
        """Return what `safe` says of numbers, and what it raises."""
        safe = self.definition.safe
        if safe is None:
            return all(abs(number) <= MODERATE for number in numbers), None
        return _called(safe, self.step, numbers, float)

    def _is_safe(self, numbers: Sequence[float]) -> bool:
        return bool(self.safety(numbers)[0])

    def _numbers(self, numbers: Sequence[float]) -> list[float]:
        """Return the numbers in what is given, none where it is no node and no list of nodes."""
        given, _ = self.given(numbers)
        items: list[Any] = [*given] if isinstance(given, list | tuple) else [given]
        return [float(one.data) for one in items] if all(map(_is_node, items)) else []

    def _is_smooth(self, numbers: Sequence[float], here: Sequence[float]) -> bool:
        """Return whether all slopes to the left are those to the right, but for a curve."""
        return all(
            abs(left - right) <= EVEN * max(1.0, abs(left), abs(right))
            for at in range(len(numbers))
            for left, right in self._slopes(numbers, here, at)
        )

    def _slopes(
        self, numbers: Sequence[float], here: Sequence[float], at: int
    ) -> Iterator[tuple[float, float]]:
        below, above = (
            self._numbers([*numbers[:at], numbers[at] + move, *numbers[at + 1 :]])
            for move in (-ASIDE, ASIDE)
        )
        if not len(below) == len(here) == len(above):
            yield nan, nan
            return
        for less, number, more in zip(below, here, above, strict=True):
            yield (number - less) / ASIDE, (more - number) / ASIDE


def all_calls(
    names: Sequence[str], definitions: Iterable[Definition], programs: Iterable[Program]
) -> tuple[OwnCall, ...]:
    """Return the calls of all that is defined by some names.

    Args:
        names: of an author's definitions, or of functions of lists that engines commonly have.
        definitions: the author's, which go before those.
        programs: those of the exercise's checks.
    """
    usual = {name: Definition(name, plain) for name, plain in functions_of_lists().items()}
    known, asked = usual | {one.name: one for one in definitions}, list(programs)
    return tuple(call for name in names for call in own_calls(known[name], asked))


def own_calls(definition: Definition, programs: Iterable[Program]) -> tuple[OwnCall, ...]:
    """Return the calls of a definition in some Programs; one that they do not call is a method.

    Args:
        definition: an author's.
        programs: those of the exercise's checks.
    """
    steps = dict.fromkeys(step for program in programs for step in _steps(definition.name, program))
    usual = Step("call", definition.name, (Ref(0),))
    return tuple(OwnCall(definition, step) for step in steps or (usual,))


def _steps(name: str, program: Program) -> Iterator[Step]:
    """Yield the calls that take nodes and nothing else that the Program has made."""
    graph = set(nodes(program))
    for step in program.steps:
        taken = dict.fromkeys(step.refs())
        is_call = step.kind in ("make", "call") and step.name == name
        if is_call and taken and graph.issuperset(taken):
            yield step.redirected({at: place for place, at in enumerate(taken)})


def _called(
    function: Callable[..., object],
    step: Step,
    numbers: Sequence[float],
    engine: Callable[..., object],
) -> tuple[Any, Fault | None]:
    """Return what a function gives where a step calls it over nodes of an engine, or raises."""
    leaves = [Step("make", "Value", (number,)) for number in numbers]
    program = Program((*leaves, step._replace(kind="make")), ())
    results: list[object] = []
    names = {"Value": engine, step.name: function}
    asked = Implementation(names, on_results=results.extend, caught=OURS)
    fault = execute(program, asked).fault
    return (None if fault else results[-1]), fault


def _is_node(given: object) -> bool:
    return type(given) is NODE
