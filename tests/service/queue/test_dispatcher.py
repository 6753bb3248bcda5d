"""Whatever happens to a worker or to this process, a submission comes to an end, and to one."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from grader.course.batch.jobs import FOR_STAFF, HASTILY, TAKES_LONG, JobResult, plain_result
from grader.service.database.privacy import forget
from grader.service.database.regrades import Regrade, RegradeState, begin_regrade
from grader.service.database.schema import gradings
from grader.service.database.submissions import (
    Lane,
    State,
    SubmissionRecord,
    add_submission,
    keep_content,
    pack,
    submissions_in,
)
from grader.service.queue.dispatcher import Dispatcher
from grader.service.queue.fair_queue import QueuedJob, queued_job
from grader.service.queue.workers import NoWorker, WorkerDied
from grader.service.submit import hand_in
from grader.submissions.intake.student_submission import SubmittedFile
from tests.service.running import COURSE, EXERCISE, MINUS, Answers, Site, report, site
from tests.service.test_submit import cut_off, handed


def only(served: Site) -> SubmissionRecord:
    (one,) = served.read(submissions_in, COURSE)
    return one


def dies(times: int, served: Site) -> None:
    deaths = iter(range(times))

    def says(job: Mapping[str, Any]) -> Mapping[str, Any]:
        if next(deaths, None) is not None:
            raise WorkerDied
        return served.worker.usual(job)

    served.worker.says = says


def test_what_dies_with_a_worker_is_graded_by_the_next(on_both: Site) -> None:
    dies(2, on_both)

    page = on_both.get("ada", on_both.hand_in("ada"))

    assert "3 of 5 points" in page.text
    assert only(on_both).tries == 3
    assert len(on_both.worker.asked) == 3


def test_what_kills_every_worker_is_ours_and_no_attempt(served: Site) -> None:
    dies(3, served)

    page = served.get("ada", served.hand_in("ada"))

    assert only(served).state is State.OURS
    assert "our fault" in page.text
    assert "died each time that it was given this one" in page.text
    assert len(served.worker.asked) == 3


def test_a_fault_of_ours_ends_no_lane(served: Site, caplog: pytest.LogCaptureFixture) -> None:
    def fails(_job: Mapping[str, Any]) -> Mapping[str, Any]:
        raise ZeroDivisionError

    served.worker.says = fails
    with caplog.at_level(logging.CRITICAL, "grade.queue"):
        served.hand_in("ada")
    served.worker.says = served.worker.usual

    assert only(served).state is State.OURS
    assert "3 of 5 points" in served.get("bob", served.hand_in("bob")).text


def test_what_takes_long_goes_on_in_the_slow_lane(served: Site) -> None:
    served.worker.says = lambda job: TAKES_LONG if job[HASTILY] else served.worker.usual(job)

    page = served.get("ada", served.hand_in("ada"))

    assert "3 of 5 points" in page.text
    assert only(served).lane.value == "slow"
    assert [job[HASTILY] for job in served.worker.asked] == [True]


def test_a_worker_gets_no_name_and_no_id_of_anybody(served: Site) -> None:
    served.hand_in("ada")

    (job,) = served.worker.asked
    assert set(job) == {
        *("exercise", "walls", "allowed", "seed", "oracles", "homes", "class"),
        *("folder", "order", "files", HASTILY, FOR_STAFF),
    }
    assert job["folder"] == ""


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING])
def test_what_had_no_verdict_when_the_process_died_gets_one(tmp_path: Path, state: State) -> None:
    content = pack([SubmittedFile("value.py", MINUS)])
    with site(tmp_path) as first:
        first.run(first.service.dispatcher.drain(5))
        first.write(keep_content, content, 1.0)
        where = COURSE, EXERCISE, first.people["ada"].id
        left = SubmissionRecord(0, "abc", *where, 1.0, content.digest, state=state)
        first.write(add_submission, left)

    with site(tmp_path, first.service.settings.database, again=True) as second:
        second.run(second.service.dispatcher.lanes.wait(("", 1), 5))

        assert only(second).state is State.GRADED


def test_a_submission_that_no_grader_can_read_is_for_a_person(served: Site) -> None:
    served.worker.says = lambda _job: plain_result(JobResult(problem="it is no Python"))

    page = served.get("ada", served.hand_in("ada"))

    assert only(served).state is State.BY_HAND
    assert "a person will look at it" in page.text
    assert "it is no Python" in page.text


def test_points_that_a_person_has_to_give_are_none_yet(served: Site) -> None:
    by_hand = report()._replace(by_hand="it reads our files")
    served.worker.says = lambda _job: plain_result(JobResult((by_hand,)))

    served.hand_in("ada")

    assert only(served).state is State.BY_HAND


@pytest.mark.parametrize("moment", ["while it waits", "while it runs"])
def test_who_is_forgotten_leaves_no_job_that_is_tried_for_ever(
    on_both: Site, moment: str, caplog: pytest.LogCaptureFixture
) -> None:
    def forgets(job: Mapping[str, Any]) -> Mapping[str, Any]:
        on_both.service.database.later(forget, on_both.people["ada"].id, 2.0).result(600)
        return on_both.worker.usual(job)

    lanes = on_both.service.dispatcher.lanes
    if moment == "while it waits":
        content = pack([SubmittedFile("value.py", MINUS)])
        on_both.write(keep_content, content, 1.0)
        left = SubmissionRecord(
            0, "", COURSE, EXERCISE, on_both.people["ada"].id, 1.0, content.digest
        )
        one = on_both.write(add_submission, left)
        on_both.write(forget, on_both.people["ada"].id, 2.0)
        job = QueuedJob(one.number, COURSE, EXERCISE, one.person_id)
        on_both.run(lanes.add(job))
    else:
        on_both.worker.says = forgets
        one = on_both.run(hand_in(on_both.service, handed(on_both)))
    assert on_both.run(lanes.wait(("", one.number), 4))
    on_both.worker.says = on_both.worker.usual

    assert on_both.read(submissions_in, COURSE) == []
    assert caplog.text == ""
    assert "3 of 5 points" in on_both.get("bob", on_both.hand_in("bob")).text


def test_what_was_told_as_failed_and_is_written_is_taken_up(on_both: Site) -> None:
    with cut_off(on_both), pytest.raises(OperationalError):
        on_both.run(hand_in(on_both.service, handed(on_both)))
    waits = only(on_both)

    on_both.run(on_both.service.dispatcher.take_up())
    assert on_both.run(on_both.service.dispatcher.lanes.wait(("", waits.number), 20))

    assert waits.state is State.QUEUED
    assert only(on_both).state is State.GRADED


@pytest.mark.parametrize("regrade", [False, True])
def test_a_grading_that_was_told_as_failed_and_is_written_is_the_only_one(
    on_both: Site, regrade: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("grader.service.queue.dispatcher.NO_DATABASE_S", 0.01)
    lanes, key = on_both.service.dispatcher.lanes, ("", 1)
    if regrade:
        on_both.hand_in("ada")
        asked = Regrade("", COURSE, EXERCISE, RegradeState.RUNNING, "why", None, 1.0)
        made, again = on_both.write(begin_regrade, asked)
        (one,) = again
        job, key = queued_job(one, made.id), (made.id, 1)

    with (
        caplog.at_level(logging.CRITICAL, "grade.queue"),
        cut_off(on_both, after=1 + (not regrade)),
    ):
        if regrade:
            on_both.run(lanes.add(job))
        else:
            on_both.run(hand_in(on_both.service, handed(on_both)))
        assert on_both.run(lanes.wait(key, 20))

    found = select(func.count()).select_from(gradings)
    assert on_both.read(lambda one: one.execute(found).scalar()) == 1 + regrade
    assert only(on_both).state is State.GRADED


def test_what_has_its_verdict_is_not_graded_again(on_both: Site) -> None:
    on_both.hand_in("ada")
    (done,) = on_both.read(submissions_in, COURSE)

    on_both.run(on_both.service.dispatcher.lanes.add(queued_job(done)))
    assert on_both.run(on_both.service.dispatcher.lanes.wait(("", done.number), 20))

    assert len(on_both.worker.asked) == 1
    assert only(on_both) == done


class StartsLate(Answers):
    """A worker for which there is no memory when it should start."""

    async def start(self) -> None:
        raise NoWorker("a worker does not start", hint="see above")


def test_one_worker_that_starts_is_enough_and_the_others_get_ready_later(
    served: Site, caplog: pytest.LogCaptureFixture
) -> None:
    dispatcher = Dispatcher(served.service.database, served.service.shelf, lambda: 1.0)
    service = served.service._replace(dispatcher=dispatcher)
    late, first = StartsLate(), Answers()

    served.run(dispatcher.start({first: Lane.FAST, late: Lane.SLOW}))
    one = served.run(hand_in(service, handed(served)))
    assert served.run(dispatcher.lanes.wait(("", one.number), 4))
    served.run(dispatcher.drain(4))

    assert only(served).state is State.GRADED
    assert "a worker does not start" in caplog.text
    with pytest.raises(NoWorker, match="does not start"):
        served.run(Dispatcher(*_of(served)).start({late: Lane.FAST, first: Lane.SLOW}))


def _of(served: Site) -> tuple[Any, Any, Any]:
    return served.service.database, served.service.shelf, served.service.now
