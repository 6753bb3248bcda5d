"""Plans a push: what would change, what stands there already, and what the LMS would not take."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.matching import (
    CANVAS_ID,
    Clue,
    GradebookRows,
    KnownStudent,
    RowMatches,
    ids_of,
    match_rows,
    names_of,
)
from grader.course.gradebook.moodle.worksheet import participants_of
from grader.course.gradebook.name_matching import names, texts
from grader.course.push.lms import Gradebook, LmsAssignment, LmsStudent, is_same
from grader.course.push.log import PushHistory

ROUNDING = 1e-9


class ScoreChange(NamedTuple):
    """A score that is to stand in the LMS.

    Attributes:
        key: the student's.
        account: theirs there.
        new: points.
        comment: words beside it.
        why_not: why the LMS would not take it, so that it is not sent; "" where it is.
    """

    key: str
    account: LmsStudent
    new: float
    comment: str = ""
    why_not: str = ""


class Plan(NamedTuple):
    """The plan of a push.

    Attributes:
        assignment: where they go.
        changes: the scores that are to be sent.
        same: how many stand there already.
        kept: scores that stay as they are, each with the reason.
        lost: students without an account, each with the reason.
        barred: the scores that the LMS would not take.
        notes: what else a person should know.
    """

    assignment: LmsAssignment
    changes: tuple[ScoreChange, ...]
    same: int
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    barred: tuple[ScoreChange, ...] = ()
    notes: tuple[str, ...] = ()


class PlanOptions(NamedTuple):
    """The options of a plan.

    Attributes:
        scaled: whether a score becomes the same share of the points that the LMS counts; None
            where nobody says so, nor that it does not.
        comments: whether words go beside the scores that change.
        again: whether that is sent once more which the LMS has not kept before.
    """

    scaled: bool | None = None
    comments: bool = False
    again: bool = False


def plan(
    gradebook: Gradebook,
    scores: Sequence[ColumnScore],
    past: Mapping[str, PushHistory],
    options: PlanOptions,
) -> Plan:
    """Return the plan of a push; nothing is sent.

    Args:
        gradebook: the LMS's.
        scores: what each student has got.
        past: what is known of earlier pushes, by the LMS's number of a student.
        options: how the scores are to be sent.

    Raises:
        GradedOtherwise, NoPoints, Unpushable: the assignment takes no points, or not this way.
    """
    assignment = gradebook.assignment()
    scores, without = gradebook.members(scores)
    people = gradebook.named([one.person for one in scores])
    accounts = gradebook.accounts(people, comments=options.comments)
    matches = _matches(people, accounts, gradebook.numbers)
    found = [
        (one, accounts[matches.rows[key]])
        for one in scores
        if (key := one.person.student.key) in matches.rows
    ]
    sorter = _Sorter(gradebook, assignment, accounts, past, options)
    for one, account in found:
        sorter.sort(one, account)
    sorter.changes.sort(key=lambda one: past.get(one.account.user, PushHistory()).refused)
    notes = (*assignment.notes, *_notes(scores, assignment.possible, options))
    return Plan(
        assignment,
        tuple(sorter.changes),
        sorter.same,
        tuple(sorter.kept),
        (*without, *matches.lost),
        tuple(sorter.barred),
        notes,
    )


def _matches(
    people: Sequence[KnownStudent], accounts: Sequence[LmsStudent], numbers: str
) -> RowMatches:
    name = _name(accounts)
    rows = GradebookRows(range(len(accounts)), name, name)
    return match_rows(people, rows, list(_clues(accounts, numbers)))


class _Sorter:
    """Sorts the scores: what changes, what stands there, and what stays as it is."""

    def __init__(
        self,
        gradebook: Gradebook,
        assignment: LmsAssignment,
        accounts: Sequence[LmsStudent],
        past: Mapping[str, PushHistory],
        options: PlanOptions,
    ) -> None:
        self._gradebook, self._assignment = gradebook, assignment
        self._past, self._options = past, options
        self._groups: dict[str, list[LmsStudent]] = {}
        for account in accounts:
            if account.group and not account.locked:
                self._groups.setdefault(account.group, []).append(account)
        self._meant: dict[str, ScoreChange] = {}
        self.changes: list[ScoreChange] = []
        self.barred: list[ScoreChange] = []
        self.kept: list[str] = []
        self.same = 0

    def sort(self, one: ColumnScore, account: LmsStudent) -> None:
        """Put a score where it belongs; another member stands for one who is locked."""
        members = self._groups.get(account.group, [account])
        account = members[0] if account.locked else account
        if reason := "nothing could be graded" if one.score is None else account.locked:
            self.kept.append(f"{account.name}: {reason}")
            return
        change = self._change(one, account)
        twin = self._meant.setdefault(account.group, change) if account.group else change
        if change.why_not:
            self.barred.append(change)
        elif twin is not change and not is_same(twin.new, change.new):
            reason = f"the group has one score, and {twin.account.name} would give it {twin.new:g}"
            self.barred.append(change._replace(why_not=reason))
        elif twin is not change or self._stands(change):
            self.same += 1
        else:
            self.changes.append(change)

    def _change(self, one: ColumnScore, account: LmsStudent) -> ScoreChange:
        before = self._past.get(account.user, PushHistory())
        comment = self._comment(one, account, before) if self._options.comments else ""
        new = _points(one, self._assignment.possible if self._options.scaled else None)
        change = ScoreChange(one.person.student.key, account, new, comment)
        if self._stands(change):
            return change
        return change._replace(why_not=self._why_not(one, change, before))

    def _stands(self, change: ScoreChange) -> bool:
        account = change.account
        members = self._groups.get(account.group, [account])
        unsure = self._past.get(account.user, PushHistory()).unsure
        return all(one.has(change.new) for one in members) and not (
            change.comment and change.comment == unsure
        )

    def _why_not(self, one: ColumnScore, change: ScoreChange, before: PushHistory) -> str:
        """Return why the LMS would not take a score, "" where nothing is known against it."""
        possible, account = self._assignment.possible, change.account
        if account.barred:
            return account.barred
        if possible is not None and change.new > possible + ROUNDING:
            more = f"{change.new:g} is more than the {possible:g} points that the LMS counts"
            if not self._assignment.takes_more:
                return more
            if self._options.scaled is None:
                return f"{more}; --no-scale sends it all the same"
        if one.penalty and account.deducted:
            return (
                f"{one.penalty:g} points are taken off for lateness here, and "
                f"{account.deducted:g} by the LMS: it would be twice"
            )
        if is_same(before.dropped, change.new) and not self._options.again:
            return f"{before.reason}; it is not sent again, --again does it"
        return ""

    def _comment(self, one: ColumnScore, account: LmsStudent, before: PushHistory) -> str:
        """Return the words that are new to a student; what is replaced by them is not kept."""
        if self._gradebook.replaces:
            return one.comment
        if not account.tells_comments and before.unsure == one.comment:
            return ""  # it may stand there, and nobody can look
        with_sent_comment = account._replace(comments=(*account.comments, before.comment))
        return "" if with_sent_comment.heard(one.comment) else one.comment


def _clues(accounts: Sequence[LmsStudent], numbers: str) -> Iterator[Clue]:
    if any("participant" in account.ids for account in accounts):
        yield Clue(
            "participant's number",
            participants_of,
            lambda row: texts(accounts[row].ids.get("participant", "")),
        )
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


def points_differ(scores: Sequence[ColumnScore], possible: float | None) -> float | None:
    """Return the points of the exercise, where the LMS counts others."""
    ours = max((one.max_score for one in scores), default=0.0)
    return None if possible is None or is_same(possible, ours) else ours


def _notes(
    scores: Sequence[ColumnScore], possible: float | None, options: PlanOptions
) -> Iterator[str]:
    ours = points_differ(scores, possible)
    if ours is not None and not options.scaled:
        yield f"the LMS counts {possible:g} points, we {ours:g}: --scale converts"
