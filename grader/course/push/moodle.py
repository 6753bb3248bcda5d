"""Moodle as a place for marks: who is enrolled, what stands there, and a grade."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.matching import KnownStudent
from grader.course.gradebook.moodle.worksheet import NUMBERED
from grader.course.push.lms import LmsAssignment, LmsPlace, LmsStudent, as_agreed, is_same
from grader.course.push.moodle_assignment import (
    FLAGS,
    METHODS,
    as_assignment,
    find_assignment,
    grades,
    is_blind,
    is_of_teams,
    states,
)
from grader.course.push.moodle_comments import (
    DRAFT,
    STATUS,
    SubmissionStatus,
    beside_the_grade,
    status_of,
)
from grader.course.push.moodle_service import MoodleService
from grader.course.push.moodle_students import (
    ITEMS,
    MAPPINGS,
    USERS,
    held_fast,
    students,
)
from grader.course.push.moodle_teams import BY_GROUPS, members_scores
from grader.course.push.readiness import Requirement
from grader.course.push.web import LmsRefused, RetryPolicy

LOST_COMMENT: Final = "dmlwriteexception"
"""Moodle's word for a grade that comes without the comment that stands there."""

SAVE: Final = "mod_assign_save_grades"
NEEDED: Final = ("mod_assign_get_assignments", "mod_assign_get_grades", USERS, SAVE)
HELPFUL: Final = {
    STATUS: "whoever has a comment can get no other grade",
    FLAGS: "an assignment with a marking workflow is refused",
    MAPPINGS: "students are found by their names alone, and none where marking is blind",
    ITEMS: "a grade that is locked or overridden is noticed after it was sent",
    METHODS: "a rubric is noticed after grades were sent",
}
"""What a push can do without, and what is missing then."""


class Moodle:
    """An assignment of a Moodle course."""

    replaces: ClassVar[bool] = True
    numbers: ClassVar[str] = ""

    def __init__(self, place: LmsPlace, token: str, patience: RetryPolicy | None = None) -> None:
        """Be ready to ask, as whoever the token is of."""
        self._service = MoodleService(place.url, token, patience or RetryPolicy())
        self.web = self._service.web
        self._course, self._number = place.course, place.assignment
        self._fields: Mapping[str, Any] = {}

    def requirements(self) -> Sequence[Requirement]:
        """Return all that a push asks for: the functions, and an assignment that takes points."""

        def of(function: str, without: str = "") -> Requirement:
            return Requirement(function, lambda: self._service.why_not(function), without)

        def takes_points() -> None:
            self.assignment()
            grades(self._service, self._asked())

        functions = [of(one) for one in NEEDED]
        functions += [of(one, without) for one, without in HELPFUL.items()]
        return [*functions, Requirement(f"assignment {self._number}, in points", takes_points)]

    @as_agreed
    def assignment(self) -> LmsAssignment:
        """Return the assignment.

        Raises:
            GradedOtherwise, NoPoints, Unpushable: it takes no points, or not this way.
        """
        assignment = as_assignment(self._service, self._asked())
        states(self._service, self._asked())
        if is_of_teams(self._asked()):
            return assignment._replace(notes=(*assignment.notes, BY_GROUPS))
        return assignment

    @as_agreed
    def members(self, scores: Sequence[ColumnScore]) -> tuple[list[ColumnScore], list[str]]:
        """Return the scores of groups as their members', and the groups without any."""
        if not is_of_teams(self._asked()):
            return list(scores), []
        return members_scores(self._service, self._course, self._asked(), scores)

    @as_agreed
    def named(self, people: Sequence[KnownStudent]) -> list[KnownStudent]:
        """Return the students; where Moodle hides names, all have the same word in their place."""
        if not is_blind(self._asked()):
            return list(people)
        return [
            one._replace(student=one.student._replace(name=""))
            if one.shape in NUMBERED and not one.vouched
            else one
            for one in people
        ]

    @as_agreed
    def accounts(self, people: Sequence[KnownStudent], *, comments: bool) -> list[LmsStudent]:  # noqa: ARG002
        """Return everyone enrolled, with what stands there."""
        return students(self._service, self._course, self._asked())

    @as_agreed
    def send(self, account: LmsStudent, score: float, comment: str) -> str:
        """Write a grade, in points, and a comment; the state of the grade stays as it is.

        Returns:
            What a person should know: that somebody's comment stays, or that it is a draft's grade.
        """
        status, told = self._status(account)
        beside, note = beside_the_grade(status, comment)
        one = "grades[0]"
        form = {
            "assignmentid": str(self._asked()["id"]),
            "applytoall": "0",
            f"{one}[userid]": account.user,
            f"{one}[grade]": f"{score:.10g}",
            f"{one}[attemptnumber]": "-1",
            f"{one}[addattempt]": "0",
            f"{one}[workflowstate]": states(self._service, self._asked()).get(account.user, ""),
        }
        if beside is not None:
            editor = f"{one}[plugindata][assignfeedbackcomments_editor]"
            form |= {f"{editor}[text]": beside.text, f"{editor}[format]": beside.format}
        self._save(form, told)
        return "; ".join(filter(None, (note, DRAFT if status.is_draft else "")))

    @as_agreed
    def dropped(self, sent: Mapping[str, float]) -> dict[str, str]:
        """Return those who have another grade than was sent, with the reason."""
        standing, barred = (
            grades(self._service, self._asked()),
            held_fast(self._service, self._course, self._asked()),
        )
        lost = {}
        for user, score in sent.items():
            held = standing.get(user)
            if not is_same(held, score):
                keeps = "none" if held is None else f"{held:g}"
                why = barred.get(user) or "locked, overridden or graded by a rubric, as a rule"
                lost[user] = f"Moodle answers well, and keeps {keeps} in place of {score:g}: {why}"
        return lost

    @as_agreed
    def may_grade(self) -> bool:
        """Return False: what Moodle does not allow is a matter of the whole assignment."""
        return False

    def _asked(self) -> Mapping[str, Any]:
        if not self._fields:
            self._fields = find_assignment(self._service, self._course, self._number)
        return self._fields

    def _save(self, form: Mapping[str, str], told: bool) -> None:
        try:
            answer = self._service.ask(SAVE, form)
        except LmsRefused as error:
            if LOST_COMMENT not in error.message or told:
                raise
            raise LmsRefused(
                f"a comment stands there, and the token's service lacks {STATUS}, by which it stays"
            ) from error
        if answer is not None:
            raise LmsRefused(f"an answer that is none, {str(answer)[:80]!r}")

    def _status(self, account: LmsStudent) -> tuple[SubmissionStatus, bool]:
        """Return the status of a submission, and whether Moodle told of it."""
        form = {"assignid": str(self._asked()["id"]), "userid": account.user}
        answer = self._service.ask_if_there(STATUS, form)
        return (SubmissionStatus(), False) if answer is None else (status_of(answer), True)
