"""Canvas's REST API: who is in a course, what stands there, and a grade."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.matching import CANVAS, CANVAS_ID, KnownStudent
from grader.course.push.canvas_assignment import (
    as_assignment,
    is_anonymous,
    is_one_for_a_group,
)
from grader.course.push.canvas_submission import (
    Submission,
    kept_otherwise,
    missing_fields,
    with_standing,
)
from grader.course.push.lms import LmsAssignment, LmsPlace, LmsStudent, as_agreed
from grader.course.push.readiness import Requirement
from grader.course.push.web import LmsDropped, LmsRefused, NotAllowed, NotThere, RetryPolicy, Web

TOKEN: Final = "CANVAS_TOKEN"
PAGE: Final = "per_page=100"
COMMENTS: Final = "include[]=submission_comments"
UNHEARD: Final = "whether the comment arrived is not known: this token is not shown comments"

STUDENTS: Final = "enrollment_type[]=student&include[]=email"


class Canvas:
    """An assignment of a Canvas course.

    Source: Canvas's documentation of its REST API, "Submissions", "Courses" and "Assignments";
    `entered_score` is the score before its late policy takes points off.
    """

    replaces: ClassVar[bool] = False
    numbers: ClassVar[str] = CANVAS_ID

    def __init__(self, place: LmsPlace, token: str, patience: RetryPolicy | None = None) -> None:
        """Be ready to ask, as whoever the token is of."""
        headers = {"Authorization": f"Bearer {token}"}
        self.web = Web(place.url, TOKEN, headers, patience or RetryPolicy())
        self._course = f"/api/v1/courses/{place.course}"
        self._assignment = f"{self._course}/assignments/{place.assignment}"
        self._fields: Mapping[str, Any] = {}

    def requirements(self) -> Sequence[Requirement]:
        """Return all that a push asks for: an assignment in points, students, and the right."""

        def takes_points() -> None:
            self.assignment()

        def lists_all() -> None:
            self.accounts((), comments=False)

        def may_grade() -> str:
            return "" if self.may_grade() else "the token's owner may not grade in this course"

        return [
            Requirement("the assignment, in points", takes_points),
            Requirement("its students and what stands there", lists_all),
            Requirement("the right to grade", may_grade),
        ]

    @as_agreed
    def assignment(self) -> LmsAssignment:
        """Return the assignment.

        Raises:
            GradedOtherwise: Canvas takes no points for it.
            NoPoints: it counts none.
            Unpushable: it is moderated, or not published.
        """
        return as_assignment(self._asked())

    def members(self, scores: Sequence[ColumnScore]) -> tuple[list[ColumnScore], list[str]]:
        """Return the scores as they are: Canvas gives a group's to all of its members."""
        return list(scores), []

    def named(self, people: Sequence[KnownStudent]) -> list[KnownStudent]:
        """Return the students; what a group's file bears is the group's name under a member's id.

        An anonymous one has an id that is nobody's elsewhere, and no name.
        """
        if not is_one_for_a_group(self._asked()) and not is_anonymous(self._asked()):
            return list(people)
        return [_by_id_alone(one) if one.shape == CANVAS else one for one in people]

    @as_agreed
    def accounts(self, people: Sequence[KnownStudent], *, comments: bool) -> list[LmsStudent]:
        """Return the course's students, with what stands there, and the comments if needed."""
        wanted = [COMMENTS] * comments
        if is_anonymous(self._asked()):
            return list(self._anonymous(people, "&".join(wanted)))
        groups = ["include[]=group"] if is_one_for_a_group(self._asked()) else []
        query = "&".join((*wanted, *groups, PAGE))
        submissions = {
            str(one["user_id"]): one
            for one in _every(self.web, f"{self._assignment}/submissions?{query}")
        }
        users = _every(
            self.web, f"{self._course}/users?enrollment_type[]=student&include[]=email&{PAGE}"
        )
        every = [_account(user, submissions.get(str(user["id"]))) for user in users]
        if not groups:
            return [one._replace(group="") for one in every]
        return [one if one.group else one._replace(group=f"of {one.user}") for one in every]

    @as_agreed
    def send(self, account: LmsStudent, score: float, comment: str) -> str:
        """Write a grade, in points, and a comment; what stands there already is left out.

        Returns:
            That nobody can tell whether the comment arrived, where it is so; otherwise "".
        """
        place, notes = self._place(account), []

        def missing() -> dict[str, str]:
            submission = self.web.ask("GET", f"{place}?{COMMENTS}").body
            standing = with_standing(account, submission)
            if not comment or standing.tells_comments:
                return missing_fields(standing, score, comment)
            notes.append(UNHEARD)
            return missing_fields(standing, score, "")

        form = missing_fields(account, score, comment)
        if form:
            answer = self.web.ask("PUT", place, form, missing if comment else None).body
            if answer is not None and "submission[posted_grade]" in form:
                self._see_that_it_is_kept(answer, account, score)
        return "".join(notes[:1])

    def dropped(self, sent: Mapping[str, float]) -> dict[str, str]:  # noqa: ARG002
        """Return nobody: what Canvas has kept is seen from its answer to each."""
        return {}

    def may_grade(self) -> bool:
        """Return whether the token's owner may grade in this course; True where it is not said."""
        query = "permissions[]=manage_grades"
        try:
            rights = self.web.ask("GET", f"{self._course}/permissions?{query}").body
        except (LmsRefused, NotAllowed, NotThere):
            return True
        return not isinstance(rights, dict) or rights.get("manage_grades") is not False

    def _asked(self) -> Mapping[str, Any]:
        if not self._fields:
            self._fields = self.web.ask("GET", self._assignment).body
        return self._fields

    def _place(self, account: LmsStudent) -> str:
        kind = "anonymous_submissions" if is_anonymous(self._asked()) else "submissions"
        return f"{self._assignment}/{kind}/{account.user}"

    def _see_that_it_is_kept(self, answer: Submission, account: LmsStudent, score: float) -> None:
        """Compare what Canvas answers to a grade with what was sent.

        Raises:
            LmsDropped: somebody has something else.
        """
        if "entered_score" not in answer and "score" not in answer:
            answer = self.web.ask("GET", self._place(account)).body
        several = answer.get("all_submissions") or ()
        of_group = several if is_one_for_a_group(self._asked()) else ()
        if reason := kept_otherwise([answer, *of_group], score):
            raise LmsDropped(reason)

    def _anonymous(self, people: Sequence[KnownStudent], query: str) -> Iterator[LmsStudent]:
        """Yield those whose anonymous number is that of somebody's file."""
        for number in dict.fromkeys(one.student.student_id for one in people):
            if not number.isalnum():
                continue
            account = LmsStudent(number, f"Student {number}", {})
            try:
                place = f"{self._place(account)}?{query}".rstrip("?")
                yield with_standing(account, self.web.ask("GET", place).body)
            except (NotThere, LmsRefused):
                continue  # nobody's: so it is said of whoever handed it in


def _every(web: Web, path: str) -> Iterator[Mapping[str, Any]]:
    while path:
        answer = web.ask("GET", path)
        yield from answer.body
        path = answer.following


def _by_id_alone(person: KnownStudent) -> KnownStudent:
    return person._replace(student=person.student._replace(name=""), shape="")


def _account(user: Mapping[str, Any], submission: Mapping[str, Any] | None) -> LmsStudent:
    ids = {"login": user.get("login_id"), "number": user.get("sis_user_id")}
    account = LmsStudent(
        str(user["id"]),
        str(user.get("sortable_name") or user.get("name") or user["id"]),
        {kind: str(text) for kind, text in (ids | {"email": user.get("email")}).items() if text},
    )
    if submission is None:
        return account._replace(barred="it is not assigned to them, or not yours to see")
    return with_standing(account, submission)
