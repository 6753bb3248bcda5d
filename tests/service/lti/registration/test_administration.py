"""An LMS is registered by hand, from the command line, and asked whether it answers."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from grader.cli.errors import SUCCESS, USAGE
from grader.cli.main import run
from grader.service.check import Finding
from grader.service.database.migration import migrate
from grader.service.database.people import members_of
from grader.service.lti.lms_web import LmsWeb
from grader.service.lti.own_keys import OwnKeys
from grader.service.lti.registration.administration import PlatformAdministration
from grader.service.lti.registration.kinds import platform_of
from grader.service.lti.tool import lti_tool
from grader.service.settings import ServiceSettings
from tests.service.lti.arriving import LtiSite
from tests.service.lti.lms import STUDENT, Lms

HOST = "https://lms.uni.example"
MADE = {"name": "uni", "client_id": "c-1"}


def settings(folder: Path) -> ServiceSettings:
    url = make_url(f"sqlite:///{folder}/grade.sqlite3")
    migrate(url, folder)
    return ServiceSettings(folder, url)


@pytest.mark.parametrize(
    ("kind", "issuer", "keys", "audience"),
    [
        ("moodle", HOST, f"{HOST}/mod/lti/certs.php", ""),
        ("brightspace", HOST, f"{HOST}/d2l/.well-known/jwks", "https://api.brightspace.com/auth/token"),
        (
            "canvas", "https://canvas.instructure.com",
            "https://sso.canvaslms.com/api/lti/security/jwks", "",
        ),
        (
            "blackboard", "https://blackboard.com",
            "https://developer.blackboard.com/api/v1/management/applications/c-1/jwks.json", "",
        ),
    ],
)  # fmt: skip
def test_the_addresses_of_four_kinds_are_known(
    kind: str, issuer: str, keys: str, audience: str
) -> None:
    made = platform_of(kind, f"{HOST}/", MADE)

    assert (made.issuer, made.keys_url, made.audience) == (issuer, keys, audience)
    assert made.name == "uni"


def test_what_is_told_counts_more_than_what_is_known() -> None:
    told = {**MADE, "issuer": "https://canvas.uni.example", "keys_url": f"{HOST}/keys"}

    made = platform_of("canvas", HOST, told)

    assert (made.issuer, made.keys_url) == ("https://canvas.uni.example", f"{HOST}/keys")
    assert made.frames == f"https://*.instructure.com {HOST}"


def ask(
    capsys: pytest.CaptureFixture[str], folder: Path, *words: str, status: int = SUCCESS
) -> str:
    assert run(["admin", "platform", words[0], "--data", str(folder), *words[1:]]) == status
    said = capsys.readouterr()
    return said.out if status == SUCCESS else said.err


def test_an_lms_is_registered_listed_and_deployed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(tmp_path)
    moodle = ("--kind", "moodle", "--at", HOST)

    made = ask(capsys, tmp_path, "add", "uni", *moodle, "--client-id", "c-1", "--deployment", "3")
    ask(capsys, tmp_path, "deploy", "uni", "4:b c")

    assert made == f"uni: {HOST}, client c-1\n"
    line = f"uni  {HOST}  client c-1  deployments: "
    assert ask(capsys, tmp_path, "list") == f"{line}3, 4:b c\n"
    assert ask(capsys, tmp_path, "deploy", "uni", "3", "--end") == "uni: 3 no more\n"
    assert ask(capsys, tmp_path, "deploy", "uni", "3", "--end") == "uni: 3 was not there\n"
    assert ask(capsys, tmp_path, "list") == f"{line}4:b c\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "uni", "--client-id", "c"), "--issuer is missing: this kind of LMS is not known"),
        (("add", "uni", "--kind", "moodle", "--client-id", "c"), "--at is missing: moodle"),
        (
            ("add", "uni", "--kind", "moodle", "--at", "http://lms.example", "--client-id", "c"),
            "--at is missing",
        ),
        (
            (
                "add", "uni", "--kind", "moodle", "--at", HOST, "--client-id", "c",
                "--token-url", "http://lms.uni.example/token",
            ),
            "without TLS anybody on the way can change what it says",
        ),
        (("add", "a b;", "--kind", "canvas", "--client-id", "c"), "'a b;' is no name for an LMS"),
        (("deploy", "other", "3"), "no platform named 'other'"),
        (("test", "other"), "no platform named 'other'"),
    ],
)  # fmt: skip
def test_what_cannot_be_registered_is_told(
    words: tuple[str, ...], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(tmp_path)

    assert says in ask(capsys, tmp_path, *words, status=USAGE)
    assert ask(capsys, tmp_path, "list") == ""


def test_an_lms_is_registered_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(tmp_path)
    canvas = ("--kind", "canvas", "--client-id", "c")
    ask(capsys, tmp_path, "add", "uni", *canvas)

    for name, client in (("uni", "other"), ("other", "c")):
        words = ("add", name, "--kind", "canvas", "--client-id", client)
        assert f"{name} is registered already" in ask(capsys, tmp_path, *words, status=USAGE)


def test_an_lms_is_changed_in_what_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = PlatformAdministration(settings(tmp_path))
    ask(capsys, tmp_path, "add", "uni", "--kind", "moodle", "--at", HOST, "--client-id", "c-1")
    before = admin.platform("uni")

    said = ask(capsys, tmp_path, "change", "uni", "--client-id", "c-2")

    assert said == f"uni: {HOST}, client c-2\n"
    assert admin.platform("uni") == before._replace(client_id="c-2")
    ask(capsys, tmp_path, "change", "uni", "--kind", "moodle", "--at", "https://new.example")
    moved = platform_of("moodle", "https://new.example", {"name": "uni", "client_id": "c-2"})
    assert admin.platform("uni") == moved._replace(id=before.id)


def test_keys_that_are_named_for_the_client_follow_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = PlatformAdministration(settings(tmp_path))
    ask(capsys, tmp_path, "add", "uni", "--kind", "blackboard", "--client-id", "c-1")

    ask(capsys, tmp_path, "change", "uni", "--client-id", "c-2")

    assert "/applications/c-2/jwks.json" in admin.platform("uni").keys_url


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("change", "other", "--client-id", "c"), "no platform named 'other'"),
        (("change", "uni", "--at", HOST), "--kind is missing"),
        (("change", "uni", "--keys-url", "http://lms.uni.example/k"), "without TLS"),
        (("change", "uni", "--client-id", "c-2"), "uni is registered already"),
        (("change", "uni", "--keys-url", f"{HOST}/k"), "would share or part people"),
        (("remove", "other"), "no platform named 'other'"),
    ],
)
def test_what_cannot_be_changed_is_told_and_stays(
    words: tuple[str, ...], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = PlatformAdministration(settings(tmp_path))
    moodle = ("--kind", "moodle", "--at", HOST)
    ask(capsys, tmp_path, "add", "uni", *moodle, "--client-id", "c-1")
    ask(capsys, tmp_path, "add", "uni2", *moodle, "--client-id", "c-2")
    before = admin.platforms()

    assert says in ask(capsys, tmp_path, *words, status=USAGE)
    assert admin.platforms() == before


def test_who_came_from_an_lms_is_the_same_after_it_has_moved(arrived: LtiSite) -> None:
    arrived.browser().launch(STUDENT)
    before = arrived.read(members_of, "ml-26")
    admin = PlatformAdministration(arrived.service.settings)

    told = {"keys_url": "https://lms.example/keys?new", "login_url": "https://lms.example/other"}
    admin.change_platform(arrived.lms.platform.name, "", "", told)

    assert arrived.browser().launch(STUDENT).status_code == 200
    assert arrived.read(members_of, "ml-26") == before


def test_an_lms_that_is_removed_opens_nothing_and_its_courses_stay(
    arrived: LtiSite, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = arrived.browser()
    browser.launch(STUDENT)
    members = arrived.read(members_of, "ml-26")
    words = ("remove", arrived.lms.platform.name)
    folder = arrived.service.settings.data
    url = str(arrived.service.settings.database)

    refused = ask(capsys, folder, *words, "--database", url, status=USAGE)
    said = ask(capsys, folder, *words, "--database", url, "--yes")

    assert "has opened: 1; their links would open nothing more" in refused
    assert said.endswith("its courses stay, with people and marks: 1\n")
    answer = browser.get("/lti/login", params=arrived.lms.login())
    assert answer.status_code == 403
    assert "This LMS is not registered here: https://lms.example" in answer.text
    assert arrived.read(members_of, "ml-26") == members
    arrived.register(arrived.lms)
    arrived.browser().launch(STUDENT)
    (again,) = arrived.read(members_of, "ml-26-2")
    assert again.person.id == members[0].person.id


def test_an_lms_is_asked_whether_it_answers(tmp_path: Path) -> None:
    lms, admin = Lms(), PlatformAdministration(settings(tmp_path))
    admin.add_platform(lms.platform, ["1"])
    lms.tool_keys = lambda: OwnKeys(tmp_path).public(lms.now())

    def asked() -> list[Finding]:
        web = LmsWeb(lms.transport)
        found = admin.test_platform("lms.example", lambda: lti_tool(tmp_path, web))
        return asyncio.run(found)

    assert asked() == [
        ("keys", True, "1 at https://lms.example/keys"),
        ("access", True, "to write marks, from https://lms.example/token"),
    ]
    lms.keys, lms.refusals = [], [httpx.Response(400, json={"error": "invalid_client"})]
    assert asked() == [
        ("keys", False, 'no keys at https://lms.example/keys: status 200: {"keys":[]}'),
        ("access", False, 'the LMS gives no access: status 400: {"error":"invalid_client"}'),
    ]


def test_an_lms_is_invited_and_confirmed_by_hand(
    arrived: LtiSite, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, url = arrived.service.settings.data, str(arrived.service.settings.database)
    where = ("--database", url, "--url", "https://grade.example")
    arrived.lms.registration_token = "r-1"

    path = (
        ask(capsys, folder, "invite", "uni", *where).strip().removeprefix("https://grade.example")
    )
    assert "uni  is invited" in ask(capsys, folder, "list", *where)
    said = {"openid_configuration": "https://lms.example/openid-configuration"}
    said["registration_token"] = "r-1"
    arrived.lms.client = "client-2"
    done = arrived.browser().post(path, data=said, headers={"sec-fetch-site": "same-origin"})
    assert done.status_code == 200, done.text

    waits = "uni  https://lms.example  waits: grade admin platform confirm uni"
    assert waits in ask(capsys, folder, "list", *where)
    confirmed = ask(capsys, folder, "confirm", "uni", *where)
    assert confirmed == "uni: https://lms.example, client client-2\n"
    assert ask(capsys, folder, "refuse", "uni", *where) == "uni was not invited\n"
    assert "is no name" in ask(capsys, folder, "invite", "Über uns", *where, status=USAGE)


def test_a_course_of_an_lms_is_bound_by_hand(
    arrived: LtiSite, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, url = arrived.service.settings.data, str(arrived.service.settings.database)
    where, name = ("--database", url), arrived.lms.platform.name
    arrived.browser().launch(STUDENT)

    assert ask(capsys, folder, "courses", name, *where) == "course-7  Machine learning  is ml-26\n"
    refused = ask(capsys, folder, "bind", name, "Biology", "ml", *where, status=USAGE)
    assert "no course of that LMS goes by 'Biology' alone" in refused
    missing = ask(capsys, folder, "bind", name, "course-7", "none", *where, status=USAGE)
    assert "no course named 'none'" in missing
    done = ask(capsys, folder, "bind", name, "Machine learning", "ml", *where)
    assert done == "Machine learning is ml\n"
    assert "Hand in" in arrived.browser().launch(STUDENT).text


def test_canvas_gets_json_that_asks_for_no_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(tmp_path)

    key = json.loads(ask(capsys, tmp_path, "canvas", "--url", "https://grade.uni.example"))

    assert key["oidc_initiation_url"] == "https://grade.uni.example/lti/login"
    assert key["public_jwk_url"] == "https://grade.uni.example/lti/keys"
    (extension,) = key["extensions"]
    assert extension["privacy_level"] == "anonymous"
    assert [one["placement"] for one in extension["settings"]["placements"]] == [
        "assignment_selection", "link_selection",
    ]  # fmt: skip


def test_a_new_key_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(tmp_path)

    name = ask(capsys, tmp_path, "rotate").strip()

    assert [one["kid"] for one in OwnKeys(tmp_path).public(2e9)["keys"]] == [name]
