"""A name that the grader's engines do not know, as an exercise's author defines it."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from grader.engines.oracles.textbook import Names, Textbook, textbook
from grader.engines.program import Program
from grader.errors import at


class Definition(NamedTuple):
    """A function or a class that both oracles are given, defined twice.

    Attributes:
        name: by which checks take it, or call it as a method of a node: `a.softplus()`.
        plain: the function or class over the textbook engine's nodes, or over numpy's arrays.
        torch: the same in torch, which is given tensors wherever `plain` is given nodes, and may
            give one of `torch.optim`; None where torch has no such thing: then gradients are
            confirmed by central differences.
        safe: whether a random graph may call it with some numbers, which are given to it as nodes
            are given to `plain`; None for any up to 8. Kinks and poles are kept away from besides.
    """

    name: str
    plain: Callable[..., object]
    torch: Callable[..., object] | None = None
    safe: Callable[..., bool] | None = None


def textbook_with(definitions: Iterable[Definition]) -> Textbook:
    """Return the first oracle, which knows `definitions` besides."""
    own = {one.name: one.plain for one in definitions}
    if not own:
        return Textbook()
    return Textbook(lambda program: _names(program, own), own, author_file=author_file)


def author_file(name: str) -> str | None:
    """Return the place of a file that defines something for the oracles, None for another file."""
    return at(name) if name.endswith("oracle.py") else None


def uses(program: Program, names: Iterable[str]) -> bool:
    """Return whether a Program takes one of some names, or calls a method that is called so."""
    asked = program.takes() | {step.name for step in program.steps if step.kind == "call"}
    return not asked.isdisjoint(names)


def _names(program: Program, own: Mapping[str, Callable[..., object]]) -> Names:
    return {**textbook(program), **own}
