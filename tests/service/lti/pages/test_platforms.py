"""Who runs the service has its LMSs on a page: lets them in, asks them, binds their courses."""

import re

import httpx
import pytest

from grader.service.database.courses import CourseExercise, CourseRecord, course_with, make_course
from grader.service.database.lti.places import lms_courses
from grader.service.database.lti.platforms import deployments_of, platform_called
from grader.service.database.people import Role, change_role, members_of
from tests.service.lti.arriving import LtiSite
from tests.service.lti.lms import HELPER, STUDENT, TEACHER, Lms
from tests.service.running import MINUS

LIST, PAGE = "/admin/lms", "/admin/lms/lms.example"
ADDRESS = re.compile(r"https://grade\.example(/lti/register/[\w-]+)")


def said(arrived: LtiSite, path: str, **fields: str) -> httpx.Response:
    """What the admin's form is answered with, where it leads."""
    done = arrived.post("root", path, data=fields)
    return arrived.get("root", done.headers["location"]) if done.status_code == 303 else done


def test_the_page_has_all_that_an_lms_asks_for(arrived: LtiSite) -> None:
    page = arrived.get("root", LIST).text

    for address in ("/lti/login", "/lti/launch", "/lti/keys"):
        assert f"<code>https://grade.example{address}</code>" in page
    assert "&#34;oidc_initiation_url&#34;: &#34;https://grade.example/lti/login&#34;" in page
    assert "lms.example" in page
    assert "has opened nothing yet" in page


def test_an_lms_is_registered_by_hand(arrived: LtiSite) -> None:
    told = {"name": "uni", "kind": "moodle", "host": "https://moodle.uni.example", "client_id": "c"}

    page = said(arrived, LIST, **told, deployment="9").text

    assert "https://moodle.uni.example, client c" in page
    made = arrived.read(platform_called, "uni")
    assert made is not None
    assert made.keys_url == "https://moodle.uni.example/mod/lti/certs.php"
    assert arrived.read(deployments_of, made.id) == ["9"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "The LMS has no name."),
        ({"name": "Über"}, "is no name for an LMS"),
        ({"client_id": ""}, "The client id is missing"),
        ({"host": ""}, "the school&#39;s address is missing: moodle is at an address"),
        ({"keys_url": "http://lms.example/k"}, "keys address http://lms.example/k: without TLS"),
        ({"name": "lms.example"}, "lms.example is registered already"),
    ],
)
def test_what_cannot_be_registered_is_told(
    arrived: LtiSite, change: dict[str, str], says: str
) -> None:
    told = {"name": "uni", "kind": "moodle", "host": "https://m.example", "client_id": "c"}

    answer = said(arrived, LIST, **{**told, **change})

    assert answer.status_code == 422
    assert says in answer.text
    assert arrived.read(platform_called, "uni") is None


def test_an_lms_is_invited_and_confirmed(arrived: LtiSite) -> None:
    arrived.lms.registration_token, arrived.lms.client = "r-1", "client-2"
    shown = said(arrived, f"{LIST}/invitations", name="uni")
    path = ADDRESS.search(shown.text)
    assert path, shown.text
    assert "take back" in arrived.get("root", LIST).text
    about = {"openid_configuration": "https://lms.example/openid-configuration"}
    about["registration_token"] = "r-1"
    arrived.browser().post(path[1], data=about, headers={"sec-fetch-site": "same-origin"})

    waits = arrived.get("root", LIST).text
    page = said(arrived, f"{LIST}/invitations/uni/confirm").text

    assert "has registered, as client client-2, and signs by the keys at https://lms" in waits
    assert "https://lms.example, client client-2" in page
    assert "Invited" not in arrived.get("root", LIST).text
    assert said(arrived, f"{LIST}/invitations/uni/confirm").status_code == 422


def test_an_invitation_is_taken_back(arrived: LtiSite) -> None:
    said(arrived, f"{LIST}/invitations", name="uni")

    assert "Invited" not in said(arrived, f"{LIST}/invitations/uni/refuse").text
    assert said(arrived, f"{LIST}/invitations/uni/refuse").status_code == 409


def test_the_page_tells_of_the_last_launch_and_why_one_was_refused(arrived: LtiSite) -> None:
    assert "none yet" in arrived.get("root", PAGE).text
    arrived.browser().launch(STUDENT)
    arrived.browser().launch(STUDENT, lambda claims: claims.update(aud="other"))

    page = arrived.get("root", PAGE).text

    assert "none yet" not in page
    assert "This is for other, and the client here is client-1." in page


def test_a_page_that_is_opened_again_is_no_fault_of_the_lms(arrived: LtiSite) -> None:
    browser, lms = arrived.browser(), arrived.lms
    asked = browser.begin()
    token = lms.sign(lms.claims(asked))
    browser.end(asked["state"], token)

    assert browser.end(asked["state"], token).status_code == 403
    assert "refused" not in arrived.get("root", PAGE).text


def test_a_deployment_is_added_and_ended(arrived: LtiSite) -> None:
    before = said(arrived, f"{PAGE}/deployments", deployment="deployment-1", ends="yes").text
    refused = arrived.browser().launch(STUDENT)
    said(arrived, f"{PAGE}/deployments", deployment="deployment-1")

    assert "Its deployment is missing" in before
    assert "deployment-1 is not registered" in refused.text
    assert "Hand in" in arrived.browser().launch(STUDENT).text


def test_an_lms_is_asked_whether_it_answers(arrived: LtiSite) -> None:
    well = arrived.post("root", f"{PAGE}/test").text
    arrived.lms.refusals = [httpx.Response(400, json={"error": "invalid_client"})]
    bad = arrived.post("root", f"{PAGE}/test").text

    assert "1 at https://lms.example/keys" in well
    assert "to write marks, from https://lms.example/token" in well
    assert "the LMS gives no access: status 400" in bad


def prepared(arrived: LtiSite) -> str:
    """A course that somebody has prepared, with a TA; the id of the LMS's course."""
    made = CourseRecord("prepared", "Prepared")
    arrived.write(make_course, made, [CourseExercise("my475/ex2")], 1.0)
    arrived.write(change_role, "prepared", arrived.people["tom"].id, Role.TA)
    for user in (STUDENT, TEACHER, HELPER):
        arrived.browser().launch(user)
    (place,) = arrived.read(lms_courses, "ml-26")
    return place.id


def test_an_lms_s_course_is_one_that_there_is(arrived: LtiSite) -> None:
    place = prepared(arrived)

    page = said(arrived, f"{PAGE}/courses", **{"in": place, "course": "prepared"})

    assert "<option selected>prepared</option>" in page.text
    assert {one.person.shown: one.role for one in arrived.read(members_of, "prepared")} == {
        "Sam Student": Role.STUDENT, "Theo Helper": Role.TA, "Tina Teacher": Role.INSTRUCTOR,
        "Tom": Role.TA,
    }  # fmt: skip
    old = arrived.read(course_with, "ml-26")
    assert old is not None
    assert old.closed_at is not None
    assert not any(one.is_active for one in arrived.read(members_of, "ml-26"))
    browser = arrived.browser()
    assert "Hand in" in browser.launch(STUDENT).text
    here = f"{browser.start}/courses/prepared/exercises/my475/ex9"
    assert browser.post(here, files={"file": ("value.py", MINUS)}).status_code == 303


def test_a_course_in_which_work_was_handed_in_stays(arrived: LtiSite) -> None:
    place = prepared(arrived)
    browser = arrived.browser()
    browser.launch(STUDENT)
    here = f"{browser.start}/courses/ml-26/exercises/my475/ex9"
    browser.post(here, files={"file": ("value.py", MINUS)})

    answer = said(arrived, f"{PAGE}/courses", **{"in": place, "course": "prepared"})

    assert answer.status_code == 422
    assert "work was handed in in ml-26 already" in answer.text
    assert [one.course_id for one in arrived.read(lms_courses)] == ["ml-26"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"course": "none"}, "no course named"),
        ({"in": "none"}, "This LMS has no such course."),
        ({"course": ""}, "No course of ours was named."),
    ],
)
def test_a_course_that_there_is_not_is_told(
    arrived: LtiSite, change: dict[str, str], says: str
) -> None:
    fields = {"in": prepared(arrived), "course": "prepared", **change}

    answer = said(arrived, f"{PAGE}/courses", **fields)

    assert answer.status_code == 422
    assert says in answer.text


def test_the_course_of_another_lms_is_not_bound_from_here(arrived: LtiSite) -> None:
    place = prepared(arrived)
    arrived.register(Lms(host="other.example"))

    fields = {"in": place, "course": "prepared"}
    answer = said(arrived, f"{LIST}/other.example/courses", **fields)

    assert answer.status_code == 422
