"""Canvas on loopback: it answers as its public source does, where that is not as one would think.

What it does that a plain store of scores would not: a number may be the name of a grade in a
scheme; complete/incomplete and "not graded" answer well and keep nothing; a grade un-excuses; a
group has one grade, and a comment goes to its first member; a deduction is never more than the
score; a new attempt leaves the score, and needs grading; addresses come to those alone who ask for
them; whoever is not assigned the work is not in its list; and a link is opaque, of this host.
"""

from typing import Any

from tests.course.push.stand_in import TOKEN, Asked, Reply, Server

COURSE = "/api/v1/courses/7"
ASSIGNMENT = f"{COURSE}/assignments/9"
FIELDS = {
    *("submission[posted_grade]", "prefer_points_over_scheme"),
    *("comment[text_comment]", "comment[group_comment]"),
}
PEOPLE: tuple[dict[str, Any], ...] = (
    {"id": 4711, "name": "Alice Ant", "sortable_name": "Ant, Alice", "login_id": "alice"},
    {"id": 4712, "name": "Zoë Bee", "sortable_name": "Bee, Zoë", "sis_user_id": "s2"},
    {"id": 4713, "name": "Cy Cat", "sortable_name": "Cat, Cy", "email": "cy@x.org"},
    {"id": 4714, "name": "Eve Elk", "sortable_name": "Elk, Eve", "login_id": "eve"},
)
UNAUTHORISED = {
    "status": "unauthorized",
    "errors": [{"message": "user not authorized to perform that action"}],
}


class Canvas(Server):
    """A course of four students, two of them on the first page; one is excused.

    Attributes:
        people: the students, the first two of them on the first page.
        scheme: a name in the grading scheme → the points that it is worth.
        unassigned: those to whom the assignment is not given.
        closed: those for whom it is a closed grading period.
        anonymous: a user's number → the number that hides them; none where nobody is hidden.
        scoped: whether the key's scopes strip what is to be included.
    """

    def __init__(self) -> None:
        super().__init__()
        self.people = PEOPLE
        self.scores: dict[int, float | None] = {4711: None, 4712: 4.0, 4713: None, 4714: None}
        self.comments: list[str] = []
        self.said: dict[int, list[str]] = {}
        self.points: float | None = 5.0
        self.grading_type = "points"
        self.scheme: dict[str, float] = {}
        self.excused = {4713}
        self.late: dict[int, float] = {}
        self.anew: set[int] = set()
        self.groups: dict[int, str] = {}
        self.more: dict[str, Any] = {}
        self.unassigned: set[int] = set()
        self.closed: set[int] = set()
        self.anonymous: dict[int, str] = {}
        self.scoped = False
        self.may_grade = True

    def answer(self, asked: Asked) -> Reply:
        if asked.token != f"Bearer {TOKEN}":
            realm = {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
            return Reply(401, {"errors": [{"message": "Invalid access token."}]}, realm)
        if asked.path == ASSIGNMENT:
            return Reply(body=self._assignment())
        if asked.path == f"{COURSE}/permissions":
            return Reply(body={"manage_grades": self.may_grade})
        if asked.path == f"{COURSE}/users":
            assert asked.query["enrollment_type[]"] == ["student"]
            return self._users(asked)
        if asked.path == f"{ASSIGNMENT}/submissions":
            assert asked.query["per_page"] == ["100"]
            seen = [user for user in self.scores if user not in self.unassigned]
            return Reply(body=[self._submission(user, asked) for user in seen])
        user = self._user(asked.path)
        if user is None:
            return Reply(404, {"errors": [{"message": "The specified resource does not exist."}]})
        if asked.method == "PUT":
            refused = self.refusals.get(asked.path.rpartition("/")[2])
            return refused or self._grade(user, asked)
        return Reply(body=self._submission(user, asked))

    def _assignment(self) -> dict[str, Any]:
        grouped = {"group_category_id": 3, "grade_group_students_individually": False}
        return {
            "id": 9,
            "name": "ex9",
            "points_possible": self.points,
            "grading_type": self.grading_type,
            "published": True,
            "moderated_grading": False,
            "post_manually": False,
            "anonymous_grading": bool(self.anonymous),
            "anonymize_students": bool(self.anonymous),
            **(grouped if self.groups else {"group_category_id": None}),
            **self.more,
        }

    def _user(self, path: str) -> int | None:
        place, _, number = path.rpartition("/")
        if place == f"{ASSIGNMENT}/anonymous_submissions":
            return next((user for user, one in self.anonymous.items() if one == number), None)
        known = place == f"{ASSIGNMENT}/submissions" and number.isdigit()
        return int(number) if known and int(number) in self.scores else None

    def _users(self, asked: Asked) -> Reply:
        tells_email = "email" in asked.query.get("include[]", [])
        people = [
            {name: told for name, told in one.items() if name != "email" or tells_email}
            for one in self.people
        ]
        if asked.query.get("page") == ["bookmark:WyJib2IiXQ"]:
            return Reply(body=people[2:])
        first = f"{self.url}{COURSE}/users?enrollment_type%5B%5D=student&per_page=100"
        included = "&include%5B%5D=email" if tells_email else ""
        link = ", ".join(
            f'<{first}{included}&page={page}>; rel="{what}"'
            for what, page in (("current", "first"), ("next", "bookmark:WyJib2IiXQ"))
        )
        return Reply(body=people[:2], headers={"Link": link})

    def _submission(self, user: int, asked: Asked) -> dict[str, Any]:
        entered = self.scores[user]
        off = min(entered or 0.0, self.late[user]) if user in self.late else None
        told: dict[str, Any] = {
            "user_id": user,
            "score": None if entered is None else entered - (off or 0.0),
            "entered_score": entered,
            "points_deducted": off,
            "excused": user in self.excused or None,
            "grade_matches_current_submission": user not in self.anew,
            "workflow_state": "submitted" if user in self.anew else "graded",
            "posted_at": None,
        }
        wanted = [] if self.scoped else asked.query.get("include[]", [])
        if "group" in wanted and user in self.groups:
            told["group"] = {"id": self.groups[user], "name": f"Team {self.groups[user]}"}
        if "submission_comments" in wanted:
            said = self.said.get(user, [])
            told["submission_comments"] = [{"id": 1, "comment": one} for one in said]
        return told

    def _grade(self, user: int, asked: Asked) -> Reply:
        form = asked.form
        assert set(form) <= FIELDS
        if user in self.closed | self.unassigned or not self.may_grade:
            return Reply(403, UNAUTHORISED)
        if user == 4710:
            return Reply(400, {"error": "Student must be enrolled in the course"})
        members = [one for one in self.scores if self._is_beside(one, user)]
        if "submission[posted_grade]" in form:
            score = self._score(form["submission[posted_grade]"], form)
            for one in members:
                self.scores[one] = score
                self.anew.discard(one)
            self.excused.discard(user)
        if "comment[text_comment]" in form:
            to_all = form.get("comment[group_comment]") == "true"
            for one in members if to_all else members[:1]:
                self.said.setdefault(one, []).append(form["comment[text_comment]"])
            self.comments.append(form["comment[text_comment]"])
        told = self._submission(members[0], asked)
        told["submission_comments"] = [{"comment": one} for one in self.said.get(members[0], [])]
        told["all_submissions"] = [self._submission(one, asked) for one in members]
        return Reply(body=told)

    def _is_beside(self, one: int, user: int) -> bool:
        """Whether somebody gets the grade of a user: they, or who is in their group."""
        return one == user or (
            user in self.groups
            and self.groups.get(one) == self.groups[user]
            and one not in self.excused
        )

    def _score(self, posted: str, form: dict[str, str]) -> float | None:
        """The score that a posted grade becomes: a name in a scheme, or points."""
        if self.grading_type == "not_graded":
            return None
        if self.grading_type == "pass_fail" and float(posted) not in (0.0, self.points):
            return None
        prefers_points = form.get("prefer_points_over_scheme") == "true"
        if posted in self.scheme and not prefers_points:
            return self.scheme[posted]
        return float(posted)

    def changes(self, asked: Asked) -> bool:
        return asked.method == "PUT"
