"""An LMS is told of what waits long for its verdict, once, and no mark is taken away by it."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep
from typing import Any, cast

import httpx
import pytest

from grader.course.batch.jobs import JobResult, plain_result
from grader.service.database.lti.outbox import MarkState
from grader.service.database.lti.waiting import SHORT_S
from grader.service.database.submissions import waiting_submissions
from grader.service.lti.claims import ADVANTAGE
from tests.service.lti.arriving import lti_site
from tests.service.lti.lms import HELPER, SCOPES, STUDENT, SUBMISSION, Column, Kind, Lms
from tests.service.lti.posting import EXERCISE, HERE, Clock, Killed, Posting
from tests.service.running import MINUS, RIGHT

LONG_S = SHORT_S + 1
PLACE = 1, "u-student"
EACH = pytest.mark.parametrize("kind", ["canvas", "moodle"])


class DyingLms(Lms):
    """An LMS near whose answer to a score the service dies once, where a test says so."""

    dies = ""

    @property
    def progress_taken(self) -> list[str]:
        return [one["gradingProgress"] for one in self.taken]

    def answer(self, request: httpx.Request) -> httpx.Response:
        moment, is_score = self.dies, request.url.path.endswith("/scores")
        if is_score:
            self.dies = ""
        if is_score and moment == "before":
            raise Killed
        says = super().answer(request)
        if is_score and moment == "after":
            raise Killed
        return says


class Waiting(Posting):
    """A service whose worker answers when a test says so."""

    lms: DyingLms
    verdict: Mapping[str, Any] | None = None  # in place of the usual one
    is_held = False

    def hold(self) -> None:
        """Have all that comes now wait for its verdict, and whoever hands it in not stay for it."""
        worker, self._is_free = self.site.worker, asyncio.Event()
        self._lanes = cast("Any", self.site.service.dispatcher.lanes)
        self._stays, self._lanes.wait = self._lanes.wait, _goes_at_once
        self.is_held = True

        async def later(job: Mapping[str, Any]) -> Mapping[str, Any]:
            await self._is_free.wait()
            return self.verdict or worker.usual(job)

        worker.says = later

    def free(self) -> None:
        """Have everything be graded."""
        self.is_held, self._lanes.wait = False, self._stays
        self.site._loop.call_soon_threadsafe(self._is_free.set)
        ends = monotonic() + 120
        while self.site.read(waiting_submissions):
            assert monotonic() < ends
            sleep(0.02)

    @property
    def told(self) -> list[dict[str, Any]]:
        """All scores that the LMS was sent."""
        paths = [one for one in self.lms.asked if one.url.path.endswith("/scores")]
        return [json.loads(one.content) for one in paths]

    @property
    def progress(self) -> list[str]:
        return [one["gradingProgress"] for one in self.told]


async def _goes_at_once(_key: object, _most_s: float) -> bool:
    """Wait for no verdict."""
    return False


@pytest.fixture
def kind() -> Kind:
    return "canvas"


@pytest.fixture
def waiting(tmp_path: Path, kind: Kind) -> Iterator[Waiting]:
    clock = Clock()
    with lti_site(tmp_path, DyingLms(kind), clock=clock) as made:
        waiting = Waiting(made, clock)
        yield waiting
        if waiting.is_held:  # else the service's end waits for what is graded
            waiting.free()


def test_a_first_attempt_that_waits_long_is_told_of_and_then_its_mark(waiting: Waiting) -> None:
    waiting.hold()
    waiting.hand_in()
    waiting.pass_s(LONG_S)
    waiting.post()
    waiting.post()
    waiting.hand_in()  # once more, meanwhile

    (sent,) = waiting.told
    assert "scoreGiven" not in sent
    assert (sent["activityProgress"], sent["gradingProgress"]) == ("Submitted", "Pending")
    assert sent["submission"]["submittedAt"] == "2026-09-21T14:13:20.500Z"
    assert waiting.states == [MarkState.SENT]
    assert waiting.lms.columns[0].most == 5.0
    helper = waiting.site.browser()
    helper.launch(HELPER)
    assert "no verdict yet" in helper.get(f"{helper.start}/courses/ml-26/lms").text
    waiting.free()
    waiting.post()

    assert waiting.lms.grades == {PLACE: 3.0}
    assert waiting.progress == ["Pending", "FullyGraded"]
    seconds = [int(datetime.fromisoformat(one["timestamp"]).timestamp()) for one in waiting.told]
    assert all(sooner < later for sooner, later in pairwise(seconds))
    assert waiting.lms.submissions[PLACE] == 2  # as often as something was handed in


def test_what_was_told_of_is_one_attempt(waiting: Waiting) -> None:
    waiting.hold()
    waiting.hand_in()
    waiting.pass_s(LONG_S)
    waiting.post()
    waiting.free()
    waiting.post()

    assert waiting.progress == ["Pending", "FullyGraded"]
    assert waiting.lms.submissions[PLACE] == 1
    assert waiting.given() == 3.0


def test_what_a_person_has_to_decide_after_it_waited_is_told_as_that(waiting: Waiting) -> None:
    waiting.hold()
    waiting.hand_in()
    waiting.pass_s(LONG_S)
    waiting.post()
    waiting.verdict = plain_result(JobResult(problem="the grader failed", ours=True))
    waiting.free()
    waiting.post()

    assert waiting.progress == ["Pending", "PendingManual"]
    assert waiting.lms.submissions[PLACE] == 1


@pytest.mark.parametrize("kind", ["moodle"])
def test_moodle_is_told_of_marks_alone(waiting: Waiting) -> None:
    waiting.hold()
    waiting.hand_in()
    waiting.pass_s(LONG_S)
    waiting.post()
    assert waiting.marks == []
    waiting.free()
    waiting.post()

    assert waiting.progress == ["FullyGraded"]
    assert waiting.lms.grades == {PLACE: 3.0}


def test_where_it_may_not_be_read_what_stands_nothing_waits_there(waiting: Waiting) -> None:
    browser = waiting.site.browser()
    browser.launch(STUDENT, lambda claims: claims[ADVANTAGE].update(scope=list(SCOPES[:2])))
    waiting.hold()
    browser.post(browser.start + HERE, files={"file": ("value.py", MINUS)})
    waiting.pass_s(LONG_S)
    waiting.post()
    assert waiting.marks == []
    waiting.free()
    waiting.post()

    assert waiting.progress == ["FullyGraded"]


@EACH
def test_while_a_second_attempt_waits_the_mark_stays(waiting: Waiting) -> None:
    waiting.hand_in()
    waiting.post()
    waiting.hold()
    waiting.hand_in(content=RIGHT)
    waiting.pass_s(LONG_S)
    waiting.post()

    assert waiting.progress == ["FullyGraded"]
    assert waiting.lms.grades == {PLACE: 3.0}
    waiting.free()
    waiting.post()
    assert waiting.lms.grades == {PLACE: 5.0}


def test_a_verdict_that_comes_soon_is_told_alone(waiting: Waiting) -> None:
    waiting.hold()
    waiting.hand_in()
    waiting.pass_s(SHORT_S / 2)
    waiting.post()
    assert waiting.marks == []
    waiting.free()
    waiting.post()

    assert waiting.progress == ["FullyGraded"]


def test_a_verdict_that_comes_before_it_is_told_that_there_is_none_is_told_alone(
    waiting: Waiting,
) -> None:
    waiting.hold()
    waiting.hand_in()
    waiting.pass_s(LONG_S)
    waiting.site.run(waiting.office.collect_waiting())
    assert waiting.states == [MarkState.WAITING]
    waiting.free()
    waiting.site.run(waiting.office.send())
    assert waiting.told == []
    waiting.post()

    assert waiting.progress == ["FullyGraded"]
    assert waiting.lms.submissions[PLACE] == 1


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("is_graded_meanwhile", [True, False])
def test_whoever_is_killed_it_is_told_once(
    waiting: Waiting, moment: str, is_graded_meanwhile: bool
) -> None:
    waiting.hold()
    waiting.hand_in()
    waiting.pass_s(LONG_S)
    waiting.lms.dies = moment
    waiting.live_and_die()
    assert waiting.states == [MarkState.SENDING]
    if not is_graded_meanwhile:
        waiting.post()
        assert waiting.states == [MarkState.SENT]
    waiting.free()
    waiting.post()

    taken = [] if is_graded_meanwhile and moment == "before" else ["Pending"]
    assert waiting.lms.progress_taken == [*taken, "FullyGraded"]
    assert waiting.lms.submissions[PLACE] == 1
    assert waiting.lms.grades == {PLACE: 3.0}


@EACH
@pytest.mark.parametrize("fails", [True, False])
def test_a_grade_that_a_teacher_has_typed_is_not_taken_away(waiting: Waiting, fails: bool) -> None:
    waiting.lms.columns = [Column(1, "x", 5.0, EXERCISE)]
    waiting.lms.type_grade("u-student", 4.0)
    if fails:
        failed = plain_result(JobResult(problem="the grader failed", ours=True))
        waiting.site.worker.says = lambda _: failed
    else:
        waiting.hold()
    waiting.hand_in()
    waiting.pass_s(LONG_S)
    waiting.post()

    assert waiting.lms.grades == {PLACE: 4.0}
    if fails and waiting.lms.kind == "moodle":
        says = "not sent: the LMS shows 4 of 5 already, which would be taken away"
        assert (waiting.states, waiting.marks[0].told) == ([MarkState.REFUSED], says)


def test_where_points_are_hidden_it_is_not_told_that_there_are_none(waiting: Waiting) -> None:
    waiting.lms.columns = [Column(1, "x", 5.0, EXERCISE)]
    waiting.lms.scores[PLACE] = {"scoreGiven": 4.0, "scoreMaximum": 5.0, "timestamp": "x"}
    waiting.lms.hides_results = True
    waiting.hold()
    waiting.hand_in()
    waiting.pass_s(LONG_S)
    waiting.post()

    assert waiting.told == []
    assert waiting.states == [MarkState.REFUSED]


def test_a_column_that_is_made_before_there_are_points_has_those_of_the_exercise(
    waiting: Waiting,
) -> None:
    failed = plain_result(JobResult(problem="the grader failed", ours=True))
    waiting.site.worker.says = lambda _: failed
    waiting.hand_in()
    waiting.post()

    assert [one.most for one in waiting.lms.columns] == [5.0]
    assert waiting.told[0][SUBMISSION]["preserve_score"] is True
