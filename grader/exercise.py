"""What an exercise is: checks that ask, advisories that remark, and mutants that it must catch.

Everything here is a NamedTuple: made in a tenth of a dataclass's time, on every run of `grade`.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

Asks: TypeAlias = Callable[..., Mapping[str, object]]
Visibility: TypeAlias = Literal["public", "hidden"]


class Check(NamedTuple):
    """One thing an exercise asks, worth points.

    Attributes:
        id: the function's name.
        title: what the student reads, the first line of the docstring.
        points: what it is worth.
        function: records the question; it knows no answer.
        after: the checks without which this one would charge the same fault again.
        visibility: "hidden" checks count only when submissions are collected.
        random: how many random graphs it asks besides, of what has been taught.
    """

    id: str
    title: str
    points: float
    function: Asks
    after: tuple["Check", ...] = ()
    visibility: Visibility = "public"
    random: int = 0


class Advisory(NamedTuple):
    """A remark that costs nothing.

    Attributes:
        id: the function's name.
        says: the remark.
        when: "differs" to make it where the submission answers, and not as the oracles do;
            "agrees" to make it where it answers just as they do.
        function: records the question.
    """

    id: str
    says: str
    when: Literal["differs", "agrees"]
    function: Asks


class Mutant(NamedTuple):
    """A misconception made executable: an edit of the exercise's solution.

    Attributes:
        id: the misconception's id, "S1" say.
        written: what was written, in a few words.
        replace: text that stands in the solution exactly once.
        by: what a student with this misconception has there.
        says: the sentence the student reads; no code, no blame.
        asks: the question behind the fold, which leads to the cure.
    """

    id: str
    written: str
    replace: str
    by: str
    says: str
    asks: str = ""


class Exercise(NamedTuple):
    """An exercise as the catalogue found it.

    Attributes:
        points: what its checks add up to.
        given: what the starter scores already.
        after: the exercises of the track that come before it.
        taught: what random Programs use: operators as in `program.BINARY`, methods, "numbers"
            where plain numbers may stand beside a Value; Functions over Tensors ("MatMul"),
            "broadcasting" where their operands may have different shapes.
        accepts: method Python looks for → other names that the sheet asks for, taken as well.
    """

    track: str
    name: str
    title: str
    points: float
    given: float
    after: tuple[str, ...]
    taught: tuple[str, ...]
    accepts: Mapping[str, tuple[str, ...]]
    folder: Path
    checks: tuple[Check, ...]
    advisories: tuple[Advisory, ...]

    @property
    def path(self) -> str:
        """The full name, "my475/ex9"."""
        return f"{self.track}/{self.name}"

    def asks(self) -> dict[str, Asks]:
        """Return what is asked, checks and advisories, by id."""
        checks = {check.id: check.function for check in self.checks}
        return checks | {advisory.id: advisory.function for advisory in self.advisories}

    def ids(self) -> list[str]:
        """Return the ids of checks and advisories, twins included."""
        return [check.id for check in self.checks] + [advisory.id for advisory in self.advisories]


def check(
    *,
    points: float,
    after: Check | Iterable[Check] = (),
    visibility: Visibility = "public",
    random: int = 0,
) -> Callable[[Asks], Check]:
    """Make a function a Check: its name the id, its docstring's first line the title.

    Args:
        points: what it is worth.
        after: the check, or checks, whose failure would make this one fail for the same reason.
        visibility: "public", or "hidden" until submissions are collected.
        random: how many random graphs it asks besides; the same for everyone, or by `--seed`.
    """
    needed = (after,) if isinstance(after, Check) else tuple(after)

    def make(function: Asks) -> Check:
        return Check(_id(function), _title(function), points, function, needed, visibility, random)

    return make


def advisory(*, says: str, when: Literal["differs", "agrees"]) -> Callable[[Asks], Advisory]:
    """Make a function an Advisory, which remarks `says` and costs nothing.

    Args:
        says: one sentence for the report's notes.
        when: "differs" or "agrees", see Advisory.
    """

    def make(function: Asks) -> Advisory:
        return Advisory(_id(function), says, when, function)

    return make


def _id(function: Asks) -> str:
    return str(getattr(function, "__name__", ""))


def _title(function: Asks) -> str:
    lines = (function.__doc__ or "").strip().splitlines()
    return lines[0].rstrip(".") if lines else ""
