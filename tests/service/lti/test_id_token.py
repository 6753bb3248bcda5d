"""What opens an exercise and what does not, case by case, with a library's verdict beside ours."""

import base64
import hashlib
import hmac
import json
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from grader.service.lti.claims import LTI
from tests.service.lti import library
from tests.service.lti.arriving import LtiSite, lti_site
from tests.service.lti.lms import (
    ASSISTANT,
    FOREIGN,
    INSTRUCTOR,
    KEYS,
    LEARNER,
    STUDENT,
    SYSTEM_ADMIN,
    Lms,
)

try:
    INSTALLED = version("pylti1p3next")
except PackageNotFoundError:
    INSTALLED = ""

Claims = dict[str, Any]
Change = Callable[[Claims], None]
Sign = Callable[[Lms, Claims], str]
TAKES, REFUSES = True, False
with warnings.catch_warnings(action="ignore"):
    WEAK = RSAKey.generate_key(1024)


class Case(NamedTuple):
    """A launch: what is different in it, what is read then, and what the library makes of it.

    Attributes:
        name: of the case.
        opens: whether it opens the exercise.
        second: whether the library does; None where it has no say.
        says: what the page says.
        change: of the claims.
        sign: them.
        begin: fields of the login that are different.
    """

    name: str
    opens: bool
    second: bool | None
    says: str = "Hand in"
    change: Change = lambda claims: None
    sign: Sign = lambda lms, claims: lms.sign(claims)
    begin: dict[str, str] = {}  # noqa: RUF012  (nobody changes it)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _packed(fields: dict[str, Any]) -> str:
    return _text(json.dumps(fields).encode())


def put(name: str, value: Any, *, lti: bool = False) -> Change:
    return lambda claims: claims.update({(LTI if lti else "") + name: value})


def cut(name: str, *, lti: bool = False) -> Change:
    return lambda claims: claims.pop((LTI if lti else "") + name)


def later(name: str, seconds: float) -> Change:
    return lambda claims: claims.update({name: claims["iat"] + seconds})


def none_signed(lms: Lms, claims: Claims) -> str:
    head = {"alg": "none", "typ": "JWT", "kid": lms.keys[0].thumbprint()}
    return f"{_packed(head)}.{_packed(claims)}."


def signed_with_the_public_key(lms: Lms, claims: Claims) -> str:
    head = {"alg": "HS256", "typ": "JWT", "kid": lms.keys[0].thumbprint()}
    text = f"{_packed(head)}.{_packed(claims)}"
    secret = lms.keys[0].as_pem(private=False)
    return f"{text}.{_text(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def tampered(lms: Lms, claims: Claims) -> str:
    head, _, signature = lms.sign(claims).split(".")
    return f"{head}.{_packed({**claims, LTI + 'roles': [INSTRUCTOR]})}.{signature}"


def cut_short(lms: Lms, claims: Claims) -> str:
    return lms.sign(claims)[:-20]


def strong(lms: Lms, claims: Claims) -> str:
    head = {"alg": "RS512", "kid": lms.keys[0].thumbprint()}
    return jwt.encode(head, claims, lms.keys[0], ["RS512"])


def foreign(lms: Lms, claims: Claims) -> str:
    return lms.sign(claims, FOREIGN, kid=lms.keys[0].thumbprint())


def unknown(lms: Lms, claims: Claims) -> str:
    return lms.sign(claims, FOREIGN)


def nameless(lms: Lms, claims: Claims) -> str:
    return lms.sign(claims, kid=None)


def rotated(lms: Lms, claims: Claims) -> str:
    lms.keys = [KEYS[1]]
    return lms.sign(claims)


def among_many(lms: Lms, claims: Claims) -> str:
    lms.noise = [
        ECKey.generate_key("P-256").as_dict(private=False),
        {"kty": "new", "kid": "later", "x": "A" * 70_000},
        {"kty": "RSA", "kid": "broken", "n": "!", "e": "AQAB"},
        {"kty": "RSA"},
    ]
    return lms.sign(claims)


def weak(lms: Lms, claims: Claims) -> str:
    lms.keys = [WEAK]
    with warnings.catch_warnings(action="ignore"):
        return lms.sign(claims)


def for_secrets(lms: Lms, claims: Claims) -> str:
    kid = FOREIGN.thumbprint()
    lms.noise = [{**FOREIGN.as_dict(private=False), "kid": kid, "use": "enc"}]
    return lms.sign(claims, FOREIGN)


def words(text: str) -> Sign:
    return lambda lms, claims: text


CASES = (
    Case("plain", True, TAKES),
    Case("a list of one audience", True, TAKES, change=put("aud", ["client-1"])),
    Case(
        "several audiences and azp", True, REFUSES,
        change=lambda one: one.update(aud=["other", "client-1"], azp="client-1"),
    ),
    Case("azp beside one audience", True, TAKES, change=put("azp", "client-1")),
    Case("ended half a minute ago", True, REFUSES, change=later("exp", -30)),
    Case("half a minute ahead", True, REFUSES, change=later("iat", 30)),
    Case("times with fractions", True, TAKES, change=later("exp", 99.5)),
    Case("nobody", True, REFUSES, "does not say who you are", cut("sub")),
    Case("a role as a short word", True, TAKES, change=put("roles", ["Learner"], lti=True)),
    Case("an assistant", True, TAKES, change=put("roles", [INSTRUCTOR, ASSISTANT], lti=True)),
    Case(
        "an admin who learns", True, TAKES, change=put("roles", [SYSTEM_ADMIN, LEARNER], lti=True)
    ),
    Case("no name", True, TAKES, change=cut("name")),
    Case("nothing where to go back to", True, TAKES, change=cut("launch_presentation", lti=True)),
    Case("their key rotated", True, TAKES, sign=rotated),
    Case("a large set of odd keys", True, TAKES, sign=among_many),
    Case("a login without the client", True, TAKES, begin={"client_id": ""}),
    Case("a login without the deployment", True, TAKES, begin={"lti_deployment_id": ""}),
    Case("no exp", False, TAKES, "until when it is good", cut("exp")),
    Case("exp is text", False, REFUSES, "until when it is good", put("exp", "tomorrow")),
    Case("exp is true", False, REFUSES, "until when it is good", put("exp", True)),
    Case("ended", False, REFUSES, "This launch has ended", later("exp", -120)),
    Case("no iat", False, TAKES, "when it has signed", cut("iat")),
    Case("a week old", False, TAKES, "before it was asked", later("iat", -7 * 86_400)),
    Case("from the future", False, REFUSES, "in the future", later("iat", 3600)),
    Case("good later", False, REFUSES, "not good yet", later("nbf", 3600)),
    Case("azp is another's", False, TAKES, "made for other", put("azp", "other")),
    Case(
        "several audiences, no azp", False, TAKES, "for several tools",
        put("aud", ["client-1", "other"]),
    ),
    Case("another audience", False, REFUSES, "the client here is", put("aud", "other")),
    Case("a list of other audiences", False, REFUSES, "the client here is", put("aud", ["other"])),
    Case("no audience", False, REFUSES, "This is for nothing", cut("aud")),
    Case("the audience is a number", False, REFUSES, "This is for 7", put("aud", 7)),
    Case("another issuer", False, REFUSES, "was signed by", put("iss", "https://evil.example")),
    Case("no issuer", False, REFUSES, "signed by nothing", cut("iss")),
    Case("alg none", False, REFUSES, "only RS256", sign=none_signed),
    Case("HS256 by the public key", False, REFUSES, "only RS256", sign=signed_with_the_public_key),
    Case("RS512", False, REFUSES, "only RS256", sign=strong),
    Case("a foreign key by a known name", False, REFUSES, "signature is wrong", sign=foreign),
    Case("a foreign key", False, REFUSES, "shows no key of this name", sign=unknown),
    Case("no name of a key", False, REFUSES, "does not name the key", sign=nameless),
    Case("a weak key", False, TAKES, "no keys at", sign=weak),
    Case("a key for secrets", False, TAKES, "shows no key of this name", sign=for_secrets),
    Case("tampered", False, REFUSES, "signature is wrong", sign=tampered),
    Case("cut short", False, REFUSES, "signature is wrong", sign=cut_short),
    Case("no token", False, REFUSES, "no signed token", sign=words("hello")),
    Case("an empty token", False, REFUSES, "no signed token", sign=words("")),
    Case("dots alone", False, REFUSES, "no signed token", sign=words("..")),
    Case("too long", False, TAKES, "too long", put("more", "x" * 70_000)),
    Case("no nonce", False, REFUSES, "answers another launch", cut("nonce")),
    Case("another nonce", False, REFUSES, "answers another launch", put("nonce", "other")),
    Case("the nonce is a list", False, REFUSES, "answers another launch", put("nonce", ["a"])),
    Case("LTI 1.1", False, REFUSES, "1.3.0 is spoken", put("version", "LTI-1p0", lti=True)),
    Case("no version", False, REFUSES, "1.3.0 is spoken", cut("version", lti=True)),
    Case("no message", False, REFUSES, "which is unknown", cut("message_type", lti=True)),
    Case("another message", False, REFUSES, "is unknown", put("message_type", "Lti", lti=True)),
    Case(
        "another deployment", False, REFUSES, "another place", put("deployment_id", "x", lti=True)
    ),
    Case("no deployment", False, REFUSES, "another place", cut("deployment_id", lti=True)),
    Case(
        "an unknown deployment", False, REFUSES, "grade admin platform deploy",
        put("deployment_id", "x", lti=True), begin={"lti_deployment_id": "x"},
    ),
    Case("no roles", False, REFUSES, "what you are in the course", cut("roles", lti=True)),
    Case("roles are text", False, TAKES, "what you are", put("roles", LEARNER, lti=True)),
    Case("no role", False, TAKES, "that you learn or teach", put("roles", [], lti=True)),
    Case(
        "an admin alone", False, TAKES, "that you learn or teach",
        put("roles", [SYSTEM_ADMIN], lti=True),
    ),
    Case("no link", False, REFUSES, "which link", cut("resource_link", lti=True)),
    Case("a link without an id", False, REFUSES, "which link", put("resource_link", {}, lti=True)),
    Case(
        "a link's endless id", False, TAKES, "which link",
        put("resource_link", {"id": "x" * 300}, lti=True),
    ),
    Case(
        "a foreign target", False, TAKES, "wants to open",
        put("target_link_uri", "https://evil.example/", lti=True),
    ),
    Case(
        "a target that begins as ours", False, TAKES, "wants to open",
        put("target_link_uri", "https://grade.example.evil.example/", lti=True),
    ),
    Case("no target", False, TAKES, "what it wants to open", cut("target_link_uri", lti=True)),
    Case("an empty sub", False, REFUSES, "cannot be read", put("sub", "")),
    Case("sub is a number", False, REFUSES, "cannot be read", put("sub", 7)),
    Case("no course", False, TAKES, "which course this is", cut("context", lti=True)),
    Case(
        "a course's id is a number", False, TAKES, "which course",
        put("context", {"id": 7}, lti=True),
    ),
    Case(
        "a picking without an address", False, REFUSES, "where the exercise",
        put("message_type", "LtiDeepLinkingRequest", lti=True),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LtiSite]:
    with lti_site(tmp_path_factory.mktemp("cases"), Lms()) as made:
        yield made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_launch_opens_what_it_should_and_nothing_else(case: Case, opened: LtiSite) -> None:
    lms, browser = Lms(host=f"lms-{CASES.index(case)}.example"), opened.browser()
    opened.register(lms)
    asked = browser.begin(STUDENT, lms, case.begin)
    claims = lms.claims(asked, STUDENT)
    case.change(claims)
    token = case.sign(lms, claims)

    answer = browser.end(asked["state"], token)

    page = browser.get(answer.headers["location"]) if answer.status_code == 303 else answer
    assert case.says in page.text
    assert (page.status_code == 200) is case.opens
    assert bool(browser.start) is (case.opens and case.name != "nobody")
    if INSTALLED == library.VERSION and case.second is not None:
        with warnings.catch_warnings(action="ignore"):
            assert library.opinion(lms, [asked["nonce"]], token) is case.second


def test_the_library_takes_what_it_should_not_and_refuses_what_is_well() -> None:
    wrong = [case.opens for case in CASES if case.second is not case.opens]

    assert (len(CASES), wrong.count(False), wrong.count(True)) == (72, 17, 4)
