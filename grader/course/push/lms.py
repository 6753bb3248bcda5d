"""A student as an LMS has them, and what an LMS is asked to do."""

from typing import ClassVar, Final, NamedTuple, Protocol

SAME: Final = 1e-4


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
