"""The result of running a submission, read out of its process's reply."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from grader.engines.encoding import Malformed, fault_from
from grader.engines.observation import Fault, Observation, ResourceUse
from grader.engines.text import clean
from grader.sandbox.engine_class import Candidate

LONGEST_NAME = 100
MOST_BASES = 20
LARGEST_STEP = 1 << 31


class Mishap(NamedTuple):
    """Something raised while a submission ran: in which file or cell, and what."""

    running: str
    fault: Fault


class ClassVersion(NamedTuple):
    """A version of a class: where its definition begins, and the names that are defined in it."""

    file: str
    line: int
    facts: frozenset[str]


class VersionedClass(NamedTuple):
    """A class that was defined several times, or whose name is no class any more at the end.

    Attributes:
        name: its name.
        gone: whether the name is no class any more.
        versions: in the order in which they were made, the one that is bound last.
    """

    name: str
    gone: bool
    versions: tuple[ClassVersion, ...]


class BegunStatement(NamedTuple):
    """A statement that a process has begun: its cell, 0 in a script, its number, its first line."""

    cell: int
    number: int
    line: int


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
        many: how many mishaps there were, also those that are not told one by one.
        stopped: the step that it did not come to the end of, where it was run again up to there.
        threads: whether threads of it go on after it was stopped.
        versioned: classes of which there are several versions, or that are bound away at the end.
        withheld: the packages that it imported, and that were not there.
    """

    ended: str
    mishaps: tuple[Mishap, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    patched: tuple[str, ...] = ()
    detail: str = ""
    use: ResourceUse | None = None
    many: int = 0
    stopped: BegunStatement | None = None
    threads: bool = False
    versioned: tuple[VersionedClass, ...] = ()
    withheld: tuple[str, ...] = ()

    @property
    def is_smooth(self) -> bool:
        """Whether it ran to its end, and nothing happened that is worth a word."""
        return self.ended == "ran" and not (self.mishaps or self.many or self.patched)


def step_from(plain: object) -> BegunStatement:
    """Return the step that a process says it has begun.

    Raises:
        Malformed: it is none.
    """
    if not isinstance(plain, list) or len(plain) != len(BegunStatement._fields):
        raise Malformed("replied with a step that is none")
    if not all(type(one) is int and 0 <= one <= LARGEST_STEP for one in plain):
        raise Malformed("replied with a step that is none")
    return BegunStatement(*plain)


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
    many = reply.get("many")
    return LoadResult(
        ended,
        tuple(_mishap(mishap) for mishap in mishaps[:50]),
        tuple(_candidate(facts) for facts in classes[:200]),
        tuple(clean(str(name), 60) for name in patched[:50]),
        many=many if type(many) is int and 0 <= many <= LARGEST_STEP else 0,
        threads=reply.get("threads") is True,
        versioned=tuple(_versioned(one) for one in _list(reply.get("versions", []))[:50]),
        withheld=tuple(clean(str(one), 60) for one in _list(reply.get("withheld", []))[:50]),
    )


def unfinished_load(end: Observation) -> LoadResult:
    """Return the result of a run that took its process along, from how that ended."""
    return LoadResult(end.ended, detail=end.detail, use=end.use)


def _versioned(plain: object) -> VersionedClass:
    name, gone, versions = _of_length(plain, 3)
    if type(name) is not str or len(name) > LONGEST_NAME:
        raise Malformed("replied with a class that has no name")
    return VersionedClass(name, gone is True, tuple(map(_version, _list(versions)[:30])))


def _version(plain: object) -> ClassVersion:
    file, line, facts = _of_length(plain, 3)
    if type(file) is not str or type(line) is not int or not 0 <= line <= LARGEST_STEP:
        raise Malformed("replied with a version of a class that has no place")
    names = frozenset(clean(str(fact), LONGEST_NAME) for fact in _list(facts)[:100])
    return ClassVersion(clean(file), line, names)


def _of_length(plain: object, length: int) -> list[Any]:
    if len(items := _list(plain)) != length:
        raise Malformed("replied with a version of a class that is none")
    return items


def _list(plain: object) -> list[Any]:
    if not isinstance(plain, list):
        raise Malformed("replied without saying what it holds")
    return plain


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
