"""Canvas's REST API: who is in a course, what stands there, and a grade."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from grader.course.gradebook.fill_column import MOST_POINTS
from grader.course.gradebook.matching import CANVAS_ID
from grader.course.gradebook.refusals import GradedOtherwise, NoPoints
from grader.course.push.lms import LmsStudent, as_agreed, points
from grader.course.push.web import RetryPolicy, Web

TOKEN: Final = "CANVAS_TOKEN"
PAGE: Final = "per_page=100"
COMMENTS: Final = "include[]=submission_comments"
IN_WORDS: Final = {
    "pass_fail": "complete or incomplete",
    "gpa_scale": "by a scheme",
    "not_graded": "not at all",
}
"""Canvas's types of grading that take no points: it answers well, and keeps something else."""


class Canvas:
    """An assignment of a Canvas course.

    Source: Canvas's documentation of its REST API, "Submissions", "Courses" and "Assignments";
    `entered_score` is the score before its late policy takes points off.
    """

    replaces: ClassVar[bool] = False
    numbers: ClassVar[str] = CANVAS_ID

    def __init__(self, url: str, token: str, course: str, assignment: str) -> None:
        """Be ready to ask, as whoever the token is of."""
        self.web = Web(url, TOKEN, {"Authorization": f"Bearer {token}"}, RetryPolicy())
        self._course = f"/api/v1/courses/{course}"
        self._assignment = f"{self._course}/assignments/{assignment}"

    @as_agreed
    def possible(self) -> float | None:
        """Return the points of the assignment.

        Raises:
            GradedOtherwise: Canvas takes no points for it.
            NoPoints: it counts none.
        """
        assignment = self.web.ask("GET", self._assignment).body
        how = IN_WORDS.get(str(assignment.get("grading_type", "")))
        if how:
            raise GradedOtherwise("this assignment", how)
        possible = assignment.get("points_possible")
        if possible is not None and not 0 < float(possible) <= MOST_POINTS:
            raise NoPoints("this assignment", float(possible))
        return None if possible is None else float(possible)

    @as_agreed
    def accounts(self, *, comments: bool) -> list[LmsStudent]:
        """Return the course's students, with what stands there, and the comments if needed."""
        query = f"{COMMENTS}&{PAGE}" if comments else PAGE
        submissions = {
            str(one["user_id"]): one for one in self._all(f"{self._assignment}/submissions?{query}")
        }
        users = self._all(f"{self._course}/users?enrollment_type[]=student&{PAGE}")
        return [_account(user, submissions.get(str(user["id"]), {})) for user in users]

    @as_agreed
    def send(self, account: LmsStudent, score: float, comment: str) -> None:
        """Write a grade, in points, and a comment; what stands there already is left out."""
        place = f"{self._assignment}/submissions/{account.user}"

        def missing() -> dict[str, str]:
            submission = self.web.ask("GET", f"{place}?{COMMENTS}").body
            return _missing(_standing(account, submission), score, comment)

        form = _missing(account, score, comment)
        if form:
            self.web.ask("PUT", place, form, missing if comment else None)

    def _all(self, path: str) -> Iterator[Mapping[str, Any]]:
        while path:
            answer = self.web.ask("GET", path)
            yield from answer.body
            path = answer.following


def _missing(account: LmsStudent, score: float, comment: str) -> dict[str, str]:
    """Return the fields of what does not stand there: a comment sent again would be a second."""
    form = {} if account.has(score) else {"submission[posted_grade]": f"{score:.10g}"}
    if comment and not account.heard(comment):
        form["comment[text_comment]"] = comment
    return form


def _account(user: Mapping[str, Any], submission: Mapping[str, Any]) -> LmsStudent:
    ids = {"login": user.get("login_id"), "number": user.get("sis_user_id")}
    account = LmsStudent(
        str(user["id"]),
        str(user.get("sortable_name") or user.get("name") or user["id"]),
        {kind: str(text) for kind, text in (ids | {"email": user.get("email")}).items() if text},
        locked="excused" if submission.get("excused") else "",
    )
    return _standing(account, submission)


def _standing(account: LmsStudent, submission: Mapping[str, Any]) -> LmsStudent:
    """Return the account with what a submission says stands there."""
    scores = [submission.get("entered_score"), submission.get("score")]
    comments = submission.get("submission_comments") or ()
    return account._replace(
        score=next((points(score) for score in scores if score is not None), None),
        comments=tuple(str(one.get("comment") or "") for one in comments),
    )
