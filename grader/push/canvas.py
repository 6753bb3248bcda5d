"""Canvas's REST API: who is in a course, what stands there, and a grade."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from grader.push.account import Account
from grader.push.web import Patience, Web

TOKEN: Final = "CANVAS_TOKEN"
PAGE: Final = "per_page=100"


class Canvas:
    """An assignment of a Canvas course.

    Source: Canvas's documentation of its REST API, "Submissions", "Courses" and "Assignments".
    """

    def __init__(self, url: str, token: str, course: str, assignment: str) -> None:
        """Be ready to ask, as whoever the token is of."""
        self.web = Web(url, TOKEN, {"Authorization": f"Bearer {token}"}, Patience())
        self._course = f"/api/v1/courses/{course}"
        self._assignment = f"{self._course}/assignments/{assignment}"

    def possible(self) -> float | None:
        """Return how many points the assignment has."""
        points = self.web.ask("GET", self._assignment).body.get("points_possible")
        return None if points is None else float(points)

    def accounts(self) -> list[Account]:
        """Return the course's students, with what stands there."""
        standing = {
            str(one["user_id"]): one for one in self._all(f"{self._assignment}/submissions?{PAGE}")
        }
        users = self._all(f"{self._course}/users?enrollment_type[]=student&{PAGE}")
        return [_account(user, standing.get(str(user["id"]), {})) for user in users]

    def send(self, account: Account, score: float, comment: str) -> None:
        """Write a grade, in points, and a comment."""
        form = {"submission[posted_grade]": f"{score:.10g}"}
        if comment:
            form["comment[text_comment]"] = comment
        self.web.ask("PUT", f"{self._assignment}/submissions/{account.user}", form)

    def _all(self, path: str) -> Iterator[Mapping[str, Any]]:
        while path:
            answer = self.web.ask("GET", path)
            yield from answer.body
            path = answer.following


def _account(user: Mapping[str, Any], submission: Mapping[str, Any]) -> Account:
    score = submission.get("score")
    ids = {"login": user.get("login_id"), "number": user.get("sis_user_id")}
    return Account(
        str(user["id"]),
        str(user.get("sortable_name") or user.get("name") or user["id"]),
        {kind: str(held) for kind, held in (ids | {"email": user.get("email")}).items() if held},
        None if score is None else float(score),
        "excused" if submission.get("excused") else "",
    )
