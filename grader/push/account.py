"""A student as an LMS has them, and what an LMS is asked to do."""

from typing import NamedTuple, Protocol


class Account(NamedTuple):
    """A student in a course of an LMS.

    Attributes:
        user: the LMS's number.
        name: as it shows it.
        ids: what else it knows them by, the kind → the text: "login", "number", "email".
        score: what stands there; None where nothing does.
        locked: why it stays as it is, "" where it need not.
    """

    user: str
    name: str
    ids: dict[str, str]
    score: float | None = None
    locked: str = ""


class Gradebook(Protocol):
    """An assignment of an LMS."""

    def possible(self) -> float | None:
        """Return how many points it has; None where it is not graded by points."""

    def accounts(self) -> list[Account]:
        """Return its students, with what stands there."""

    def send(self, account: Account, score: float, comment: str) -> None:
        """Write a score, and words beside it unless they are "".

        Raises:
            Refused: the LMS does not take it for this student.
        """
