"""A student as an LMS has them, and what an LMS is asked to do."""

from collections.abc import Callable
from functools import wraps
from math import isfinite
from typing import Any, ClassVar, Final, NamedTuple, Protocol, TypeVar

from grader.errors import Misused

T = TypeVar("T")

SAME: Final = 1e-4


class UnexpectedAnswer(Misused):
    """An LMS answers with something else than its documentation says."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the LMS answers with something else than is agreed ({reason})",
            hint="see that --url is the LMS itself, and what stands between it and you",
        )


def as_agreed(asks: Callable[..., T]) -> Callable[..., T]:
    """Have a question to an LMS, whose answer is of another form than agreed, say so."""

    @wraps(asks)
    def asked(*arguments: Any, **options: Any) -> T:
        try:
            return asks(*arguments, **options)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UnexpectedAnswer(f"{type(error).__name__}: {error}") from error

    return asked


def points(value: Any) -> float:
    """Return an LMS's number of points.

    Raises:
        ValueError, TypeError: it is none.
    """
    number = float(value)
    if not isfinite(number):
        raise ValueError(f"{value!r} is no number of points")
    return number


class LmsStudent(NamedTuple):
    """A student in a course of an LMS.

    Attributes:
        user: the LMS's number.
        name: as it shows it.
        ids: what else it knows them by, the kind → the text: "login", "number", "email".
        score: what stands there, before the LMS takes points off; None where nothing does.
        locked: why it stays as it is, "" where it need not.
        comments: the words that stay beside the score, whatever is written next.
    """

    user: str
    name: str
    ids: dict[str, str]
    score: float | None = None
    locked: str = ""
    comments: tuple[str, ...] = ()

    def has(self, score: float) -> bool:
        """Return whether this score stands there."""
        return self.score is not None and abs(self.score - score) < SAME

    def heard(self, comment: str) -> bool:
        """Return whether these words stand there, however they are broken into lines."""
        return comment.split() in [one.split() for one in self.comments]


class Gradebook(Protocol):
    """An assignment of an LMS.

    Attributes:
        replaces: whether a comment takes the place of the one before, or stands beside it.
        numbers: the kind of id that its numbers of users are, see `matching.ids_of`; "" where no
            submission bears one.
    """

    replaces: ClassVar[bool]
    numbers: ClassVar[str]

    def possible(self) -> float | None:
        """Return its points; None where it is not graded by points."""

    def accounts(self, *, comments: bool) -> list[LmsStudent]:
        """Return its students, with what stands there, and the comments if they are needed."""

    def send(self, account: LmsStudent, score: float, comment: str) -> None:
        """Write a score, and words beside it unless they are "".

        Raises:
            LmsRefused, NotAllowed, NotThere: the LMS does not take it for this student.
            InvalidToken: it takes nothing for anybody.
            Unreachable: nobody knows whether it took it.
        """
