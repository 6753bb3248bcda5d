"""Every mark is in the LMS once, at its last value, whatever it says and whoever is killed."""

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from grader.course.batch.jobs import JobResult, plain_result
from grader.service.database.lti.outbox import (
    MarkState,
    begin_sending,
    resend,
)
from grader.service.database.marks import WrittenOverride, add_override
from grader.service.database.people import members_of
from grader.service.lti.claims import ADVANTAGE
from grader.service.lti.post_office import PostOffice
from grader.service.lti.post_office import posting as posting_to_lmss
from tests.service.lti.arriving import Change, lti_site
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
from tests.service.lti.posting import EXERCISE, HERE, Clock, Posting
from tests.service.running import MINUS, RIGHT

THROTTLED = [
    httpx.Response(429, headers={"retry-after": "7"}, text="slow down"),
    httpx.Response(
        403, headers={"x-rate-limit-remaining": "0.0"}, text="403 Forbidden (Rate Limit Exceeded)"
    ),
    httpx.Response(503, text="maintenance"),
]


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
    posting.lms.locked.add((1, "u-student"))
    override(posting, 5.0)
    posting.post()

    assert posting.states == [MarkState.REFUSED]
    assert posting.marks[0].told == (
        "taken, and the LMS shows 3 of 5: it may be locked or overridden there"
    )


def test_a_mark_that_the_lms_shows_to_nobody_yet_is_told_and_is_sent(posting: Posting) -> None:
    posting.lms.hides_results = True
    posting.hand_in()

    posting.post()

    assert posting.given() == 3.0
    assert posting.states == [MarkState.SENT]
    assert posting.marks[0].told == "taken, and the LMS shows nothing of it yet"


def test_a_mark_that_a_person_has_to_decide_waits_for_them_in_the_lms(posting: Posting) -> None:
    failed = plain_result(JobResult(problem="the grader failed", ours=True))
    posting.site.worker.says = lambda _: failed
    posting.hand_in()

    posting.post()

    sent = posting.lms.scores[1, "u-student"]
    assert "scoreGiven" not in sent
    assert (sent["activityProgress"], sent["gradingProgress"]) == ("Submitted", "PendingManual")
    assert posting.states == [MarkState.SENT]
    override(posting, 4.0)
    posting.post()
    assert posting.given() == 4.0
    assert posting.lms.scores[1, "u-student"]["gradingProgress"] == "FullyGraded"
    if posting.lms.kind == "canvas":
        assert posting.lms.submissions[1, "u-student"] == 1


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
