"""Every mark is in the LMS once, at its last value, whatever it says and whoever is killed."""

import asyncio
import json
import random
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from grader.service.database.lti.outbox import (
    MarkState,
    OutboxMark,
    begin_sending,
    marks_sent,
    resend,
)
from grader.service.database.marks import WrittenOverride, add_override
from grader.service.database.people import members_of
from grader.service.lti.claims import ADVANTAGE
from grader.service.lti.post_office import PostOffice
from grader.service.lti.post_office import posting as posting_to_lmss
from tests.service.lti.arriving import Arrival, Change, LtiSite, lti_site
from tests.service.lti.lms import (
    LEARNER,
    SCOPES,
    STUDENT,
    SUBMISSION,
    TEACHER,
    Column,
    Kind,
    Lms,
    LmsUser,
)
from tests.service.running import MINUS, RIGHT

EXERCISE = "my475/ex9"
HERE = f"/courses/ml-26/exercises/{EXERCISE}"
THROTTLED = [
    httpx.Response(429, headers={"retry-after": "7"}, text="slow down"),
    httpx.Response(
        403, headers={"x-rate-limit-remaining": "0.0"}, text="403 Forbidden (Rate Limit Exceeded)"
    ),
    httpx.Response(503, text="maintenance"),
]


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


@pytest.fixture(params=["moodle", "canvas"])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def posting(tmp_path: Path, kind: Kind) -> Iterator[Posting]:
    clock = Clock()
    with lti_site(tmp_path, Lms(kind), clock=clock) as made:
        yield Posting(made, clock)


def override(posting: Posting, score: float) -> None:
    (sam,) = [
        one.person for one in posting.site.read(members_of, "ml-26") if "Sam" in one.person.name
    ]
    said = WrittenOverride(0, EXERCISE, sam.id, "", score, "why", None, posting.clock.now)
    posting.site.write(add_override, "ml-26", said)


def scopes(*allowed: str) -> Change:
    return lambda claims: claims[ADVANTAGE].update(scope=list(allowed))


def asked(posting: Posting, path: str, method: str = "POST") -> int:
    return len(
        [one for one in posting.lms.asked if one.url.path.endswith(path) and one.method == method]
    )


def test_a_mark_is_sent_and_read_back(posting: Posting) -> None:
    posting.hand_in()

    posting.post()

    sent = posting.lms.scores[1, "u-student"]
    at = "2026-09-21T14:13:20.500Z"
    assert sent == {
        "userId": "u-student", "timestamp": at, "scoreGiven": 3.0, "scoreMaximum": 5.0,
        "activityProgress": "Submitted", "gradingProgress": "FullyGraded",
        "submission": {"submittedAt": at}, SUBMISSION: {"new_submission": True, "submitted_at": at},
    }  # fmt: skip
    assert posting.states == [MarkState.SENT]
    assert posting.marks[0].told == ""
    (column,) = posting.lms.columns
    assert (column.label, column.most, column.resource) == ("Subtraction and powers", 5.0, EXERCISE)


def test_a_mark_that_is_the_same_is_not_sent_again(posting: Posting) -> None:
    posting.hand_in()
    posting.post()
    posting.post()
    posting.hand_in()  # the same file: a submission of its own
    posting.pass_s(2)
    posting.post()
    posting.post()

    assert asked(posting, "/scores") == 2
    assert len(posting.lms.columns) == 1
    assert asked(posting, "/token") == 3  # one for each of three scopes


def test_two_marks_within_a_second_both_arrive(posting: Posting) -> None:
    posting.hand_in()
    posting.post()
    override(posting, 4.5)
    posting.post()
    override(posting, 4.0)
    posting.post()

    assert posting.given() == 4.0
    assert posting.states == [MarkState.SENT]
    stamps = [
        datetime.fromisoformat(json.loads(one.content)["timestamp"])
        for one in posting.lms.asked
        if one.url.path.endswith("/scores")
    ]
    seconds = [int(one.timestamp()) for one in stamps]
    assert seconds == sorted(set(seconds))


def test_a_mark_that_was_changed_uses_up_no_attempt(posting: Posting) -> None:
    posting.hand_in()
    posting.post()
    override(posting, 4.5)
    posting.post()
    posting.pass_s(5)
    posting.hand_in(content=RIGHT)
    posting.post()

    if posting.lms.kind == "canvas":
        assert posting.lms.submissions[1, "u-student"] == 2
    assert posting.given() == 4.5  # what a person has said counts


@pytest.mark.parametrize("answer", THROTTLED, ids=lambda one: str(one.status_code))
def test_an_lms_that_is_busy_is_left_alone_for_a_while(
    posting: Posting, answer: httpx.Response
) -> None:
    posting.hand_in()
    posting.hand_in(LmsUser("u-helper", (LEARNER,), "Other"))
    posting.lms.users.append(LmsUser("u-helper"))
    posting.lms.refusals = [answer]

    posting.post()
    before = len(posting.lms.asked)
    posting.post()

    assert len(posting.lms.asked) == before
    assert posting.states == [MarkState.WAITING] * 2
    assert (
        f"status {answer.status_code}: {answer.text}"
        in posting.marks[0].told + posting.marks[1].told
    )
    posting.pass_s(8)
    posting.post()
    assert posting.states == [MarkState.SENT] * 2


def test_an_lms_that_is_silent_is_asked_more_and_more_rarely(posting: Posting) -> None:
    posting.hand_in()
    times = []
    for _ in range(4):
        posting.lms.refusals = [httpx.Response(500, text="oops")]
        while posting.lms.refusals:
            posting.pass_s(1)
            posting.post()
        times.append(posting.clock.now)
    while posting.states != [MarkState.SENT]:
        posting.pass_s(1)
        posting.post()

    waits = [later - sooner for sooner, later in pairwise(times)]
    assert waits == [5.0, 10.0, 20.0]
    assert posting.given() == 3.0


def test_a_token_that_was_taken_back_is_asked_for_anew_once(posting: Posting) -> None:
    posting.hand_in()
    posting.post()
    posting.lms.tokens.clear()
    posting.pass_s(2)
    override(posting, 4.0)

    posting.post()

    assert posting.given() == 4.0


def test_whom_the_lms_does_not_know_is_told_in_its_words_and_not_tried_again(
    posting: Posting,
) -> None:
    posting.hand_in(LmsUser("u-gone", (LEARNER,), "Gone"))

    posting.post()
    before = asked(posting, "/scores")
    posting.pass_s(7200)
    posting.post()

    assert posting.states == [MarkState.REFUSED]
    assert posting.marks[0].told in (
        'status 422: {"errors":{"message":"User not found in course or is not a student"}}',
        "status 404: User not found",
    )
    assert asked(posting, "/scores") == before


def test_what_was_refused_is_sent_again_when_somebody_says_so(posting: Posting) -> None:
    user = LmsUser("u-late", (LEARNER,), "Late")
    posting.hand_in(user)
    posting.post()
    posting.lms.users.append(user)

    assert posting.site.write(resend, "ml-26", posting.clock.now) == 1
    posting.post()

    assert (posting.states, posting.given(user)) == ([MarkState.SENT], 3.0)
    assert posting.site.write(resend, "ml-26", posting.clock.now) == 0


def test_a_mark_that_the_lms_keeps_at_another_value_is_told(posting: Posting) -> None:
    posting.hand_in()
    posting.post()
    real = posting.lms._score

    def locked(number: int, sent: dict[str, object]) -> httpx.Response:
        return httpx.Response(200, json=None)  # as if it had taken it

    posting.lms._score = locked  # type: ignore[method-assign]
    override(posting, 5.0)
    posting.post()
    posting.lms._score = real  # type: ignore[method-assign]

    assert posting.states == [MarkState.REFUSED]
    assert posting.marks[0].told == (
        "taken, and the LMS shows 3 of 5: it may be locked or overridden there"
    )


def test_a_teacher_gets_no_mark(posting: Posting) -> None:
    posting.hand_in(TEACHER)

    posting.post()

    assert posting.marks == []


def test_a_course_where_nothing_may_be_written_is_told(posting: Posting) -> None:
    browser = posting.site.browser()
    browser.launch(STUDENT, scopes(SCOPES[1]))
    browser.post(browser.start + HERE, files={"file": ("value.py", MINUS)})

    posting.post()

    assert posting.states == [MarkState.REFUSED]
    assert "has no column for this exercise, and lets us make none" in posting.marks[0].told


def test_a_link_with_a_column_of_its_own_gets_the_marks(posting: Posting) -> None:
    posting.lms.columns = [Column(1, "x", 5.0, "x")]
    browser = posting.site.browser()
    url = posting.lms.column_url(1)
    browser.launch(STUDENT, lambda claims: claims[ADVANTAGE].update(lineitem=url))
    browser.post(browser.start + HERE, files={"file": ("value.py", MINUS)})

    posting.post()

    assert posting.given() == 3.0
    assert len(posting.lms.columns) == 1


def test_a_column_that_is_there_is_found_on_any_page(posting: Posting) -> None:
    posting.lms.columns = [Column(n, "x", 5.0, EXERCISE if n == 5 else "x") for n in range(1, 6)]
    posting.hand_in()

    posting.post()

    assert posting.given(column=5) == 3.0
    assert len(posting.lms.columns) == 5


def test_what_was_cut_off_is_looked_up_before_it_is_sent_again(posting: Posting) -> None:
    posting.hand_in()
    posting.post()
    override(posting, 4.0)
    posting.site.run(posting.office.collect())
    mark = posting.site.write(begin_sending, posting.marks[0].number, posting.clock.now)
    assert mark is not None
    # It arrives, and then we are killed: nothing is written down.
    posting.lms.scores[1, "u-student"] = {"scoreGiven": 4.0, "scoreMaximum": 5.0, "timestamp": "x"}
    before = asked(posting, "/scores")

    PostOffice(posting.site.service)
    posting.post()

    assert posting.states == [MarkState.SENT]
    assert asked(posting, "/scores") == before


def test_marks_go_by_themselves_also_of_a_course_that_is_new(posting: Posting) -> None:
    site = posting.site

    async def keep() -> None:
        async with posting_to_lmss(site.service):
            while not posting.lms.scores:
                await asyncio.sleep(0.05)

    going = asyncio.run_coroutine_threadsafe(keep(), site._loop)
    posting.hand_in()
    going.result(300)

    assert posting.given() == 3.0


@pytest.mark.long
def test_a_term_of_six_hundred_marks_arrives_once_each_at_its_last_value(
    tmp_path: Path, kind: Kind
) -> None:
    clock, draw = Clock(), random.Random(7)
    lms = Lms(kind)
    users = [LmsUser(f"u-{number}", (LEARNER,), f"S {number}") for number in range(60)]
    lms.users = list(users)
    answer: Callable[[httpx.Request], httpx.Response] = lms.answer
    kills = 0

    def unsteady(request: httpx.Request) -> httpx.Response:
        nonlocal kills
        says = answer(request)
        if request.url.path.endswith("/scores") and draw.random() < 0.1:
            kills += 1
            raise Killed if draw.random() < 0.5 else httpx.ReadTimeout("")
        return httpx.Response(429) if draw.random() < 0.02 else says

    lms.answer = unsteady  # type: ignore[method-assign]
    with lti_site(tmp_path, lms, clock=clock) as made:
        posting = Posting(made, clock)
        for user in users:
            posting.hand_in(user)
        wanted: dict[str, float] = {}
        people = {one.person.name: one.person.id for one in made.read(members_of, "ml-26")}
        for round_ in range(10):
            for user in users:
                score = float(draw.randrange(0, 21)) / 4
                said = WrittenOverride(
                    0, EXERCISE, people[user.name], "", score, f"{round_}", None, clock.now
                )
                made.write(add_override, "ml-26", said)
                wanted[user.sub or ""] = score
            for _ in range(draw.randrange(1, 4)):
                posting.live_and_die()
                clock.now += 6 + draw.random()
        for _ in range(400):
            if set(posting.states) == {MarkState.SENT}:
                break
            clock.now += 10
            posting.live_and_die()
        states = posting.states

    assert set(states) == {MarkState.SENT}
    assert kills > 5
    assert {user: one["scoreGiven"] for (_, user), one in lms.scores.items()} == wanted
    if kind == "canvas":
        assert set(lms.submissions.values()) <= {1, 2}
    assert len(lms.columns) == 1
