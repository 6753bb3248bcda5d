"""A name that the grader's engines do not know, as an exercise's author defines it."""

from collections.abc import Callable, Iterable, Mapping
from math import isfinite, nan
from typing import Any, NamedTuple

from grader.engines.oracles.textbook import NAMES, Names, Textbook, textbook
from grader.engines.program import Program


class Definition(NamedTuple):
    """A function or a class that both oracles are given, defined twice.

    Attributes:
        name: by which checks take it, or call it as a method of a node: `a.softplus()`.
        plain: the function or class over the textbook engine's nodes, or over numpy's arrays.
        torch: the same in torch, which is given tensors wherever `plain` is given nodes, and may
            give one of `torch.optim`; None where torch has no such thing: then gradients are
            confirmed by central differences.
        safe: whether a random graph may apply it to a number: not near a kink or a pole.
    """

    name: str
    plain: Callable[..., object]
    torch: Callable[..., object] | None = None
    safe: Callable[[float], bool] = isfinite


def textbook_with(definitions: Iterable[Definition]) -> Textbook:
    """Return the first oracle, which knows `definitions` besides."""
    own = {one.name: one.plain for one in definitions}
    return Textbook(lambda program: _names(program, own), own) if own else Textbook()


def of_numbers(definition: Definition) -> Callable[[float], float]:
    """Return a definition as a function of a number: nan where a random graph has to stay away."""

    def function(number: float) -> float:
        if not definition.safe(number):
            return nan
        try:
            result: Any = definition.plain(NAMES["Value"](number))
            return float(result.data)
        except Exception:  # whatever an author's function does at a number that it does not take
            return nan

    return function


def uses(program: Program, names: Iterable[str]) -> bool:
    """Return whether a Program takes one of some names, or calls a method that is called so."""
    asked = program.takes() | {step.name for step in program.steps if step.kind == "call"}
    return not asked.isdisjoint(names)


def _names(program: Program, own: Mapping[str, Callable[..., object]]) -> Names:
    return {**textbook(program), **own}
