"""Everybody can use every page: axe finds nothing, light or dark, and no phone has to scroll."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from grader.service.database.credentials import EntryLink, make_link
from grader.service.database.lti.invitations import invitation_by, invite_lms, keep_registered
from grader.service.database.lti.places import LmsCourse, lms_course
from grader.service.database.lti.platforms import add_platform, note_refused
from grader.service.submit import hand_in
from tests.reports.axe import violations
from tests.reports.browser import CHROMIUM, WITHOUT
from tests.service.lti.lms import Lms
from tests.service.running import COURSE, EXERCISE, RIGHT, Site, site
from tests.service.test_submit import handed

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT)
HERE = f"/courses/{COURSE}"
PHONE = {"width": 360, "height": 844}


@pytest.fixture(scope="module")
def addresses(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Site, str, list[tuple[str, str]]]]:
    """A service that listens, and who looks at what."""
    with site(tmp_path_factory.mktemp("pages")) as made, made.listening() as url:
        path = made.hand_in("ada")
        made.hand_in("bob", RIGHT)
        ada = f"{HERE}/people/{made.people['ada'].id}"
        made.post("ada", f"{path}/second-look", data={"question": "why?"})
        said = {"exercise": EXERCISE, "score": "4", "comment": "a slip"}
        made.post("tom", f"{ada}/overrides", data=said)
        sent = {"exercise": EXERCISE, "comment": "mended"}
        regrade = made.post("tom", f"{HERE}/regrades", data=sent).headers["location"]
        for number in (1, 2):
            made.run(made.service.dispatcher.lanes.wait((regrade.rpartition("/")[2], number), 5))
        _lms(made)
        door = made.write(make_link, EntryLink(None, COURSE, "student"), made.service.now())
        made.run(made.service.dispatcher.drain(5))
        waiting = made.run(hand_in(made.service, handed(made, "bob", b"# waits")))
        yield (
            made,
            url,
            [
                ("", "/"),
                ("", f"/enter/{door}"),
                ("", "/nothing"),
                ("ada", "/"),
                ("ada", HERE),
                ("ada", f"{HERE}/exercises/{EXERCISE}"),
                ("ada", path),
                ("ada", f"{path}/report.html"),
                ("ada", "/me"),
                ("bob", f"/submissions/{waiting.id}"),
                ("tom", path),
                ("tom", f"{HERE}/people"),
                ("tom", ada),
                ("tom", regrade),
                ("tom", f"{HERE}/log"),
                ("tom", f"{HERE}/lms"),
                ("ida", f"{HERE}/people"),
                ("ida", ada),
                ("root", "/admin"),
                ("root", "/admin/lms"),
                ("root", "/admin/lms/lms.example"),
                ("ida", f"{HERE}/exercises/{EXERCISE}"),
            ],
        )


def _lms(made: Site) -> None:
    """An LMS that has opened a course and was refused, one that was invited, one that has come."""
    now = made.service.now()
    lms = made.write(add_platform, Lms().platform, ["1"], now)
    place = LmsCourse("", lms.id, "1", "course-7", "", "Machine learning")
    made.write(lms_course, place, "ML", now)
    made.write(note_refused, lms.id, "This launch has ended.", now)
    made.write(invite_lms, "guest", now)
    secret = made.write(invite_lms, "come", now)
    invitation = made.read(invitation_by, secret, now)
    assert invitation
    made.write(keep_registered, invitation.id, lms._replace(name="come"), "1")


def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(
    addresses: tuple[Site, str, list[tuple[str, str]]],
) -> None:
    made, url, paths = addresses
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport=PHONE, bypass_csp=True)
        page, found = context.new_page(), {}
        for who, path in paths:
            context.clear_cookies()
            if who:
                context.add_cookies([{"name": "grade", "value": made.secrets[who], "url": url}])
            page.goto(url + path, wait_until="domcontentloaded")
            found[who, path] = _faults(page)
        browser.close()

    assert {where: faults for where, faults in found.items() if faults} == {}


def _faults(page: Page) -> list[str]:
    """What axe finds on a page, and whether it is wider than the window."""
    faults = [
        f"{scheme}: {rule}: {place}"
        for scheme, broken in violations(page).items()
        for rule, place in broken
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*faults, *([f"{wide} pixels too wide"] if wide > 0 else [])]
