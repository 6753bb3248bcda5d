"""A student as an LMS has them, and what an LMS is asked to do."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, ClassVar, Final, NamedTuple, Protocol, TypeVar

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.matching import KnownStudent
from grader.course.push.readiness import Requirement
from grader.engines.text import visible
from grader.errors import Misused

T = TypeVar("T")

SAME: Final = 1e-4
MOST: Final = 1_000_000  # points that anybody can mean


class UnexpectedAnswer(Misused):
    """An LMS answers with something else than its documentation says."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the LMS answers with something else than is agreed ({visible(reason, 200)})",
            hint="see that --url is the LMS itself, and what stands between it and you",
        )


def as_agreed(asks: Callable[..., T]) -> Callable[..., T]:
    """Have a question to an LMS, whose answer is of another form than agreed, say so."""

    @wraps(asks)
    def asked(*arguments: Any, **options: Any) -> T:
        try:
            return asks(*arguments, **options)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise UnexpectedAnswer(f"{type(error).__name__}: {error}") from error

    return asked


def points(value: Any) -> float:
    """Return an LMS's number of points.

    Raises:
        ValueError, TypeError: it is none, or more than anybody can mean.
    """
    number = float(value)
    if not abs(number) <= MOST:
        raise ValueError(f"{value!r} is no number of points")
    return number


class LmsPlace(NamedTuple):
    """An assignment of an LMS, as people name it.

    Attributes:
        url: where the LMS is.
        course: the course's number.
        assignment: the assignment's number.
    """

    url: str
    course: str
    assignment: str


class LmsAssignment(NamedTuple):
    """An assignment as an LMS has it.

    Attributes:
        name: what it is called there.
        possible: its points; None where it does not say.
        takes_more: whether it takes more points than these.
        notes: what a person should know before marks go there, a line each.
    """

    name: str
    possible: float | None = None
    takes_more: bool = False
    notes: tuple[str, ...] = ()


class LmsStudent(NamedTuple):
    """A student in a course of an LMS.

    Attributes:
        user: the LMS's number.
        name: as it shows it.
        ids: what else it knows them by, the kind → the text: "login", "number", "email",
            "participant".
        score: what stands there, before the LMS takes points off; None where nothing does.
        locked: why it stays as it is, "" where it need not.
        barred: why the LMS would not take a score, "" where nothing is known against it.
        comments: the words that stay beside the score, whatever is written next.
        tells_comments: whether the LMS says which those are.
        handed_in_anew: whether the score is of something that was handed in before.
        deducted: the points that the LMS takes off for lateness.
        group: the group that has one score together, "" where everybody has their own.
    """

    user: str
    name: str
    ids: Mapping[str, str]
    score: float | None = None
    locked: str = ""
    barred: str = ""
    comments: tuple[str, ...] = ()
    tells_comments: bool = True
    handed_in_anew: bool = False
    deducted: float = 0.0
    group: str = ""

    def has(self, score: float) -> bool:
        """Return whether this score stands there, for what was handed in last."""
        return not self.handed_in_anew and is_same(self.score, score)

    def heard(self, comment: str) -> bool:
        """Return whether these words stand there, however they are broken into lines."""
        return comment.split() in [one.split() for one in self.comments]


def is_same(one: float | None, other: float) -> bool:
    """Return whether a score is another, as far as an LMS keeps them."""
    return one is not None and abs(one - other) < SAME


class Gradebook(Protocol):
    """An assignment of an LMS.

    Attributes:
        replaces: whether a comment takes the place of the one before, or stands beside it.
        numbers: the kind of id that its numbers of users are, see `matching.ids_of`; "" where no
            submission bears one.
    """

    replaces: ClassVar[bool]
    numbers: ClassVar[str]

    def requirements(self) -> Sequence[Requirement]:
        """Return all that a push asks for; asking changes nothing."""

    def assignment(self) -> LmsAssignment:
        """Return the assignment.

        Raises:
            GradedOtherwise, NoPoints, Unpushable: marks in points are not taken there.
        """

    def members(self, scores: Sequence[ColumnScore]) -> tuple[list[ColumnScore], list[str]]:
        """Return scores as those of people, and the groups without any, each with the reason."""

    def named(self, people: Sequence[KnownStudent]) -> list[KnownStudent]:
        """Return the students as this assignment knows them: without a name that is nobody's."""

    def accounts(self, people: Sequence[KnownStudent], *, comments: bool) -> list[LmsStudent]:
        """Return its students, with what stands there, and the comments if they are needed.

        Args:
            people: those who are looked for.
            comments: whether comments are needed.
        """

    def send(self, account: LmsStudent, score: float, comment: str) -> str:
        """Write a score, and words beside it unless they are "".

        Returns:
            What a person should know of it, "" as a rule.

        Raises:
            LmsDropped: it answers well, and keeps something else.
            LmsRefused, NotAllowed, NotThere: the LMS does not take it for this student.
            InvalidToken: it takes nothing for anybody.
            Unreachable: nobody knows whether it took it.
        """

    def dropped(self, sent: Mapping[str, float]) -> dict[str, str]:
        """Return those who have another score than was sent, with the reason.

        Args:
            sent: the LMS's number of a student → the score.
        """

    def may_grade(self) -> bool:
        """Return whether the token's owner may grade here at all; True where nothing says so."""
