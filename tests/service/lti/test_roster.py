"""A roster is read to its end; who is gone is in the course no more, and nobody loses any work."""

from pathlib import Path

import httpx
import pytest
from sqlalchemy import URL

from grader.service.database.audit import entries_about
from grader.service.database.lti.outbox import MarkState
from grader.service.database.lti.places import lms_courses
from grader.service.database.people import Member, Role, add_person, change_role, members_of
from grader.service.database.people import Person as Somebody
from grader.service.database.privacy import export_of, forget
from grader.service.lti.access import AccessTokens
from grader.service.lti.claims import ROSTER
from grader.service.lti.roster_rounds import DAY_S, read_rosters
from tests.service.lti.arriving import Arrival, LtiSite, lti_site
from tests.service.lti.lms import (
    ASSISTANT,
    INSTRUCTOR,
    LEARNER,
    STUDENT,
    SYSTEM_ADMIN,
    TEACHER,
    TEST_USER,
    Kind,
    Lms,
    LmsUser,
)
from tests.service.lti.posting import Clock, Posting
from tests.service.running import RIGHT

HERE = "/courses/ml-26"


@pytest.fixture(params=["moodle", "canvas"])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


def teacher(arrived: LtiSite) -> Arrival:
    browser = arrived.browser()
    browser.launch(TEACHER)
    return browser


def read(browser: Arrival) -> httpx.Response:
    return browser.post(f"{browser.start}{HERE}/lms/roster")


def known(arrived: LtiSite) -> dict[str, Member]:
    return {one.person.name: one for one in arrived.read(members_of, "ml-26")}


def test_all_pages_are_read(arrived: LtiSite) -> None:
    arrived.lms.users += [LmsUser(f"u-{n}", (LEARNER,), f"S {n:03}") for n in range(147)]
    browser = teacher(arrived)

    page = read(browser)

    assert len(known(arrived)) == 150
    assert "149 new" in page.text
    pages = [one.url.params.get("page") for one in arrived.lms.asked if one.url.path == "/members"]
    assert pages == [None, "2", "3"]
    (course,) = arrived.read(lms_courses)
    assert course.roster_at is not None
    assert "150 as before" in read(browser).text


def test_roles_follow_and_who_is_gone_keeps_their_work(arrived: LtiSite) -> None:
    student = arrived.browser()
    student.launch(STUDENT)
    done = student.post(
        f"{student.start}{HERE}/exercises/my475/ex9", files={"file": ("value.py", RIGHT)}
    )
    browser = teacher(arrived)
    read(browser)
    arrived.lms.users = [
        TEACHER,
        LmsUser("u-helper", (INSTRUCTOR,), "Theo Helper"),
        LmsUser("u-new", (INSTRUCTOR, ASSISTANT), "New One"),
        LmsUser("u-admin", (SYSTEM_ADMIN,), "Admin"),
    ]

    page = read(browser)

    assert "1 new, 1 with another role" in page.text
    assert "1 student who is not in it is in the course no more" in page.text
    now = known(arrived)
    assert {name: (one.role, one.is_active) for name, one in now.items()} == {
        "Sam Student": (Role.STUDENT, False), "Theo Helper": (Role.INSTRUCTOR, True),
        "Tina Teacher": (Role.INSTRUCTOR, True), "New One": (Role.TA, True),
    }  # fmt: skip
    place = done.headers["location"].removeprefix(student.start)
    assert "5 of 5 points" in browser.get(browser.start + place).text
    assert student.get(student.start + place).status_code == 404


def test_the_lms_s_view_as_a_student_stays_which_no_roster_has(arrived: LtiSite) -> None:
    arrived.browser().launch(LmsUser("u-view", (LEARNER, TEST_USER)))
    browser = teacher(arrived)

    read(browser)
    read(browser)

    assert known(arrived)["Test student"].is_active


def test_whom_somebody_has_let_in_here_stays(arrived: LtiSite) -> None:
    browser = teacher(arrived)
    guest = arrived.write(add_person, Somebody("", "Guest"), 1.0)
    arrived.write(change_role, "ml-26", guest.id, Role.TA)

    read(browser)

    assert known(arrived)["Guest"].is_active


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (httpx.Response(200, json=[]), "of another form than agreed"),
        (httpx.Response(200, text="<html>"), "of another form than agreed"),
        (httpx.Response(403, text="not you"), "status 403: not you"),
        (httpx.Response(503, text="later"), "status 503: later"),
    ],
)
def test_half_a_roster_changes_nothing(arrived: LtiSite, answer: httpx.Response, says: str) -> None:
    arrived.lms.users += [LmsUser(f"u-{n}", (LEARNER,), f"S {n:03}") for n in range(147)]
    browser = teacher(arrived)
    read(browser)
    real, pages = arrived.lms._members, iter([None, answer])

    def breaks_off(request: httpx.Request, scope: str) -> httpx.Response:
        return next(pages) or real(request, scope)

    arrived.lms._members = breaks_off  # type: ignore[method-assign]
    page = read(browser)

    assert page.status_code == 409
    assert says in page.text
    assert all(one.is_active for one in known(arrived).values())


def test_rosters_are_read_once_a_day_by_themselves(arrived: LtiSite) -> None:
    teacher(arrived)
    arrived.lms.users.append(LmsUser("u-new", (LEARNER,), "New One"))
    now = arrived.service.now()

    def round_at(at: float) -> None:
        arrived.lms.now = lambda: at
        service = arrived.service._replace(now=arrived.lms.now)
        arrived.run(read_rosters(service, AccessTokens(service.lti.web, service.lti.own)))

    round_at(now)
    arrived.lms.users.append(LmsUser("u-later", (LEARNER,), "Later One"))
    round_at(now + DAY_S - 1)

    assert known(arrived).keys() == {"Sam Student", "Tina Teacher", "Theo Helper", "New One"}
    round_at(now + DAY_S)
    assert "Later One" in known(arrived)
    log = [one.says for one in arrived.read(entries_about, course_id="ml-26")]
    assert log == ["1 new, 0 changed, 0 gone", "3 new, 0 changed, 0 gone"]


def test_a_roster_that_cannot_be_read_by_itself_keeps_no_other_from_it(arrived: LtiSite) -> None:
    teacher(arrived)
    arrived.lms.refusals = [httpx.Response(500, text="oops")]
    service = arrived.service

    for _ in range(2):
        arrived.run(read_rosters(service, AccessTokens(service.lti.web, service.lti.own)))

    assert "Sam Student" in known(arrived)


def test_a_roster_of_nobody_is_none(arrived: LtiSite) -> None:
    browser = teacher(arrived)
    arrived.lms.users = []

    page = read(browser)

    assert "has nobody in it: nothing was changed" in page.text
    assert known(arrived)["Tina Teacher"].is_active


def test_a_course_without_a_roster_says_so(arrived: LtiSite) -> None:
    browser = arrived.browser()
    browser.launch(TEACHER, lambda claims: claims.pop(ROSTER))

    assert "does not say where its roster is" in read(browser).text
    assert "belongs to no course of an LMS" in arrived.post("ida", "/courses/ml/lms/roster").text


def test_a_launch_a_mark_and_a_roster_are_the_same_in_both_databases(
    tmp_path: Path, database_url: URL
) -> None:
    with lti_site(tmp_path, Lms(), url=database_url) as made:
        posting = Posting(made, Clock())
        posting.hand_in(STUDENT, RIGHT)
        posting.post()
        browser = teacher(made)

        page = read(browser)
        shown = browser.get(f"{browser.start}{HERE}/lms")

        assert "1 new" in page.text
        assert "5 of 5" in shown.text
        assert posting.states == [MarkState.SENT]
        (sam,) = [one.person for name, one in known(made).items() if name == "Sam Student"]
        assert len(made.read(export_of, sam.id)["lti_marks"]) == 1
        made.write(forget, sam.id, 1.0)
        assert posting.marks == []
