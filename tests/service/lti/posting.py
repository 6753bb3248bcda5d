"""A service with an LMS, whose post office works a round when a test says so."""

from grader.service.database.lti.outbox import MarkState, OutboxMark, marks_sent
from grader.service.lti.post_office import PostOffice
from tests.service.lti.arriving import Arrival, LtiSite
from tests.service.lti.lms import STUDENT, LmsUser
from tests.service.running import MINUS

EXERCISE = "my475/ex9"
HERE = f"/courses/ml-26/exercises/{EXERCISE}"


class Killed(BaseException):
    """The process ends here."""


class Clock:
    """The time, which passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.5

    def __call__(self) -> float:
        return self.now


class Posting:
    """A service with an LMS, and its post office."""

    def __init__(self, site: LtiSite, clock: Clock) -> None:
        self.site, self.clock, self.lms = site, clock, site.lms
        self.office = PostOffice(site.service)

    def hand_in(self, user: LmsUser = STUDENT, content: bytes = MINUS) -> Arrival:
        browser = self.site.browser()
        browser.launch(user)
        done = browser.post(browser.start + HERE, files={"file": ("value.py", content)})
        assert done.status_code == 303, done.text
        return browser

    def post(self) -> None:
        """One round."""
        self.site.run(self.office.collect())
        self.site.run(self.office.collect_waiting())
        self.site.run(self.office.send())

    def live_and_die(self) -> None:
        """One round, after which the process may be another one."""
        try:
            self.post()
        except Killed:
            self.office = PostOffice(self.site.service)

    def pass_s(self, seconds: float) -> None:
        self.clock.now += seconds

    @property
    def marks(self) -> list[OutboxMark]:
        return self.site.read(marks_sent, "ml-26")

    @property
    def states(self) -> list[MarkState]:
        return [one.state for one in self.marks]

    def given(self, user: LmsUser = STUDENT, column: int = 1) -> float | None:
        found = self.lms.scores.get((column, user.sub or ""))
        return found.get("scoreGiven") if found else None
