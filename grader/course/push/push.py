"""Pushes marks to an LMS, by a plan that says first what would change."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.matching import (
    CANVAS_ID,
    Clue,
    GradebookRows,
    KnownStudent,
    ids_of,
    match_rows,
    names_of,
)
from grader.course.gradebook.name_matching import names, texts
from grader.course.push.lms import Gradebook, LmsStudent
from grader.course.push.log import PushHistory, PushState
from grader.course.push.web import InvalidToken, LmsRefused, NotAllowed, NotThere
from grader.errors import GraderError

HOPELESS: Final = 3  # so many are not allowed before any is: it is the token, not the students


class ScoreChange(NamedTuple):
    """A score that is to stand in the LMS.

    Attributes:
        key: the student's.
        account: theirs there.
        new: points.
        comment: words beside it.
    """

    key: str
    account: LmsStudent
    new: float
    comment: str = ""


class Plan(NamedTuple):
    """The plan of a push.

    Attributes:
        changes: the scores that are to be sent.
        same: how many stand there already.
        kept: scores that stay as they are, each with the reason.
        lost: students without an account, each with the reason.
        notes: what else a person should know.
    """

    changes: tuple[ScoreChange, ...]
    same: int
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    notes: tuple[str, ...] = ()


class PushResult(NamedTuple):
    """The result of a push; those after the last one tried are as they were.

    Attributes:
        sent: how many the LMS took.
        refused: those it did not take, each with the reason.
        stopped: why the rest was not tried, or the last one's end is not known.
    """

    sent: int
    refused: tuple[str, ...] = ()
    stopped: GraderError | None = None


Write = Callable[[ScoreChange, PushState, str], None]


def plan(
    gradebook: Gradebook,
    scores: Sequence[ColumnScore],
    past: Mapping[str, PushHistory],
    *,
    scaled: bool,
    comments: bool,
) -> Plan:
    """Return the plan of a push; nothing is sent.

    Args:
        gradebook: the LMS's.
        scores: what each student has got.
        past: what is known of earlier pushes, by the LMS's number of a student.
        scaled: whether a score becomes the same share of the points that the LMS counts.
        comments: whether words go beside the scores that change.
    """
    possible, accounts = gradebook.possible(), gradebook.accounts(comments=comments)
    people = [one.person for one in scores]
    name = _name(accounts)
    rows = GradebookRows(range(len(accounts)), name, name)
    matches = match_rows(people, rows, list(_clues(accounts, gradebook.numbers)))
    changes, kept, same = [], [], 0
    for one in scores:
        key = one.person.student.key
        if key not in matches.rows:
            continue
        account = accounts[matches.rows[key]]
        if reason := "nothing could be graded" if one.score is None else account.locked:
            kept.append(f"{account.name}: {reason}")
            continue
        before = past.get(account.user, PushHistory())
        comment = _comment(gradebook, one, account, before) if comments else ""
        change = ScoreChange(key, account, _points(one, possible if scaled else None), comment)
        if account.has(change.new) and not (comment and comment == before.unsure):
            same += 1
        else:
            changes.append(change)
    changes.sort(key=lambda one: past.get(one.account.user, PushHistory()).refused)
    notes = () if scaled else tuple(_notes(scores, possible))
    return Plan(tuple(changes), same, tuple(kept), matches.lost, notes)


def push(gradebook: Gradebook, changes: Sequence[ScoreChange], write: Write) -> PushResult:
    """Send the scores, one by one; who is refused stops nobody else.

    Args:
        gradebook: the LMS's.
        changes: what to send.
        write: told of each before it is sent, and then what became of it, with the reason if it
            was refused. What cannot be written down is not sent.
    """
    sent, errors, refused = 0, [], []
    try:
        for change in changes:
            error = _refusal(gradebook, change, write)
            if error is None:
                sent += 1
                continue
            errors.append(error)
            refused.append(f"{change.account.name}: {error.message}")
            if isinstance(error, InvalidToken) or (not sent and _is_hopeless(errors)):
                raise error
    except GraderError as error:
        return PushResult(sent, tuple(refused), error)
    return PushResult(sent, tuple(refused))


def _refusal(gradebook: Gradebook, change: ScoreChange, write: Write) -> GraderError | None:
    """Send a change, and return why the LMS does not take it."""
    write(change, PushState.SENDING, "")
    try:
        gradebook.send(change.account, change.new, change.comment)
    except (LmsRefused, NotAllowed, NotThere) as error:
        write(change, PushState.REFUSED, error.message)
        return error
    write(change, PushState.SENT, "")
    return None


def _is_hopeless(errors: Sequence[GraderError]) -> bool:
    alike = len({error.message for error in errors}) == 1
    return alike and len(errors) == HOPELESS and isinstance(errors[0], NotAllowed)


def _comment(
    gradebook: Gradebook, one: ColumnScore, account: LmsStudent, before: PushHistory
) -> str:
    """Return the words that are new to a student; what a comment takes the place of is not kept."""
    if gradebook.replaces:
        return one.comment
    with_sent_comment = account._replace(comments=(*account.comments, before.comment))
    return "" if with_sent_comment.heard(one.comment) else one.comment


def _clues(accounts: Sequence[LmsStudent], numbers: str) -> Iterator[Clue]:
    kinds = (("user", numbers), ("number", "sis_user_id"), ("login", "sis_login_id"))
    for what, kind in kinds:
        yield _clue(accounts, what, kind)
    yield Clue(
        "email",
        lambda one: texts(one.student.email),
        lambda row: texts(accounts[row].ids.get("email", "")),
    )
    yield Clue("name", names_of, lambda row: names(accounts[row].name))


def _clue(accounts: Sequence[LmsStudent], what: str, kind: str) -> Clue:
    def of_person(person: KnownStudent) -> set[str]:
        if kind:
            return ids_of(person, kind)
        return texts(person.roster_ids.get(CANVAS_ID, ""))  # a roster's word for the LMS's number

    def of_row(row: int) -> set[str]:
        account = accounts[row]
        return texts(account.user if what == "user" else account.ids.get(what, ""))

    return Clue(what, of_person, of_row)


def _name(accounts: Sequence[LmsStudent]) -> Callable[[int], str]:
    return lambda row: accounts[row].name


def _points(one: ColumnScore, possible: float | None) -> float:
    score = one.score or 0.0
    if possible is not None and one.max_score:
        score = score / one.max_score * possible
    return round(score, 4)


def _notes(scores: Sequence[ColumnScore], possible: float | None) -> Iterator[str]:
    ours = max((one.max_score for one in scores), default=0.0)
    if possible not in (None, ours):
        yield f"the LMS counts {possible:g} points, we {ours:g}: --scale converts"
