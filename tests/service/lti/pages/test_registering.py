"""An LMS registers by itself where an admin has invited it, and opens nothing until confirmed."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from grader.service.database.lti.invitations import (
    GOOD_S,
    NoSuchInvitation,
    confirm_lms,
    end_invitation,
    invitations,
    invite_lms,
)
from grader.service.database.lti.platforms import (
    PlatformTaken,
    deployments_of,
    platform_called,
    remove_platform,
)
from tests.service.lti.arriving import CROSS, Arrival, LtiSite, lti_site
from tests.service.lti.lms import ROSTER_SCOPE, SCOPES, STUDENT, TOOL, Kind, Lms

CONFIGURATION = "https://lms.example/openid-configuration"
BUTTON = {"sec-fetch-site": "same-origin"}
FIELDS = re.compile(r'name="(\w+)" value="([^"]*)"')


@pytest.fixture(params=["moodle", "canvas"])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def unknown(arrived: LtiSite) -> LtiSite:
    """A service that knows no LMS, with one that could register."""
    known = arrived.read(platform_called, "lms.example")
    assert known
    arrived.write(remove_platform, known.id)
    arrived.lms.registration_token = "r-1"
    return arrived


def invited(made: LtiSite) -> str:
    return "/lti/register/" + made.write(invite_lms, "uni", made.service.now())


def come(
    browser: Arrival, path: str, url: str = CONFIGURATION, token: str = "r-1"
) -> httpx.Response:
    """What an LMS's page opens for its admin."""
    said = {"openid_configuration": url, "registration_token": token}
    return browser.get(path, params=said, headers=CROSS)


def go_on(browser: Arrival, path: str, page: httpx.Response) -> httpx.Response:
    """Press the button."""
    assert page.status_code == 200, page.text
    return browser.post(path, data=dict(FIELDS.findall(page.text)), headers=BUTTON)


def test_an_lms_registers_and_opens_an_exercise_once_it_is_confirmed(unknown: LtiSite) -> None:
    lms, browser, path = unknown.lms, unknown.browser(), invited(unknown)

    page = come(browser, path)
    assert "https://lms.example</strong>, a " in page.text
    assert lms.tools == []
    done = go_on(browser, path, page)

    assert 'data-lti="close"' in done.text
    early = browser.get("/lti/login", params=lms.login())
    assert "not registered here" in early.text
    made = unknown.write(confirm_lms, "uni", unknown.service.now())
    given = {"canvas": "10000000000007", "moodle": "client-1"}[lms.kind]
    assert (made.name, made.client_id, made.audience) == ("uni", given, "")
    assert made[2:7] == lms.platform._replace(client_id=given)[2:7]
    lms.client = given
    has = unknown.read(deployments_of, made.id)
    assert has == ([] if lms.kind == "canvas" else ["deployment-1"])
    launched = unknown.browser().launch(STUDENT)
    if lms.kind == "canvas":
        assert "grade admin platform deploy uni deployment-1" in launched.text
    else:
        assert "Hand in" in launched.text


def test_an_lms_is_told_all_that_it_needs_and_asked_for_no_name(unknown: LtiSite) -> None:
    browser, path = unknown.browser(), invited(unknown)

    go_on(browser, path, come(browser, path))

    (tool,) = unknown.lms.tools
    about = tool.pop(TOOL)
    assert tool.pop("scope").split() == [*SCOPES, ROSTER_SCOPE]
    assert tool == {
        "application_type": "web", "response_types": ["id_token"], "client_name": "grade",
        "grant_types": ["client_credentials", "implicit"],
        "initiate_login_uri": "https://grade.example/lti/login",
        "redirect_uris": ["https://grade.example/lti/launch"],
        "jwks_uri": "https://grade.example/lti/keys",
        "token_endpoint_auth_method": "private_key_jwt",
    }  # fmt: skip
    assert about["claims"] == ["iss", "sub"]
    (message,) = about["messages"]
    is_canvas = unknown.lms.kind == "canvas"
    wanted = ["assignment_selection", "link_selection"] if is_canvas else None
    assert message.get("placements") == wanted
    privacy = about.get("https://canvas.instructure.com/lti/privacy_level")
    assert privacy == ("anonymous" if is_canvas else None)
    assert unknown.lms.asked[0].headers["authorization"] == "Bearer r-1"  # Canvas asks for it here


def test_an_invitation_is_good_once(unknown: LtiSite) -> None:
    browser, path = unknown.browser(), invited(unknown)
    page = come(browser, path)
    go_on(browser, path, page)
    unknown.lms.registration_token = "r-1"

    again = go_on(browser, path, page)

    assert again.status_code == 403
    assert "This invitation is not known here, has ended, or was used." in again.text
    assert len(unknown.lms.tools) == 1


def test_where_the_lms_refuses_the_invitation_stays_good(unknown: LtiSite) -> None:
    browser, path = unknown.browser(), invited(unknown)

    refused = go_on(browser, path, come(browser, path, token="old"))

    assert refused.status_code == 403
    assert "does not register this: status 401: token_already_used" in refused.text
    assert unknown.write(invitations, unknown.service.now())[0].platform is None
    go_on(browser, path, come(browser, path))
    assert len(unknown.lms.tools) == 1


def test_nobody_registers_without_an_invitation_or_after_its_week(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    with lti_site(tmp_path, Lms(), clock=lambda: now[0]) as made:
        browser, path = made.browser(), invited(made)
        foreign = come(browser, "/lti/register/no-such-secret")
        now[0] += GOOD_S - 1
        last = come(browser, path)
        now[0] += 1
        late = come(browser, path)
        asked = [one.url.path for one in made.lms.asked]

    assert (foreign.status_code, last.status_code, late.status_code) == (403, 200, 403)
    assert asked == ["/openid-configuration"]


def test_another_site_s_page_does_not_press_the_button(unknown: LtiSite) -> None:
    browser, path = unknown.browser(), invited(unknown)
    fields = dict(FIELDS.findall(come(browser, path).text))

    answer = browser.post(path, data=fields, headers=CROSS)

    assert answer.status_code == 403
    assert unknown.lms.tools == []


def test_whoever_opens_the_address_by_hand_is_told_where_it_belongs(unknown: LtiSite) -> None:
    answer = unknown.browser().get(invited(unknown))

    assert "Paste this address into the LMS" in answer.text


def says(**change: Any) -> Callable[[Lms], httpx.Response]:
    def answer(lms: Lms) -> httpx.Response:
        said = {**lms.configuration, **change}
        return httpx.Response(200, json={one: it for one, it in said.items() if it is not None})

    return answer


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda _: httpx.Response(404, text="no page"), "nothing of itself: status 404: no page"),
        (lambda _: httpx.Response(302, headers={"location": "https://x"}), "of itself: status 302"),
        (lambda _: httpx.Response(200, text="[]"), "says nothing of itself"),
        (lambda _: httpx.Response(200, text="["), "says nothing of itself"),
        (lambda _: httpx.Response(200, content=b" " * (5 << 20)), "sends more than 4 MB"),
        (says(issuer="https://canvas.instructure.com"), "lms.example says that it is https://canvas"),
        (says(issuer="https://example"), "says that it is https://example, which it is not"),
        (says(issuer=None), "says None for its issuer"),
        (says(issuer=["https://lms.example"]), "for its issuer: no address by TLS"),
        (says(issuer="https://lms.example/" + "x" * 300), "for its issuer: no address by TLS"),
        (says(jwks_uri="http://lms.example/keys"), "http://lms.example/keys for its jwks_uri"),
        (says(jwks_uri="http://127.0.0.1/keys"), "http://127.0.0.1/keys for its jwks_uri"),
        (says(token_endpoint="file:///etc"), "file:///etc for its token_endpoint"),
        (says(registration_endpoint=7), "says 7 for its registration_endpoint"),
        (says(token_endpoint_auth_methods_supported=["client_secret_post"]), "not private_key_jwt"),
        (says(id_token_signing_alg_values_supported=["HS256"]), "knows HS256, and not RS256"),
    ],
)  # fmt: skip
def test_an_lms_that_says_what_cannot_be_is_told_so(
    unknown: LtiSite, answer: Callable[[Lms], httpx.Response], told: str
) -> None:
    browser, path = unknown.browser(), invited(unknown)
    unknown.lms.refusals = [answer(unknown.lms)]

    page = come(browser, path)

    assert page.status_code == 403
    assert told in page.text
    assert unknown.lms.tools == []


@pytest.mark.parametrize(
    "url", ["http://lms.example/x", "http://127.0.0.1/x", "", "x", "https://[x"]
)
def test_a_configuration_is_fetched_by_tls_alone(unknown: LtiSite, url: str) -> None:
    browser, path = unknown.browser(), invited(unknown)

    assert come(browser, path, url).status_code == 403
    assert unknown.lms.asked == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (httpx.Response(400, json={"error": "invalid_client"}), "status 400"),
        (httpx.Response(200, text="done"), "does not register this: status 200: done"),
        (httpx.Response(200, json={}), "does not say as which client"),
        (httpx.Response(200, json={"client_id": True}), "does not say as which client"),
        (httpx.Response(200, json={"client_id": "x" * 300}), "does not say as which client"),
    ],
)
def test_an_lms_that_does_not_register_is_told_so(
    unknown: LtiSite, answer: httpx.Response, told: str
) -> None:
    browser, path = unknown.browser(), invited(unknown)
    page = come(browser, path)
    unknown.lms.refusals = [httpx.Response(200, json=unknown.lms.configuration), answer]

    done = go_on(browser, path, page)

    assert told in done.text
    assert unknown.write(invitations, unknown.service.now())[0].used_at is None


def test_an_admin_invites_under_a_free_name_and_confirms_who_has_come(unknown: LtiSite) -> None:
    now = unknown.service.now()
    unknown.register(unknown.lms)
    with pytest.raises(PlatformTaken):
        unknown.write(invite_lms, "lms.example", now)
    unknown.write(invite_lms, "uni", now)

    with pytest.raises(NoSuchInvitation, match="no LMS has registered as 'uni'"):
        unknown.write(confirm_lms, "uni", now)
    assert unknown.write(end_invitation, "uni")
    assert not unknown.write(end_invitation, "uni")


def test_a_newer_invitation_ends_the_older_one(unknown: LtiSite) -> None:
    browser, old = unknown.browser(), invited(unknown)
    new = invited(unknown)

    assert come(browser, old).status_code == 403
    assert come(browser, new).status_code == 200
