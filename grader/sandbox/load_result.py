"""The result of running a submission, read out of its process's reply."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from grader.engines.encoding import Malformed, fault_from
from grader.engines.observation import Fault, Observation, ResourceUse
from grader.engines.text import clean
from grader.sandbox.engine_class import Candidate

LONGEST_NAME = 100
MOST_BASES = 20


class Mishap(NamedTuple):
    """Something raised while a submission ran: in which file or cell, and what."""

    running: str
    fault: Fault


class LoadResult(NamedTuple):
    """The result of running a submission.

    Attributes:
        ended: "ran", or how it stopped before its end: "raised", "timed out", "flooded", "died",
            "violated".
        mishaps: what was raised, by the script or by single cells.
        candidates: the classes it defines.
        patched: what it replaced in the language itself, "builtins.abs" say.
        detail: where it did not come to its end by itself, what is known, as a clause.
        use: where a limit stopped it, or its process ended, what that had used.
    """

    ended: str
    mishaps: tuple[Mishap, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    patched: tuple[str, ...] = ()
    detail: str = ""
    use: ResourceUse | None = None


def load_result(reply: Mapping[str, Any]) -> LoadResult:
    """Return the result in a reply, believing nothing unchecked.

    Raises:
        Malformed: a field is missing, or of another type.
    """
    ended = reply.get("ended")
    classes, mishaps, patched = (reply.get(key) for key in ("classes", "mishaps", "patched"))
    if ended not in ("ran", "raised", "timed out", "flooded"):
        raise Malformed("replied with an ending that does not exist")
    if not (isinstance(classes, list) and isinstance(mishaps, list) and isinstance(patched, list)):
        raise Malformed("replied without saying what it holds")
    return LoadResult(
        ended,
        tuple(_mishap(mishap) for mishap in mishaps[:50]),
        tuple(_candidate(facts) for facts in classes[:200]),
        tuple(clean(str(name), 60) for name in patched[:50]),
    )


def unfinished_load(end: Observation) -> LoadResult:
    """Return the result of a run that took its process along, from how that ended."""
    return LoadResult(end.ended, detail=end.detail, use=end.use)


def _mishap(pair: object) -> Mishap:
    if not isinstance(pair, list) or len(pair) != 2 or type(pair[0]) is not str:
        raise Malformed("replied with a mishap that has no place")
    return Mishap(clean(pair[0]), fault_from(pair[1]))


def _candidate(facts: object) -> Candidate:
    if not isinstance(facts, dict) or type(facts.get("name")) is not str:
        raise Malformed("replied with a class that has no name")
    name = facts["name"]
    if not name.isidentifier() or len(name) > LONGEST_NAME:
        raise Malformed("replied with a class whose name is none")
    bases = facts.get("bases")
    above = tuple(str(one) for one in bases[:MOST_BASES]) if type(bases) is list else ()
    return Candidate(name, facts.get("backward") is True, facts.get("arithmetic") is True, above)
