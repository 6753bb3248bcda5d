"""An LMS to test with: it signs as LMSs do, and behaves as Canvas or as Moodle, by their sources.

Canvas: pages of a roster, 403 in place of 429, a new submission for each score that does not say
otherwise, 422 for who is not in the course. Moodle: `?type_id=` in every address, 409 for a score
that is not newer in whole seconds, links with an unquoted `rel`, 404 for who is not in the course.
"""

import json
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from grader.service.database.lti.platforms import LtiPlatform
from grader.service.lti.claims import ADVANTAGE, LTI, PICKING, RESOURCE, ROSTER

Kind = Literal["canvas", "moodle"]

LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
ASSISTANT = "http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant"
SYSTEM_ADMIN = "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCOPES = (AGS + "lineitem", AGS + "score", AGS + "result.readonly")
ROSTER_SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
PICKED = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items"
PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
SUBMISSION = "https://canvas.instructure.com/lti/submission"
CLIENT, DEPLOYMENT = "client-1", "deployment-1"
KEYS = [RSAKey.generate_key(2048) for _ in range(3)]
FOREIGN = RSAKey.generate_key(2048)


class LmsUser(NamedTuple):
    """Somebody in the LMS's course."""

    sub: str | None
    roles: tuple[str, ...] = (LEARNER,)
    name: str = ""
    email: str = ""


STUDENT = LmsUser("u-student", (LEARNER,), "Sam Student")
TEACHER = LmsUser("u-teacher", (INSTRUCTOR,), "Tina Teacher")
HELPER = LmsUser("u-helper", (INSTRUCTOR, ASSISTANT), "Theo Helper")


class Column(NamedTuple):
    """A column of marks."""

    number: int
    label: str
    most: float
    resource: str


class Lms:
    """An LMS at an address, with one course and one registered tool: ours."""

    def __init__(self, kind: Kind = "moodle", host: str = "lms.example") -> None:
        self.kind, self.url = kind, f"https://{host}"
        self.keys = KEYS[:1]
        self.noise: list[dict[str, Any]] = []  # further keys of its set, of kinds that are odd
        self.client, self.deployment, self.course = CLIENT, DEPLOYMENT, "course-7"
        self.users: list[LmsUser] = [STUDENT, TEACHER, HELPER]
        self.columns: list[Column] = []
        self.scores: dict[tuple[int, str], dict[str, Any]] = {}
        self.grades: dict[tuple[int, str], float | None] = {}  # what its pages show
        self.taken: list[dict[str, Any]] = []  # scores, in their order
        self.submissions: Counter[tuple[int, str]] = Counter()
        self.asked: list[httpx.Request] = []
        self.tokens: dict[str, tuple[str, float]] = {}
        self.refusals: list[httpx.Response] = []  # given in place of the next answers
        self.now: Callable[[], float] = time.time
        self.tool_keys: Callable[[], dict[str, Any]] = lambda: {"keys": []}
        self.locked: set[tuple[int, str]] = set()  # columns and people: taken, and not shown
        self.hides_results = False  # marks that are not posted yet: a result without a score
        self.is_strict = True  # sees what we sign
        self.tools: list[dict[str, Any]] = []  # what has registered by itself
        self.registration_token = ""  # with which that may be done, once

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.answer)

    @property
    def platform(self) -> LtiPlatform:
        """What is to be registered."""
        return LtiPlatform(
            "", self.url[8:], self.url, self.client, f"{self.url}/auth", f"{self.url}/token",
            f"{self.url}/keys",
        )  # fmt: skip

    def login(self, user: LmsUser = STUDENT, **more: str) -> dict[str, str]:
        """What it sends to begin a launch."""
        fields = {
            "iss": self.url, "login_hint": user.sub or "nobody", "client_id": self.client,
            "target_link_uri": "https://grade.example/lti/launch",
            "lti_deployment_id": self.deployment, "lti_message_hint": "m-1",
        }  # fmt: skip
        return {**fields, **more}

    def claims(self, asked: dict[str, str], user: LmsUser = STUDENT) -> dict[str, Any]:
        """What it signs for a launch of a link."""
        now = int(self.now())
        claims: dict[str, Any] = {
            "iss": self.url, "aud": self.client, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], LTI + "version": "1.3.0", LTI + "message_type": RESOURCE,
            LTI + "deployment_id": self.deployment, LTI + "roles": list(user.roles),
            LTI + "target_link_uri": "https://grade.example/lti/launch",
            LTI + "resource_link": {"id": "link-1", "title": "Powers"},
            LTI + "context": {"id": self.course, "label": "ML 26", "title": "Machine learning"},
            LTI + "custom": {"exercise": "my475/ex9", "unset": "$Canvas.user.id"},
            LTI + "launch_presentation": {"return_url": f"{self.url}/course/view.php?id=7"},
            ADVANTAGE: {"scope": list(SCOPES), "lineitems": self.lineitems},
            ROSTER: {"context_memberships_url": f"{self.url}/members", "service_versions": ["2.0"]},
        }  # fmt: skip
        who = {"sub": user.sub, "name": user.name, "email": user.email}
        return {**claims, **{name: value for name, value in who.items() if value}}

    def picking(self, asked: dict[str, str], user: LmsUser, **wanted: Any) -> dict[str, Any]:
        """What it signs where an exercise is to be picked."""
        claims = self.claims(asked, user)
        claims[LTI + "message_type"] = "LtiDeepLinkingRequest"
        del claims[LTI + "resource_link"], claims[LTI + "custom"]
        back = f"{self.url}/return"
        usual = {"deep_link_return_url": back, "accept_types": ["ltiResourceLink"], "data": "d-1"}
        usual["accept_presentation_document_targets"] = ["iframe"]
        return {**claims, PICKING: {**usual, **wanted}}

    def take_links(self, token: str) -> list[dict[str, Any]]:
        """Take what was picked, whose columns it makes; return the links."""
        keys = KeySet.import_key_set(self.tool_keys())  # type: ignore[arg-type]
        said = jwt.decode(token, keys, ["RS256"]).claims
        assert (said["iss"], said["aud"]) == (self.client, self.url)
        items: list[dict[str, Any]] = said[PICKED]
        for one in items:
            made = one["lineItem"]
            column = Column(
                len(self.columns) + 1, made["label"], made["scoreMaximum"], made["resourceId"]
            )
            self.columns.append(column)
        return items

    def sign(self, claims: dict[str, Any], key: RSAKey | None = None, **header: Any) -> str:
        key = key or self.keys[-1]
        head = {"alg": "RS256", "typ": "JWT", "kid": key.thumbprint(), **header}
        head = {name: value for name, value in head.items() if value is not None}
        return jwt.encode(head, claims, key, ["RS256"])

    def type_grade(self, user: str, points: float, column: int = 1) -> None:
        """Have a teacher type a grade; Canvas keeps a result only of what a tool has told of."""
        self.grades[column, user] = points
        if self.kind == "moodle" or (column, user) in self.scores:
            said = {"scoreGiven": points, "scoreMaximum": self.columns[column - 1].most}
            self.scores[column, user] = {**said, "timestamp": self._time()}

    @property
    def lineitems(self) -> str:
        return f"{self.url}/lineitems{self._query}"

    def column_url(self, number: int) -> str:
        return f"{self.url}/lineitems/{number}/lineitem{self._query}"

    @property
    def _query(self) -> str:
        return "?type_id=3" if self.kind == "moodle" else ""

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer as the LMS's server does."""
        self.asked.append(request)
        path = request.url.path
        if path == "/keys":
            keys = [{**one.as_dict(private=False), "kid": one.thumbprint()} for one in self.keys]
            return httpx.Response(200, json={"keys": [*self.noise, *keys]})
        if self.refusals:
            return self.refusals.pop(0)
        if path == "/openid-configuration":
            return httpx.Response(200, json=self.configuration)
        if path == "/register":
            return self._register(request)
        if path == "/token":
            return self._token(request)
        scope, ends = self.tokens.get(request.headers.get("authorization", "")[7:], ("", 0.0))
        if self.now() >= ends:
            return httpx.Response(401, json={"error": "invalid_token"})
        if path == "/members":
            return self._members(request, scope)
        if self.kind == "moodle" and request.url.params.get("type_id") != "3":
            return httpx.Response(400, text="Bad type_id")
        if path == "/lineitems":
            return self._columns(request, scope)
        return self._of_column(request, scope)

    @property
    def configuration(self) -> dict[str, Any]:
        """What it says of itself to who registers: Moodle names messages, Canvas describes them."""
        supported: list[Any] = [RESOURCE, "LtiDeepLinkingRequest"]
        about = {"product_family_code": self.kind, "messages_supported": supported}
        said: dict[str, Any] = {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/auth",
            "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
            "registration_endpoint": f"{self.url}/register",
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": [*SCOPES, ROSTER_SCOPE, "openid"], PLATFORM: about,
        }  # fmt: skip
        if self.kind == "canvas":
            places = ["assignment_selection", "course_navigation", "link_selection"]
            supported[1] = {"type": supported[1], "placements": places}
            said["authorization_server"] = self.url[8:]
        return said

    def _register(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {self.registration_token}":
            return httpx.Response(401, text="token_already_used")
        sent, self.registration_token = json.loads(request.content), "used up"
        assert sent["token_endpoint_auth_method"] == "private_key_jwt"
        assert "id_token" in sent["response_types"]
        self.tools.append(sent)
        client = 10_000_000_000_007 if self.kind == "canvas" else self.client
        about = {} if self.kind == "canvas" else {"deployment_id": self.deployment}
        answer = {**sent, "client_id": client, TOOL: {**sent[TOOL], **about}}
        return httpx.Response(200, json=answer)

    def _token(self, request: httpx.Request) -> httpx.Response:
        sent = dict(parse_qsl(request.content.decode()))
        if self.is_strict:
            keys = KeySet.import_key_set(self.tool_keys())  # type: ignore[arg-type]
            claims = jwt.decode(sent["client_assertion"], keys, ["RS256"]).claims
            now = self.now()
            assert claims["iss"] == claims["sub"] == self.client
            assert claims["aud"] == f"{self.url}/token"
            assert now - 60 < claims["iat"] <= now + 1 < claims["exp"] < now + 3600
        token = f"t-{len(self.tokens)}"
        self.tokens[token] = (sent["scope"], self.now() + 3600)
        said = {"access_token": token, "expires_in": 3600, "token_type": "Bearer"}
        return httpx.Response(200, json={**said, "scope": sent["scope"]})

    def _columns(self, request: httpx.Request, scope: str) -> httpx.Response:
        if SCOPES[0] not in scope.split():
            return httpx.Response(401, json={"errors": "Insufficient scopes"})
        if request.method == "POST":
            sent = json.loads(request.content)
            made = Column(
                len(self.columns) + 1, sent["label"], sent["scoreMaximum"], sent["resourceId"]
            )
            self.columns.append(made)
            return httpx.Response(201, json=self._shown(made))
        wanted = request.url.params.get("resource_id")
        fits = [one for one in self.columns if wanted in (None, one.resource)]
        return self._page(request, [self._shown(one) for one in fits], 2)

    def _of_column(self, request: httpx.Request, scope: str) -> httpx.Response:
        number = int(request.url.path.split("/")[2])
        if number not in [one.number for one in self.columns]:
            return httpx.Response(404, text="no such line item")
        if request.url.path.endswith("/results"):
            user = request.url.params.get("user_id", "")
            found = self.scores.get((number, user))
            given = found and {
                "userId": user,
                "resultScore": None if self.hides_results else found.get("scoreGiven"),
                "resultMaximum": found.get("scoreMaximum"),
            }  # fmt: skip
            return httpx.Response(200, json=[given] if given else [])
        if not request.url.path.endswith("/scores"):
            return httpx.Response(200, json=self._shown(self.columns[number - 1]))
        if SCOPES[1] not in scope.split():
            return httpx.Response(401, json={"errors": "Insufficient scopes"})
        return self._score(number, json.loads(request.content))

    def _score(self, number: int, sent: dict[str, Any]) -> httpx.Response:
        user = sent["userId"]
        if user not in [one.sub for one in self.users if LEARNER in one.roles]:
            if self.kind == "canvas":
                says = {"errors": {"message": "User not found in course or is not a student"}}
                return httpx.Response(422, json=says)
            return httpx.Response(404, text="User not found")
        before = self.scores.get((number, user))
        if self.kind == "moodle" and before and _second(sent) <= _second(before):
            return httpx.Response(409, text="Refusing score with an earlier timestamp")
        self.taken.append(sent)
        if (number, user) not in self.locked:
            self._keep(number, sent)
        if self.kind == "canvas" and sent.get(SUBMISSION, {}).get("new_submission", True):
            self.submissions[number, user] += 1
        return httpx.Response(200 if self.kind == "canvas" else 204, json=None)

    def _keep(self, number: int, sent: dict[str, Any]) -> None:
        """Keep a score, of which one without points empties the grade.

        Moodle takes points only of what is graded, and then the time that it was told; else its
        own. Canvas leaves a grade where it is asked to.
        """
        taken = ["FullyGraded"] + ["PendingManual"] * (self.kind == "canvas")
        points = sent.get("scoreGiven") if sent["gradingProgress"] in taken else None
        place = number, sent["userId"]
        stays = self.kind == "canvas" and sent.get(SUBMISSION, {}).get("preserve_score")
        if points is not None or not stays:
            self.grades[place] = points
        self.scores[place] = sent
        if points is None and self.kind == "moodle":
            self.scores[place] = {**sent, "timestamp": self._time()}

    def _time(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).isoformat()

    def _members(self, request: httpx.Request, scope: str) -> httpx.Response:
        if ROSTER_SCOPE not in scope.split():
            return httpx.Response(401, json={"errors": "Insufficient scopes"})
        listed = [
            {"user_id": one.sub, "roles": list(one.roles), "status": "Active"}
            | ({"name": one.name} if one.name else {})
            for one in self.users
        ]
        page = self._page(request, listed, 50)
        said = {"id": str(request.url), "context": {"id": self.course}, "members": page.json()}
        return httpx.Response(200, json=said, headers=_links(page))

    def _page(self, request: httpx.Request, listed: list[Any], size: int) -> httpx.Response:
        """A page of a list, with the address of the next one, quoted or not."""
        page = int(request.url.params.get("page", "1"))
        following = request.url.copy_set_param("page", page + 1)
        rel = 'rel="next"' if self.kind == "canvas" else "rel=next"
        link = f'<{request.url}>; rel="current",<{following}>; {rel}'
        headers = {"link": link} if page * size < len(listed) else {}
        return httpx.Response(200, json=listed[(page - 1) * size : page * size], headers=headers)

    def _shown(self, one: Column) -> dict[str, Any]:
        return {
            "id": self.column_url(one.number), "label": one.label, "scoreMaximum": one.most,
            "resourceId": one.resource,
        }  # fmt: skip


def asked_in(place: str) -> dict[str, str]:
    """What we ask of an LMS, in an address to which we send the browser."""
    return {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}


def _second(score: dict[str, Any]) -> int:
    return int(datetime.fromisoformat(score["timestamp"]).timestamp())


def _links(page: httpx.Response) -> dict[str, str]:
    return {"link": page.headers["link"]} if "link" in page.headers else {}
