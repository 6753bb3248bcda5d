"""Moodle on loopback: it answers as Moodle 4.5.6 did when it was asked.

What it does that a plain store of grades would not: it answers null to a grade that it does not
keep (locked, overridden, above the maximum, with a rubric); it writes the state of a workflow as it
is sent; it refuses a grade that comes without the comment that stands there; it lists the courses
alone that the token's owner is enrolled in, unless asked for the others; and an error has status
200.
"""

from collections.abc import Callable
from typing import Any

from tests.course.push.stand_in import TOKEN, Asked, Reply, Server

NEEDED = {
    *("mod_assign_get_assignments", "core_enrol_get_enrolled_users"),
    *("mod_assign_get_grades", "mod_assign_save_grades"),
}
HELPFUL = {
    *("mod_assign_get_user_flags", "mod_assign_get_submission_status"),
    *("mod_assign_get_user_mappings", "gradereport_user_get_grade_items"),
    "core_grading_get_definitions",
}
NO_RIGHTS = {
    "item": "assignment",
    "itemid": 31,
    "warningcode": "1",
    "message": "No access rights in module context",
}


class Moodle(Server):
    """A course of four students and a teacher; every answer has status 200.

    Attributes:
        service: the functions that the token may ask.
        stored: a user's number → the comment that stands beside the grade, and its format.
        locked, overridden: whose grade the gradebook holds fast.
        states: a user's number → the state of the grade in the marking workflow.
        numbers: a user's number → the participant's.
        method: what the assignment is graded by, "rubric" say.
        enrolled, may_grade: of the token's owner.
    """

    def __init__(self) -> None:
        super().__init__()
        self.scores: dict[str, str] = {"2": "-1.00000", "3": "4.00000"}
        self.comments: list[str] = []
        self.grade = 5
        self.service = NEEDED | HELPFUL
        self.stored: dict[str, tuple[str, str]] = {}
        self.locked: set[str] = set()
        self.overridden: set[str] = set()
        self.states: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.suspended: set[str] = set()
        self.drafts: set[str] = set()
        self.more: dict[str, int] = {}
        self.method = ""
        self.enrolled = self.may_grade = True
        self.users: list[dict[str, Any]] = [
            {"id": 2, "fullname": "Alice Ant", "username": "alice", "email": "a@x.org"},
            {"id": 3, "fullname": "Zoë Bee", "username": "zoe", "idnumber": "s2"},
            {"id": 4, "fullname": "Teacher", "username": "teacher"},
            {"id": 5, "fullname": "Cy Cat", "username": "cy", "email": "cy@x.org"},
            {"id": 6, "fullname": "Eve Elk", "username": "eve"},
        ]

    def answer(self, asked: Asked) -> Reply:
        form = dict(asked.form)
        assert asked.method == "POST"
        assert asked.path == "/webservice/rest/server.php"
        assert form.pop("moodlewsrestformat") == "json"
        if form.pop("wstoken") != TOKEN:
            return Reply(body=moodle_exception("invalidtoken", "Invalid token - token not found"))
        function = form.pop("wsfunction")
        if function not in self.service:
            return Reply(body=moodle_exception("accessexception", "Access control exception"))
        if not form:
            return Reply(body=moodle_exception("invalidparameter", "Invalid parameter value"))
        known: dict[str, Callable[[dict[str, str]], Any]] = {
            "mod_assign_get_assignments": self._assignments,
            "core_enrol_get_enrolled_users": self._users,
            "mod_assign_get_grades": self._grades,
            "mod_assign_save_grades": self._save,
            "mod_assign_get_user_flags": self._flags,
            "mod_assign_get_submission_status": self._status,
            "mod_assign_get_user_mappings": self._mappings,
            "gradereport_user_get_grade_items": self._items,
            "core_grading_get_definitions": self._definitions,
        }
        return Reply(body=known[function](form))

    def _assignments(self, form: dict[str, str]) -> Any:
        every = form.pop("includenotenrolledcourses", "0") == "1"
        assert form == {"courseids[0]": "7"}
        if not self.enrolled and not every:
            message = "User is not enrolled or does not have requested capability"
            warning = {"item": "course", "itemid": 7, "warningcode": "2", "message": message}
            return {"courses": [], "warnings": [warning]}
        one = {"id": 31, "cmid": 9, "name": "ex9", "grade": self.grade, **self.more}
        other = {**one, "id": 9, "cmid": 8, "name": "Blind"}
        return {"courses": [{"id": 7, "assignments": [other, one]}], "warnings": []}

    def _users(self, form: dict[str, str]) -> Any:
        assert form.pop("courseid") == "7"
        if not form:
            return self.users
        assert form == {"options[0][name]": "onlyactive", "options[0][value]": "1"}
        return [one for one in self.users if str(one["id"]) not in self.suspended]

    def _grades(self, form: dict[str, str]) -> Any:
        assert form == {"assignmentids[0]": "31"}
        if not self.may_grade:
            return {"assignments": [], "warnings": [NO_RIGHTS]}
        held = [{"userid": int(user), "grade": grade} for user, grade in self.scores.items()]
        return {"assignments": [{"assignmentid": 31, "grades": held}], "warnings": []}

    def _flags(self, form: dict[str, str]) -> Any:
        flags = [{"userid": int(user), "workflowstate": one} for user, one in self.states.items()]
        return {"assignments": [{"assignmentid": 31, "userflags": flags}], "warnings": []}

    def _mappings(self, form: dict[str, str]) -> Any:
        held = [{"id": int(number), "userid": int(user)} for user, number in self.numbers.items()]
        return {"assignments": [{"assignmentid": 31, "mappings": held}], "warnings": []}

    def _status(self, form: dict[str, str]) -> Any:
        assert set(form) == {"assignid", "userid"}
        user = form["userid"]
        status = "draft" if user in self.drafts else "submitted"
        told: dict[str, Any] = {"lastattempt": {"submission": {"status": status}}, "warnings": []}
        if user in self.stored:
            text, kind = self.stored[user]
            field = {"name": "comments", "description": "", "text": text, "format": int(kind)}
            plugins = [{"type": "file"}, {"type": "comments", "editorfields": [field]}]
            told["feedback"] = {"plugins": plugins}
        return told

    def _items(self, form: dict[str, str]) -> Any:
        assert form == {"courseid": "7", "userid": "0"}
        return {
            "usergrades": [
                {
                    "userid": one["id"],
                    "gradeitems": [
                        {"itemmodule": "quiz", "iteminstance": 31, "gradeislocked": True},
                        {
                            "itemmodule": "assign",
                            "iteminstance": 31,
                            "itemnumber": 0,
                            "gradeislocked": str(one["id"]) in self.locked or None,
                            "gradeisoverridden": str(one["id"]) in self.overridden or None,
                        },
                    ],
                }
                for one in self.users
            ],
            "warnings": [],
        }

    def _definitions(self, form: dict[str, str]) -> Any:
        assert form == {"cmids[0]": "9", "areaname": "submissions"}
        method = {"activemethod": self.method} if self.method else {}
        return {"areas": [{"cmid": 9, "areaname": "submissions", **method}], "warnings": []}

    def _save(self, form: dict[str, str]) -> Any:
        one = "grades[0]"
        needed = {"userid", "grade", "attemptnumber", "addattempt", "workflowstate"}
        editor = f"{one}[plugindata][assignfeedbackcomments_editor]"
        assert {f"{one}[{name}]" for name in needed} <= set(form)
        assert set(form) - {f"{one}[{name}]" for name in needed} <= {
            *("assignmentid", "applytoall", f"{editor}[text]", f"{editor}[format]")
        }
        assert (form["assignmentid"], form["applytoall"]) == ("31", "0")
        assert (form[f"{one}[attemptnumber]"], form[f"{one}[addattempt]"]) == ("-1", "0")
        user = form[f"{one}[userid]"]
        if refused := self.refusals.get(user):
            return refused.body
        if f"{editor}[text]" not in form and user in self.stored:
            return moodle_exception("dmlwriteexception", "Error writing to database")
        self._keep(user, float(form[f"{one}[grade]"]))
        if self.more.get("markingworkflow"):
            self.states[user] = form[f"{one}[workflowstate]"]
        if f"{editor}[text]" in form:
            self.stored[user] = form[f"{editor}[text]"], form[f"{editor}[format]"]
            self.comments.append(form[f"{editor}[text]"])
        return None

    def _keep(self, user: str, grade: float) -> None:
        held_fast = user in self.locked | self.overridden
        if not held_fast and 0 <= grade <= self.grade and not self.method:
            self.scores[user] = f"{grade:.5f}"
        else:
            self.scores.setdefault(user, "-1.00000")

    def changes(self, asked: Asked) -> bool:
        return asked.form["wsfunction"] == "mod_assign_save_grades" and len(asked.form) > 3


def moodle_exception(code: str, message: str) -> dict[str, str]:
    return {"exception": "moodle_exception", "errorcode": code, "message": message}
