"""Pushes marks to an LMS, and reads back what it has kept of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from grader.course.push.lms import Gradebook
from grader.course.push.log import PushState
from grader.course.push.plan import ScoreChange
from grader.course.push.web import InvalidToken, LmsDropped, LmsRefused, NotAllowed, NotThere
from grader.errors import GraderError

SUSPICIOUS: Final = 3  # so many are not allowed before any is: it may be the token


class PushResult(NamedTuple):
    """The result of a push; those after the last one tried are as they were.

    Attributes:
        sent: how many the LMS took, and kept.
        refused: those it did not take or keep, each with the reason.
        stopped: why the rest was not tried, or the last one's end is not known.
        notes: what else a person should know.
    """

    sent: int
    refused: tuple[str, ...] = ()
    stopped: GraderError | None = None
    notes: tuple[str, ...] = ()


UNREAD: Final = (
    "nobody knows yet whether the LMS has kept what was sent: the same command sees to it"
)
Write = Callable[[ScoreChange, PushState, str], None]


def push(
    gradebook: Gradebook,
    changes: Sequence[ScoreChange],
    write: Write,
    barred: Iterable[ScoreChange] = (),
) -> PushResult:
    """Send the scores, one by one, and read them back; who is refused stops nobody else.

    Args:
        gradebook: the LMS's.
        changes: what to send.
        write: told of each before it is sent, and then what became of it, with the reason if it
            was refused. What cannot be written down is not sent.
        barred: what is not sent, since the LMS would not take it; that is written down too.
    """
    sending = _Sending(gradebook, write)
    stopped: GraderError | None = None
    try:
        for change in barred:
            write(change, PushState.REFUSED, change.why_not)
            sending.refused.append(f"{change.account.name}: {change.why_not}")
        for change in changes:
            sending.send(change)
    except GraderError as error:
        stopped = error
    if stopped is None and sending.sent and (stopped := sending.read_back()):
        sending.notes.append(UNREAD)
    return PushResult(len(sending.sent), tuple(sending.refused), stopped, tuple(sending.notes))


class _Sending:
    """Sends one score after the other, and remembers what became of them."""

    def __init__(self, gradebook: Gradebook, write: Write) -> None:
        self._gradebook, self._write = gradebook, write
        self._errors: list[GraderError] = []
        self._may_grade = False
        self.sent: list[ScoreChange] = []
        self.refused: list[str] = []
        self.notes: list[str] = []

    def send(self, change: ScoreChange) -> None:
        """Send a change.

        Raises:
            GraderError: there is no use in trying the next one.
        """
        error = self._refusal(change)
        if error is None:
            self.sent.append(change)
            return
        self._errors.append(error)
        self.refused.append(f"{change.account.name}: {error.message}")
        if isinstance(error, InvalidToken) or (not self.sent and self._is_hopeless()):
            raise error

    def read_back(self) -> GraderError | None:
        """Strike out what the LMS has not kept; return why that cannot be told."""
        try:
            dropped = self._gradebook.dropped({one.account.user: one.new for one in self.sent})
            for change in [one for one in self.sent if one.account.user in dropped]:
                reason = dropped[change.account.user]
                self._write(change, PushState.DROPPED, reason)
                self.sent.remove(change)
                self.refused.append(f"{change.account.name}: {reason}")
        except GraderError as error:
            return error
        return None

    def _refusal(self, change: ScoreChange) -> GraderError | None:
        """Send a change, and return why the LMS does not take it."""
        self._write(change, PushState.SENDING, "")
        try:
            note = self._gradebook.send(change.account, change.new, change.comment)
        except (LmsRefused, NotAllowed, NotThere) as error:
            state = PushState.DROPPED if isinstance(error, LmsDropped) else PushState.REFUSED
            self._write(change, state, error.message)
            return error
        if note:
            self.notes.append(f"{change.account.name}: {note}")
        self._write(change, PushState.SENT, "")
        return None

    def _is_hopeless(self) -> bool:
        """Return whether nobody is allowed, and the LMS says nothing to the contrary."""
        alike = len({error.message for error in self._errors}) == 1
        refused = alike and isinstance(self._errors[0], NotAllowed)
        if not refused or len(self._errors) < SUSPICIOUS or self._may_grade:
            return False
        self._may_grade = self._gradebook.may_grade()
        return not self._may_grade
