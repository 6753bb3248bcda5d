"""A session without cookies lives in the addresses of its pages, and in no other place."""

import re
from pathlib import Path

from grader.service.database.lti.keyed import IDLE_S, LONGEST_S
from tests.service.lti.arriving import LtiSite, lti_site
from tests.service.lti.lms import STUDENT, TEACHER, Lms
from tests.service.running import RIGHT

OWN = re.compile(r'(?:href|action|data-events)="(/[^"]*)"')
HERE = "/courses/ml-26/exercises/my475/ex9"


def test_every_address_of_ours_on_a_page_has_the_key(arrived: LtiSite) -> None:
    for user in (STUDENT, TEACHER):
        browser = arrived.browser()
        browser.launch(user)
        browser.keeps = False
        for path in (HERE, "/", "/me", "/courses/ml-26"):
            page = browser.get(browser.start + path)

            assert page.status_code == 200
            found = OWN.findall(page.text)
            assert found
            assert [one for one in found if not one.startswith(f"{browser.start}/")] == []


def test_somebody_hands_in_reads_the_verdict_and_comes_back_without_a_cookie(
    arrived: LtiSite,
) -> None:
    browser = arrived.browser()
    browser.launch(STUDENT)
    browser.keeps = False

    done = browser.post(browser.start + HERE, files={"file": ("value.py", RIGHT)})

    assert done.status_code == 303
    assert done.headers["location"].startswith(f"{browser.start}/submissions/")
    for _ in range(2):
        assert "5 of 5 points" in browser.get(done.headers["location"]).text
    report = browser.get(done.headers["location"] + "/report.html")
    assert report.status_code == 200
    assert browser.start not in report.text


def test_a_page_is_framed_by_its_lms_alone_and_tells_nobody_its_address(arrived: LtiSite) -> None:
    browser = arrived.browser()

    page = browser.launch(STUDENT)

    policy = page.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://lms.example")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "x-frame-options" not in page.headers
    plain = arrived.get("ada", "/courses/ml")
    assert "frame-ancestors 'none'" in plain.headers["content-security-policy"]
    assert plain.headers["x-frame-options"] == "DENY"


def test_a_key_that_nobody_has_opens_nothing(arrived: LtiSite) -> None:
    for key in ("x" * 32, "short", "../../etc"):
        answer = arrived.browser().get(f"/s/{key}{HERE}")

        assert answer.status_code in (401, 404)
        assert "Hand in" not in answer.text


def test_a_session_ends_an_hour_after_its_last_use_and_twelve_after_its_first(
    tmp_path: Path,
) -> None:
    now = [1_790_000_000.0]
    with lti_site(tmp_path, Lms(), clock=lambda: now[0]) as made:
        used, idle = made.browser(), made.browser()
        for browser in (used, idle):
            browser.launch(STUDENT)
        hours = 0
        while used.get(used.start + HERE).status_code == 200:
            now[0] += IDLE_S - 1
            hours += 1
        ended = idle.get(idle.start + HERE)

    assert hours == 1 + LONGEST_S // IDLE_S
    assert ended.status_code == 401
    assert "Open it again in your LMS" in ended.text


def test_who_leaves_has_left(arrived: LtiSite) -> None:
    browser = arrived.browser()
    browser.launch(STUDENT)

    left = browser.post(f"{browser.start}/leave")

    assert "You have left" in left.text
    assert browser.get(browser.start + HERE).status_code == 401
