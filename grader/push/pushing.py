"""What pushing marks would change in an LMS, and doing it."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from grader.gradebook.got import Got
from grader.gradebook.people import Clue, Person, matched, names, names_of, texts
from grader.push.account import Account, Gradebook
from grader.push.web import Refused


class Change(NamedTuple):
    """A score that is to stand in the LMS.

    Attributes:
        key: the student's.
        account: theirs there.
        new: points.
        comment: words beside it.
    """

    key: str
    account: Account
    new: float
    comment: str = ""


class Plan(NamedTuple):
    """What is to be done.

    Attributes:
        changes: the scores that are to be sent.
        same: how many stand there already.
        kept: scores that stay as they are, each with the reason.
        lost: students without an account, each with the reason.
        notes: what else a person should know.
    """

    changes: tuple[Change, ...]
    same: int
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    notes: tuple[str, ...] = ()


def plan(gradebook: Gradebook, got: Sequence[Got], *, scaled: bool, comments: bool) -> Plan:
    """Return what pushing would change; nothing is sent.

    Args:
        gradebook: the LMS's.
        got: what each student has got.
        scaled: whether a score becomes the same share of the points that the LMS counts.
        comments: whether words go beside the scores that change.
    """
    possible, accounts = gradebook.possible(), gradebook.accounts(comments=comments)
    people = [one.person for one in got]
    whose = matched(people, range(len(accounts)), list(_clues(accounts)), _called(accounts))
    changes, kept, same = [], [], 0
    for one in got:
        key = one.person.student.key
        if key not in whose.rows:
            continue
        account = accounts[whose.rows[key]]
        reason = "nothing could be graded" if one.score is None else account.locked
        if reason:
            kept.append(f"{account.name}: {reason}")
            continue
        comment = one.comment if comments and not account.heard(one.comment) else ""
        change = Change(key, account, _points(one, possible if scaled else None), comment)
        if account.has(change.new):
            same += 1
        else:
            changes.append(change)
    notes = () if scaled else tuple(_notes(got, possible))
    return Plan(tuple(changes), same, tuple(kept), whose.lost, notes)


def push(
    gradebook: Gradebook, changes: Sequence[Change], done: Callable[[Change, str], None]
) -> list[str]:
    """Send the scores, one by one; return those that were refused, a line each.

    Args:
        gradebook: the LMS's.
        changes: what to send.
        done: told of each, with why it was refused, or "".
    """
    refused = []
    for change in changes:
        why = ""
        try:
            gradebook.send(change.account, change.new, change.comment)
        except Refused as error:
            why = error.message
            refused.append(f"{change.account.name}: {why}")
        done(change, why)
    return refused


def _clues(accounts: Sequence[Account]) -> Iterator[Clue]:
    yield _clue(accounts, "user", "canvas_id", lambda one: one.user)
    yield _clue(accounts, "number", "sis_user_id", lambda one: one.ids.get("number", ""))
    yield _clue(accounts, "login", "sis_login_id", lambda one: one.ids.get("login", ""))
    yield Clue(
        "email",
        lambda one: texts(one.student.email),
        lambda row: texts(accounts[row].ids.get("email", "")),
    )
    yield Clue("name", names_of, lambda row: names(accounts[row].name))


def _clue(
    accounts: Sequence[Account], what: str, roster: str, held: Callable[[Account], str]
) -> Clue:
    def of_person(person: Person) -> set[str]:
        if roster in person.known:
            return texts(person.known[roster])
        return texts(person.student.student_id, person.student.key)

    return Clue(what, of_person, lambda row: texts(held(accounts[row])))


def _called(accounts: Sequence[Account]) -> Callable[[int], str]:
    return lambda row: accounts[row].name


def _points(one: Got, possible: float | None) -> float:
    score = one.score or 0.0
    if possible is not None and one.max_score:
        score = score / one.max_score * possible
    return round(score, 4)


def _notes(got: Sequence[Got], possible: float | None) -> Iterator[str]:
    ours = max((one.max_score for one in got), default=0.0)
    if possible not in (None, ours):
        yield f"the LMS counts {possible:g} points, we {ours:g}: --scale converts"
