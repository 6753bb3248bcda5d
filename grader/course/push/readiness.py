"""Asks an LMS, before anything is sent, for all that a push needs."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from grader.errors import GraderError


class Requirement(NamedTuple):
    """Something that a push asks an LMS for.

    Attributes:
        what: in words.
        ask: asks for it; the result is why it is not there, "" or None where it is.
        without: what is missing otherwise; "" where nothing can be pushed.
    """

    what: str
    ask: Callable[[], str | None]
    without: str = ""


class Readiness(NamedTuple):
    """What came of asking for all of it: a line each, and whether a push can be made."""

    lines: tuple[str, ...]
    ready: bool


def readiness(requirements: Iterable[Requirement]) -> Readiness:
    """Return what is there, and what is missing; nothing is changed.

    Args:
        requirements: what is asked for, in this order.
    """
    lines, ready = [], True
    for one in requirements:
        problem = _problem(one)
        ready = ready and (not problem or bool(one.without))
        lines.append("; ".join(_line(one, problem)))
    return Readiness(tuple(lines), ready)


def _problem(one: Requirement) -> str:
    try:
        return one.ask() or ""
    except GraderError as error:
        return f"{error.message} ({error.hint})" if error.hint else error.message


def _line(one: Requirement, problem: str) -> Iterator[str]:
    yield f"missing: {one.what}: {problem}" if problem else f"there: {one.what}"
    if problem and one.without:
        yield f"without it {one.without}"
