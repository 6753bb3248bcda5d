"""Who teaches picks exercises in the LMS, or says what a link opens; nobody else does."""

import html
import re
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from grader.service.lti.claims import LTI
from tests.service.lti.arriving import Arrival, LtiSite
from tests.service.lti.lms import CLIENT, DEPLOYMENT, HELPER, STUDENT, TEACHER, LmsUser

SIGNED = re.compile(r'name="JWT" value="([^"]+)"')
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"


def picking(
    arrived: LtiSite, user: LmsUser = TEACHER, **wanted: Any
) -> tuple[Arrival, httpx.Response]:
    browser, lms = arrived.browser(), arrived.lms
    asked = browser.begin(user)
    answer = browser.end(asked["state"], lms.sign(lms.picking(asked, user, **wanted)))
    page = browser.get(answer.headers["location"]) if browser.start else answer
    return browser, page


def picked(
    arrived: LtiSite, browser: Arrival, *paths: str
) -> tuple[dict[str, Any], httpx.Response]:
    answer = browser.post(f"{browser.start}/courses/ml-26/pick", data={"exercise": list(paths)})
    found = SIGNED.search(answer.text)
    assert found, answer.text
    keys = KeySet.import_key_set(arrived.get("", "/lti/keys").json())
    return dict(jwt.decode(html.unescape(found[1]), keys, ["RS256"]).claims), answer


def test_what_is_picked_goes_to_the_lms_signed(arrived: LtiSite) -> None:
    browser, page = picking(arrived)

    said, answer = picked(arrived, browser, "my475/ex9", "my475/ex2")

    assert 'type="radio"' in page.text
    assert (said["iss"], said["aud"]) == (CLIENT, "https://lms.example")
    assert 0 < said["exp"] - said["iat"] <= 300
    assert said[LTI + "message_type"] == "LtiDeepLinkingResponse"
    assert said[LTI + "deployment_id"] == DEPLOYMENT
    assert said[DL + "data"] == "d-1"
    assert said[DL + "content_items"] == [
        {
            "type": "ltiResourceLink", "title": "Subtraction and powers",
            "url": "https://grade.example/lti/launch", "custom": {"exercise": "my475/ex9"},
            "lineItem": {
                "scoreMaximum": 5.0, "label": "Subtraction and powers", "resourceId": "my475/ex9",
            },
        }
    ]  # fmt: skip
    assert 'action="https://lms.example/return"' in answer.text
    assert "form-action https://lms.example;" in answer.headers["content-security-policy"]


def test_several_go_where_the_lms_takes_several_and_none_with_marks_where_it_takes_no_marks(
    arrived: LtiSite,
) -> None:
    browser, page = picking(arrived, accept_multiple=True, accept_lineitem=False)

    said, _ = picked(arrived, browser, "my475/ex9", "my475/ex2")

    assert 'type="checkbox"' in page.text
    items = said[DL + "content_items"]
    assert [one["custom"]["exercise"] for one in items] == ["my475/ex9", "my475/ex2"]
    assert not any("lineItem" in one for one in items)


def test_an_lms_that_takes_no_links_is_told(arrived: LtiSite) -> None:
    _, page = picking(arrived, accept_types=["file", "html"])

    assert page.status_code == 409
    assert "takes no links at this place" in page.text


def test_a_student_picks_nothing(arrived: LtiSite) -> None:
    browser, page = picking(arrived, STUDENT)

    assert (page.status_code, browser.start) == (403, "")
    assert "Only who teaches the course picks exercises" in page.text


@pytest.mark.parametrize("sent", [{}, {"exercise": "my475/none"}, {"exercise": ""}])
def test_nothing_is_picked_by_a_form_that_names_nothing(
    arrived: LtiSite, sent: dict[str, str]
) -> None:
    browser, _ = picking(arrived)

    answer = browser.post(f"{browser.start}/courses/ml-26/pick", data=sent)

    assert (answer.status_code, "No exercise was chosen" in answer.text) == (422, True)


def without_exercise(claims: dict[str, Any]) -> None:
    del claims[LTI + "custom"]


def test_a_link_that_names_nothing_opens_what_an_instructor_chooses(arrived: LtiSite) -> None:
    student, teacher = arrived.browser(), arrived.browser()
    before = student.launch(STUDENT, without_exercise)

    page = teacher.launch(TEACHER, without_exercise)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    chosen = {**fields, "exercise": "my475/ex2"}
    done = teacher.post(f"{teacher.start}/courses/ml-26/links", data=chosen)

    assert "It has not been chosen yet" in before.text
    assert done.headers["location"] == f"{teacher.start}/courses/ml-26/exercises/my475/ex2"
    after = student.launch(STUDENT, without_exercise)
    assert "my475/ex2 ·" in after.text


@pytest.mark.parametrize("who", [STUDENT, HELPER])
def test_nobody_else_chooses(arrived: LtiSite, who: LmsUser) -> None:
    arrived.browser().launch(TEACHER)
    browser = arrived.browser()
    browser.launch(who, without_exercise)

    sent = {"in": "x", "link": "link-1", "exercise": "my475/ex2"}
    answer = browser.post(f"{browser.start}/courses/ml-26/links", data=sent)

    assert answer.status_code == 404


def test_a_link_of_another_course_is_not_chosen_for(arrived: LtiSite) -> None:
    browser = arrived.browser()
    browser.launch(TEACHER)

    sent = {"in": "another", "link": "link-1", "exercise": "my475/ex2"}
    answer = browser.post(f"{browser.start}/courses/ml-26/links", data=sent)

    assert (answer.status_code, "No link of an LMS" in answer.text) == (422, True)
