"""Moodle's web services: who is enrolled, what stands there, and a grade."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from grader.course.gradebook.refusals import GradedOtherwise, NoPoints
from grader.course.push.lms import LmsStudent, as_agreed, points
from grader.course.push.web import InvalidToken, LmsRefused, NotAllowed, NotThere, RetryPolicy, Web

TOKEN: Final = "MOODLE_TOKEN"
SERVER: Final = "/webservice/rest/server.php"
INVALID: Final = frozenset({"invalidtoken", "accessexception"})  # the same for every student
NOT_ALLOWED: Final = frozenset({"nopermissions"})
PLAIN: Final = "2"  # no HTML: what is written there is text


class Moodle:
    """An assignment of a Moodle course.

    Source: Moodle's documentation of web services; an error comes with status 200.
    """

    replaces: ClassVar[bool] = True
    numbers: ClassVar[str] = ""

    def __init__(self, url: str, token: str, course: str, assignment: str) -> None:
        """Be ready to ask, as whoever the token is of."""
        self.web = Web(url, TOKEN, {}, RetryPolicy())
        self._token, self._course = token, course
        self._number = assignment
        self._cached: Mapping[str, Any] = {}

    @as_agreed
    def possible(self) -> float | None:
        """Return the points of the assignment.

        Raises:
            GradedOtherwise: it is graded on a scale.
            NoPoints: it counts none.
        """
        grade = points(self._assignment().get("grade", 0))
        if grade < 0:  # the number of a scale
            raise GradedOtherwise("this assignment", "on a scale")
        if grade == 0:
            raise NoPoints("this assignment")
        return grade

    @as_agreed
    def accounts(self, *, comments: bool) -> list[LmsStudent]:  # noqa: ARG002  (replaced, unread)
        """Return everyone enrolled, with what stands there."""
        query = {"assignmentids[0]": str(self._assignment()["id"])}
        assignments = self._ask("mod_assign_get_grades", query)["assignments"]
        grades = {
            str(one["userid"]): one["grade"] for some in assignments for one in some["grades"]
        }
        users = self._ask("core_enrol_get_enrolled_users", {"courseid": self._course})
        return [_account(user, grades.get(str(user["id"]), "-1")) for user in users]

    @as_agreed
    def send(self, account: LmsStudent, score: float, comment: str) -> None:
        """Write a grade, in points, and a comment."""
        one = "grades[0]"
        form = {
            "assignmentid": str(self._assignment()["id"]),
            "applytoall": "0",
            f"{one}[userid]": account.user,
            f"{one}[grade]": f"{score:.10g}",
            f"{one}[attemptnumber]": "-1",
            f"{one}[addattempt]": "0",
            f"{one}[workflowstate]": "",
        }
        if comment:
            editor = f"{one}[plugindata][assignfeedbackcomments_editor]"
            form |= {f"{editor}[text]": comment, f"{editor}[format]": PLAIN}
        answer = self._ask("mod_assign_save_grades", form)
        if answer is not None:
            raise LmsRefused(f"an answer that is none, {str(answer)[:80]!r}")

    def _assignment(self) -> Mapping[str, Any]:
        """Return the assignment, named by its own number or by its module's, as in its address."""
        if not self._cached:
            courses = self._ask("mod_assign_get_assignments", {"courseids[0]": self._course})
            every = [one for course in courses["courses"] for one in course["assignments"]]
            fits = [one for one in every if str(one["cmid"]) == self._number]
            fits = fits or [one for one in every if str(one["id"]) == self._number]
            if not fits:
                raise NotThere(f"assignment {self._number} in course {self._course}")
            self._cached = fits[0]
        return self._cached

    def _ask(self, function: str, data: Mapping[str, str]) -> Any:
        form = {"wstoken": self._token, "wsfunction": function, "moodlewsrestformat": "json"}
        body = self.web.ask("POST", SERVER, form | dict(data)).body
        if isinstance(body, dict) and "exception" in body:
            code = str(body.get("errorcode", ""))
            if code in INVALID:
                raise InvalidToken(200, TOKEN)
            if code in NOT_ALLOWED:
                raise NotAllowed(200, TOKEN)
            raise LmsRefused(f"{code}: {body.get('message', '')}")
        return body


def _account(user: Mapping[str, Any], grade: str) -> LmsStudent:
    ids = {kind: user.get(key) for kind, key in
           (("login", "username"), ("number", "idnumber"), ("email", "email"))}  # fmt: skip
    score = points(grade)
    return LmsStudent(
        str(user["id"]),
        str(user.get("fullname") or user["id"]),
        {kind: str(text) for kind, text in ids.items() if text},
        score if score >= 0 else None,
    )
