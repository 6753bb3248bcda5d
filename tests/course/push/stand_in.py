"""An LMS on loopback, as faithful as its documentation, which misbehaves where it is told to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, parse_qsl, urlsplit

TOKEN = "s3cret-token"


class Reply(NamedTuple):
    """What is answered; a status of 0 cuts the line in the middle."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = {}  # noqa: RUF012  (never changed)
    raw: bytes = b""


class Asked(NamedTuple):
    """A question: the method, the path, its fields and the form."""

    method: str
    path: str
    query: dict[str, list[str]]
    form: dict[str, str]
    token: str


class Server:
    """Answers by `answer`, but first by what `troubles` holds, one after the other.

    What `lost` holds is answered, one after the other, to what has changed something.
    """

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Asked] = []
        self.troubles: list[Reply] = []
        self.lost: list[Reply] = []
        self.refusals: dict[str, Reply] = {}

    def answer(self, asked: Asked) -> Reply:
        raise NotImplementedError

    def changes(self, asked: Asked) -> bool:
        """Whether a question changes something."""
        raise NotImplementedError

    def all_sent(self) -> list[Asked]:
        """The questions that change something."""
        return [one for one in self.asked if self.changes(one)]

    def reply(self, asked: Asked) -> Reply:
        if self.troubles:
            return self.troubles.pop(0)
        reply = self.answer(asked)
        return self.lost.pop(0) if self.lost and self.changes(asked) else reply


class Canvas(Server):
    """A course of four students, two of them on the first page; one is excused."""

    def __init__(self) -> None:
        super().__init__()
        self.scores: dict[int, float | None] = {4711: None, 4712: 4.0, 4713: None, 4714: None}
        self.comments: list[str] = []
        self.said: dict[int, list[str]] = {}
        self.points: float | None = 5.0
        self.grading_type = "points"
        self.excused = {4713}
        self.late: set[int] = set()

    def answer(self, asked: Asked) -> Reply:
        if asked.token != f"Bearer {TOKEN}":
            realm = {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
            return Reply(401, {"errors": [{"message": "Invalid access token."}]}, realm)
        course = "/api/v1/courses/7"
        if asked.path == f"{course}/assignments/9":
            kind = {"grading_type": self.grading_type}
            return Reply(body={"id": 9, "points_possible": self.points, **kind})
        if asked.path == f"{course}/users":
            assert asked.query["enrollment_type[]"] == ["student"]
            return self._users(int(asked.query.get("page", ["1"])[0]))
        if asked.path == f"{course}/assignments/9/submissions":
            assert asked.query["per_page"] == ["100"]
            return Reply(body=[self._submission(user, asked) for user in self.scores])
        place, _, user = asked.path.rpartition("/")
        if place == f"{course}/assignments/9/submissions":
            if asked.method == "PUT":
                return self.refusals.get(user) or self._grade(int(user), asked)
            return Reply(body=self._submission(int(user), asked))
        return Reply(404, {"errors": [{"message": "The specified resource does not exist."}]})

    def _users(self, page: int) -> Reply:
        people = [
            {"id": 4711, "name": "Alice Ant", "sortable_name": "Ant, Alice", "login_id": "alice"},
            {"id": 4712, "name": "Zoë Bee", "sortable_name": "Bee, Zoë", "sis_user_id": "s2"},
            {"id": 4713, "name": "Cy Cat", "sortable_name": "Cat, Cy", "email": "cy@x.org"},
            {"id": 4714, "name": "Eve Elk", "sortable_name": "Elk, Eve", "login_id": "eve"},
        ]
        if page == 2:
            return Reply(body=people[2:])
        following = (
            f"{self.url}/api/v1/courses/7/users?enrollment_type[]=student&page=2&per_page=100"
        )
        return Reply(body=people[:2], headers={"Link": f'<{following}>; rel="next"'})

    def _submission(self, user: int, asked: Asked) -> dict[str, Any]:
        entered = self.scores[user]
        off = 0.1 * (entered or 0.0) if user in self.late else None
        told = {
            "user_id": user,
            "score": None if entered is None else entered - (off or 0.0),
            "entered_score": entered,
            "points_deducted": off,
            "excused": user in self.excused or None,
        }
        if asked.query.get("include[]") == ["submission_comments"]:
            said = self.said.get(user, [])
            return {**told, "submission_comments": [{"id": 1, "comment": one} for one in said]}
        return told

    def _grade(self, user: int, asked: Asked) -> Reply:
        form = asked.form
        assert set(form) <= {"submission[posted_grade]", "comment[text_comment]"}
        if user not in self.scores:
            return Reply(404, {})
        if "submission[posted_grade]" in form:
            if self.points is not None and float(form["submission[posted_grade]"]) > 100:
                return Reply(400, {"errors": "too much"})
            self.scores[user] = float(form["submission[posted_grade]"])
        if "comment[text_comment]" in form:
            self.comments.append(form["comment[text_comment]"])
            self.said.setdefault(user, []).append(form["comment[text_comment]"])
        return Reply(body=self._submission(user, asked))

    def changes(self, asked: Asked) -> bool:
        return asked.method == "PUT"


class Moodle(Server):
    """A course of four students and a teacher; every answer has status 200."""

    def __init__(self) -> None:
        super().__init__()
        self.scores: dict[str, str] = {"2": "-1.00000", "3": "4.00000"}
        self.comments: list[str] = []
        self.grade = 5

    def answer(self, asked: Asked) -> Reply:
        form = dict(asked.form)
        assert asked.method == "POST"
        assert asked.path == "/webservice/rest/server.php"
        assert form.pop("moodlewsrestformat") == "json"
        if form.pop("wstoken") != TOKEN:
            return Reply(body=moodle_exception("invalidtoken", "Invalid token - token not found"))
        known: dict[str, Callable[[dict[str, str]], Any]] = {
            "mod_assign_get_assignments": self._assignments,
            "core_enrol_get_enrolled_users": self._users,
            "mod_assign_get_grades": self._grades,
            "mod_assign_save_grades": self._save,
        }
        return Reply(body=known[form.pop("wsfunction")](form))

    def _assignments(self, form: dict[str, str]) -> Any:
        assert form == {"courseids[0]": "7"}
        one = {"id": 31, "cmid": 9, "name": "ex9", "grade": self.grade}
        return {"courses": [{"id": 7, "assignments": [{**one, "id": 9, "cmid": 8}, one]}]}

    def _users(self, form: dict[str, str]) -> Any:
        assert form == {"courseid": "7"}
        return [
            {"id": 2, "fullname": "Alice Ant", "username": "alice", "email": "a@x.org"},
            {"id": 3, "fullname": "Zoë Bee", "username": "zoe", "idnumber": "s2"},
            {"id": 4, "fullname": "Teacher", "username": "teacher"},
            {"id": 5, "fullname": "Cy Cat", "username": "cy", "email": "cy@x.org"},
            {"id": 6, "fullname": "Eve Elk", "username": "eve"},
        ]

    def _grades(self, form: dict[str, str]) -> Any:
        assert form == {"assignmentids[0]": "31"}
        held = [{"userid": int(user), "grade": grade} for user, grade in self.scores.items()]
        return {"assignments": [{"assignmentid": 31, "grades": held}], "warnings": []}

    def _save(self, form: dict[str, str]) -> Any:
        one = "grades[0]"
        needed = {"userid", "grade", "attemptnumber", "addattempt", "workflowstate"}
        plugin = f"{one}[plugindata][assignfeedbackcomments_editor]"
        assert {f"{one}[{name}]" for name in needed} <= set(form)
        assert set(form) - {f"{one}[{name}]" for name in needed} <= {
            *("assignmentid", "applytoall", f"{plugin}[text]", f"{plugin}[format]")
        }
        assert (form["assignmentid"], form["applytoall"]) == ("31", "0")
        assert (form[f"{one}[attemptnumber]"], form[f"{one}[addattempt]"]) == ("-1", "0")
        if refused := self.refusals.get(form[f"{one}[userid]"]):
            return refused.body
        if float(form[f"{one}[grade]"]) > self.grade:
            return moodle_exception("invalidparameter", "Grade is too high")
        self.scores[form[f"{one}[userid]"]] = form[f"{one}[grade]"]
        if f"{plugin}[text]" in form:
            assert form[f"{plugin}[format]"] == "2"
            self.comments.append(form[f"{plugin}[text]"])
        return None

    def changes(self, asked: Asked) -> bool:
        return asked.form["wsfunction"] == "mod_assign_save_grades"


def moodle_exception(code: str, message: str) -> dict[str, str]:
    return {"exception": "moodle_exception", "errorcode": code, "message": message}


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Answer on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def _do(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length", 0))
            form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
            token = self.headers.get("Authorization", "")
            asked = Asked(self.command, parts.path, parse_qs(parts.query), form, token)
            reply = server.reply(asked)
            server.asked.append(asked)
            body = reply.raw or json.dumps(reply.body).encode()
            self.send_response(reply.status or 200)
            self.send_header("Content-Length", str(len(body) + (100 if not reply.status else 0)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            if not reply.status:
                self.close_connection = True

        do_GET = do_PUT = do_POST = _do  # noqa: N815  (http.server's names)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as held:
        server.url = f"http://127.0.0.1:{held.server_port}"
        thread = threading.Thread(target=held.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            held.shutdown()
            thread.join()
