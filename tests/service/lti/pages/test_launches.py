"""A browser that brings a launch has to be the one that began it, whatever it keeps."""

import re
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection, func, insert, select

from grader.service.database.lti.logins import LOGIN_S, MOST_LOGINS
from grader.service.database.lti.platforms import add_platform, platform_called
from grader.service.database.lti.tables import lti_logins
from grader.service.lti.claims import LTI
from tests.service.lti.arriving import CROSS, GRADE, LtiSite, lti_site
from tests.service.lti.lms import STUDENT, TEACHER, Lms, asked_in
from tests.service.running import Site

OLD = "https://old.example"
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')
VALUE = re.compile(r'data-value="([^"]*)"')


def test_a_login_by_get_is_one_by_post(arrived: LtiSite) -> None:
    browser, lms = arrived.browser(), arrived.lms

    answer = browser.get("/lti/login", params=lms.login(), headers=CROSS)

    assert answer.status_code == 303
    asked = asked_in(answer.headers["location"])
    assert answer.headers["location"].startswith("https://lms.example/auth?")
    fixed = {
        "scope": "openid", "response_type": "id_token", "response_mode": "form_post",
        "prompt": "none", "client_id": "client-1", "login_hint": "u-student",
        "redirect_uri": f"{GRADE}/lti/launch", "lti_message_hint": "m-1",
    }  # fmt: skip
    assert {name: asked[name] for name in fixed} == fixed
    assert len(asked["state"]) == len(asked["nonce"]) == 32
    assert "Hand in" in browser.get(browser_end(browser, lms, asked)).text


def browser_end(browser: object, lms: Lms, asked: dict[str, str]) -> str:
    answer = browser.end(asked["state"], lms.sign(lms.claims(asked)))  # type: ignore[attr-defined]
    return str(answer.headers["location"])


def test_the_cookie_is_kept_apart_for_each_site(arrived: LtiSite) -> None:
    answer = arrived.browser().ask("POST", "/lti/login", data=arrived.lms.login(), headers=CROSS)

    said = answer.headers["set-cookie"]
    assert re.fullmatch(
        r"__Host-grade-lti-\w{16}=[\w-]{32}; Max-Age=600; Path=/; HttpOnly; Secure;"
        r" SameSite=None; Partitioned",
        said,
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"iss": "https://evil.example"}, "This LMS is not registered here: https://evil.example"),
        ({"iss": ""}, "not registered here: nobody"),
        ({"client_id": "other"}, "client other"),
        ({"target_link_uri": "https://evil.example/"}, "wants to open https://evil.example/"),
        ({"target_link_uri": f"{GRADE}.evil.example/"}, "and that is not here"),
        ({"target_link_uri": "https://[x"}, "and that is not here"),
        ({"target_link_uri": ""}, "wants to open nothing"),
        ({"login_hint": ""}, "does not say whom"),
        ({"login_hint": "é" * 4000}, "is too long"),
        ({"iss": "<script>alert(1)</script>"}, "&lt;script&gt;"),
    ],
)
def test_a_login_that_leads_nowhere_says_why(
    arrived: LtiSite, change: dict[str, str], says: str
) -> None:
    answer = arrived.browser().get("/lti/login", params={**arrived.lms.login(), **change})

    assert answer.status_code == 403
    assert says in answer.text
    assert "set-cookie" not in answer.headers


def test_an_issuer_of_several_schools_has_to_name_the_client(tmp_path: Path) -> None:
    one, other = Lms("canvas"), Lms("canvas")
    other.client = "client-2"
    with lti_site(tmp_path, one) as made:
        other_platform = other.platform._replace(name="other")
        made.write(add_platform, other_platform, [other.deployment], 1.0)
        browser = made.browser()

        vague = browser.get("/lti/login", params=one.login(client_id=""))

        assert "Several LMSs go by this name" in vague.text
        asked = browser.begin(STUDENT, other)
        assert asked["client_id"] == "client-2"


def test_another_browser_does_not_open_it(arrived: LtiSite) -> None:
    asked = arrived.browser().begin()
    token = arrived.lms.sign(arrived.lms.claims(asked))

    answer = arrived.browser().end(asked["state"], token)

    assert answer.status_code == 200
    assert "Open it in a window" in answer.text
    assert "/s/" not in answer.text


def test_a_launch_opens_once(arrived: LtiSite) -> None:
    browser, lms = arrived.browser(), arrived.lms
    asked = browser.begin()
    token = lms.sign(lms.claims(asked))

    first, again = browser.end(asked["state"], token), browser.end(asked["state"], token)

    assert first.status_code == 303
    assert again.status_code == 403
    assert "has been used already" in again.text


def test_what_was_signed_for_one_login_does_not_answer_another(arrived: LtiSite) -> None:
    browser, lms = arrived.browser(), arrived.lms
    old, new = browser.begin(), browser.begin()

    answer = browser.end(new["state"], lms.sign(lms.claims(old)))

    assert "answers another launch" in answer.text


def test_two_windows_come_at_once(arrived: LtiSite) -> None:
    browser, lms = arrived.browser(), arrived.lms
    one, other = browser.begin(STUDENT), browser.begin(TEACHER)

    second = browser.end(other["state"], lms.sign(lms.claims(other, TEACHER)))
    first = browser.end(one["state"], lms.sign(lms.claims(one, STUDENT)))

    assert "Tina Teacher" in browser.get(second.headers["location"]).text
    assert "Sam Student" in browser.get(first.headers["location"]).text


@pytest.mark.parametrize("state", ["", "unknown", "\0", "x" * 9000])
def test_a_state_that_nobody_has_made_opens_nothing(arrived: LtiSite, state: str) -> None:
    browser = arrived.browser()
    asked = browser.begin()

    answer = browser.end(state, arrived.lms.sign(arrived.lms.claims(asked)))

    assert answer.status_code == 403


def test_a_login_ends_after_ten_minutes(tmp_path: Path) -> None:
    now = [1_790_000_000.0]
    with lti_site(tmp_path, Lms(), clock=lambda: now[0]) as made:
        browser, late = made.browser(), made.browser()
        asked, more = browser.begin(), late.begin()

        now[0] += LOGIN_S - 1
        assert browser.end(asked["state"], made.lms.sign(made.lms.claims(asked))).status_code == 303
        now[0] += 1
        answer = late.end(more["state"], made.lms.sign(made.lms.claims(more)))

    assert "it took too long" in answer.text


def flood(connection: Connection, name: str, number: int, at: float) -> None:
    """Begin logins of an LMS, in ten seconds up to a time, as fast as rows can be written."""
    platform = platform_called(connection, name)
    assert platform
    rows = [
        {"digest": f"{at}-{one}", "platform_id": platform.id, "made_at": made, "ends_at": ends}
        for one in range(number)
        for made in [at - 10 * (number - one) / number]
        for ends in [made + LOGIN_S]
    ]
    connection.execute(insert(lti_logins), rows)


def open_logins(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(lti_logins)).scalar() or 0)


def test_a_flood_of_logins_is_bounded_and_closes_no_door(tmp_path: Path) -> None:
    one, other, now = Lms(host="one.example"), Lms(host="other.example"), [1_800_000_000.0]
    with lti_site(tmp_path, one, other, clock=lambda: now[0]) as made:
        quiet = made.browser()
        asked_of_other = quiet.begin(STUDENT, other)
        forgotten = made.browser()
        forgotten_asked = forgotten.begin(STUDENT, one)
        now[0] += 20
        made.write(flood, one.platform.name, MOST_LOGINS, now[0])
        browser = made.browser()

        asked = browser.begin(STUDENT, one)

        assert made.read(open_logins) == MOST_LOGINS + 1  # that of the other LMS
        given_up = forgotten.end(forgotten_asked["state"], one.sign(one.claims(forgotten_asked)))
        assert given_up.status_code == 403
        assert "it took too long" in given_up.text
        assert browser.end(asked["state"], one.sign(one.claims(asked))).status_code == 303
        token = other.sign(other.claims(asked_of_other))
        assert quiet.end(asked_of_other["state"], token).status_code == 303


def test_a_course_of_a_thousand_may_wait_for_its_lms_all_at_once(arrived: LtiSite) -> None:
    browser = arrived.browser()
    asked = browser.begin()
    arrived.write(flood, arrived.lms.platform.name, 1000, arrived.service.now())

    arrived.browser().begin()

    assert arrived.read(open_logins) == 1002
    token = arrived.lms.sign(arrived.lms.claims(asked))
    assert browser.end(asked["state"], token).status_code == 303


def test_logins_that_have_ended_make_room(tmp_path: Path) -> None:
    lms, now = Lms(), [1_800_000_000.0]
    with lti_site(tmp_path, lms, clock=lambda: now[0]) as made:
        made.write(flood, lms.platform.name, 1000, now[0])
        now[0] += LOGIN_S

        made.browser().begin()

        assert made.read(open_logins) == 1


def stored(arrived: LtiSite, frame: str = "_parent") -> tuple[httpx.Response, str, str]:
    """Begin where the LMS's page keeps things, in a browser that keeps no cookie, and launch."""
    browser, lms = arrived.browser(keeps_cookies=False), arrived.lms
    fields = lms.login(lti_storage_target=frame)
    begun = browser.ask("POST", "/lti/login", data=fields, headers=CROSS)
    place = re.search(r'href="(https://[^"]*)"', begun.text)
    assert place, begun.text
    asked = asked_in(place[1].replace("&amp;", "&"))
    kept = VALUE.search(begun.text)
    assert kept
    return browser.end(asked["state"], lms.sign(lms.claims(asked))), asked["state"], kept[1]


def test_an_lms_s_page_keeps_what_the_browser_does_not(arrived: LtiSite) -> None:
    answer, state, kept = stored(arrived)

    fields = dict(HIDDEN.findall(answer.text))
    assert fields == {"state": state, "kept": ""}
    assert kept not in answer.text
    browser = arrived.browser(keeps_cookies=False)
    opened = browser.post(
        "/lti/bound", data={**fields, "kept": kept}, headers={"sec-fetch-site": "same-origin"}
    )
    assert opened.status_code == 303
    page = browser.get(opened.headers["location"])
    assert "Sam Student" in page.text
    assert browser.get(opened.headers["location"]).status_code == 200  # and it can be read anew


@pytest.mark.parametrize("kept", ["", "wrong"])
def test_what_was_kept_by_nobody_opens_no_launch(arrived: LtiSite, kept: str) -> None:
    _, state, _ = stored(arrived)

    opened = arrived.browser().post(
        "/lti/bound", data={"state": state, "kept": kept}, headers={"sec-fetch-site": "same-origin"}
    )

    assert opened.status_code == 200
    assert "Open it in a window of its own" in opened.text


def test_a_window_of_its_own_begins_anew(arrived: LtiSite) -> None:
    _, state, _ = stored(arrived)
    shown = arrived.browser().post(
        "/lti/bound", data={"state": state, "kept": ""}, headers={"sec-fetch-site": "same-origin"}
    )
    link = re.search(r'href="(/lti/login\?[^"]*)"', shown.text)
    assert link
    window, lms = arrived.browser(), arrived.lms

    begun = window.get(link[1].replace("&amp;", "&"), headers={"sec-fetch-site": "none"})

    asked = asked_in(begun.headers["location"])
    assert asked["lti_message_hint"] == "m-1"
    opened = window.end(asked["state"], lms.sign(lms.claims(asked)))
    assert "Sam Student" in window.get(opened.headers["location"]).text


def test_a_window_without_cookies_says_what_to_do(arrived: LtiSite) -> None:
    window, lms = arrived.browser(keeps_cookies=False), arrived.lms
    begun = window.get("/lti/login", params={**lms.login(), "window": "yes"})
    asked = asked_in(begun.headers["location"])

    answer = window.end(asked["state"], lms.sign(lms.claims(asked)))

    assert answer.status_code == 403
    assert "Allow cookies for this site" in answer.text


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"error": "login_required"}, "You are not logged in to your LMS"),
        ({"error": "odd", "error_description": "so <b>it</b> is"}, "odd. so &lt;b&gt;it"),
    ],
)
def test_an_lms_that_refuses_is_told_in_a_page(
    arrived: LtiSite, sent: dict[str, str], says: str
) -> None:
    browser = arrived.browser()
    state = browser.begin()["state"]

    answer = browser.post("/lti/launch", data={**sent, "state": state}, headers=CROSS)

    assert answer.status_code == 403
    assert says in answer.text


def test_pages_on_the_way_may_stand_in_any_lms_and_have_nothing_to_click(arrived: LtiSite) -> None:
    answer, _, _ = stored(arrived)

    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "form-action 'self'" in policy
    assert "x-frame-options" not in answer.headers


def test_our_keys_are_for_everybody(arrived: LtiSite) -> None:
    (key,) = arrived.get("", "/lti/keys").json()["keys"]

    assert key["kty"] == "RSA"
    assert "d" not in key


@pytest.fixture
def moved(arrived: LtiSite) -> LtiSite:
    """The service at a new address, whose LMS still knows the old one."""
    settings = arrived.service.settings._replace(former_urls=(OLD,))
    made = LtiSite(arrived.service._replace(settings=settings), arrived._loop, arrived.worker)
    made.lms, made.known = arrived.lms, arrived.known
    return made


def test_a_link_from_before_the_service_has_moved_opens(moved: LtiSite) -> None:
    target = {"target_link_uri": f"{OLD}/lti/launch"}
    browser, lms = moved.browser(), moved.lms

    asked = browser.begin(more=target)
    claims = lms.claims(asked) | {LTI + "target_link_uri": f"{OLD}/lti/launch"}
    answer = browser.end(asked["state"], lms.sign(claims))

    assert asked["redirect_uri"] == f"{GRADE}/lti/launch"
    assert "Hand in" in browser.get(answer.headers["location"]).text


def test_an_lms_that_knows_the_old_address_alone_gets_its_launch_there(moved: LtiSite) -> None:
    there = {**CROSS, "host": "old.example"}
    browser, lms = moved.browser(), moved.lms
    fields = lms.login(target_link_uri=f"{OLD}/lti/launch")

    begun = browser.ask("POST", "/lti/login", data=fields, headers=there)
    asked = asked_in(begun.headers["location"])
    sent = {"state": asked["state"], "id_token": lms.sign(lms.claims(asked))}
    answer = browser.ask("POST", "/lti/launch", data=sent, headers=there)

    assert asked["redirect_uri"] == f"{OLD}/lti/launch"
    assert answer.headers["location"].startswith(f"{GRADE}/s/")
    assert "Hand in" in browser.get(answer.headers["location"]).text


def test_a_host_that_the_service_never_had_is_none_of_its_addresses(moved: LtiSite) -> None:
    browser, lms = moved.browser(), moved.lms
    evil = {**CROSS, "host": "evil.example"}

    begun = browser.ask("POST", "/lti/login", data=lms.login(), headers=evil)
    fields = lms.login(target_link_uri="https://evil.example/lti/launch")
    refused = browser.ask("POST", "/lti/login", data=fields, headers=evil)

    assert asked_in(begun.headers["location"])["redirect_uri"] == f"{GRADE}/lti/launch"
    assert "and that is not here" in refused.text


ODD_BODIES = [
    (b"", "application/x-www-form-urlencoded"),
    (b"iss=%ff%fe&state=%00&id_token=\xff", "application/x-www-form-urlencoded"),
    (b"state=a&state=b&id_token=" + b"." * 5000, "application/x-www-form-urlencoded"),
    (b"&".join(b"f%d=1" % number for number in range(300)), "application/x-www-form-urlencoded"),
    (b"{}", "application/json"),
    (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
    (b"nonsense", "multipart/form-data"),
    (b"", ""),
]


@pytest.mark.parametrize("path", ["/lti/login", "/lti/launch", "/lti/bound"])
@pytest.mark.parametrize(("body", "kind"), ODD_BODIES)
def test_what_nobody_sends_is_told_and_is_no_fault_of_ours(
    served: Site, path: str, body: bytes, kind: str
) -> None:
    answer = served.post("", path, content=body, headers={"content-type": kind})

    assert answer.status_code in (400, 403)


@pytest.mark.parametrize(
    "token",
    [
        "é.é.é", "a.b.c", "W10.W10.W10", "bnVsbA.bnVsbA.bnVsbA", "eyJhbGciOlsxXX0.e30.AA",
        "eyJhbGciOiJSUzI1NiIsImtpZCI6W119.e30.AA", "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.e30.AA",
        "eyJhbGciOiJSUzI1NiIsImtpZCI6IngiLCJjcml0IjpbIngiXX0.e30.AA", "[" * 20_000 + ".e30.AA",
        "W1tbW1tb" * 4000 + ".e30.AA", "....", " ",
    ],
)  # fmt: skip
def test_a_token_of_any_form_is_refused_in_a_page(arrived: LtiSite, token: str) -> None:
    browser = arrived.browser()

    answer = browser.end(browser.begin()["state"], token)

    assert answer.status_code in (403, 503)
    assert browser.start == ""
