"""A zygote that dies is replaced, and nothing that it ran is lost."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest

from grader.exercises import catalogue
from grader.grading.one_submission import sandboxed
from grader.grading.preparation import oracles
from grader.grading.prepared_exercise import prepare_exercise
from grader.grading.request import GradeRequest
from grader.grading.stages import grade
from grader.reports.report import Report
from grader.sandbox.interpreter import site_folders
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.subject import Subject
from grader.sandbox.submission_run import ProcessLost
from grader.sandbox.zygote_client import ZygoteChild, ZygoteClient
from grader.sandbox.zygote_pool import NoWalls, ZygoteDied, ZygotePool
from grader.submissions.submission import find, packed
from tests.places import SAMPLES

EX9 = catalogue.load(catalogue.find("ex9"))
ASKED = prepare_exercise(EX9, oracles(EX9, "recorded"))


def best() -> Tier:
    """The tier that can be built here."""
    try:
        with closing(ZygoteClient(site_folders())) as zygote:
            return zygote.isolation
    except (ProcessLost, OSError):
        return "limits"


BEST = best()
pytestmark = pytest.mark.skipif(BEST == "limits", reason="no walls can be built here")


class Mortal:
    """A pool whose zygote is killed as often as wanted, each time that a world has begun."""

    def __init__(self, pool: ZygotePool, deaths: int) -> None:
        self.pool = pool
        self.deaths = deaths

    def launch(self, without: Sequence[str] = ()) -> ZygoteChild:
        child = self.pool.launch(without)
        if self.deaths:
            self.deaths -= 1
            kill(self.pool)
        return child


def kill(pool: ZygotePool) -> None:
    """End the zygote as the system does when memory runs out."""
    process = pool._zygote._process
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def pool() -> Iterator[ZygotePool]:
    with closing(ZygotePool(BEST)) as made:
        yield made


def graded(pool: ZygotePool, name: str = "right.py", deaths: int = 0) -> Report:
    choice = GradeRequest("ex9", walls=pool.isolation, limits=Limits())
    submission = packed(find(str(SAMPLES / name), "ex9"))
    launch = Mortal(pool, deaths).launch
    with closing(sandboxed(submission, choice, launch=launch)) as subject:
        subject.begin(ASKED.exercise.forbids)
        return grade(ASKED, submission, subject)


def test_a_zygote_that_died_between_two_submissions_is_replaced(pool: ZygotePool) -> None:
    kill(pool)

    assert graded(pool).passed
    assert graded(pool, "minus.py").score == 3


def test_a_submission_whose_zygote_dies_is_asked_again(pool: ZygotePool) -> None:
    report = graded(pool, deaths=1)

    assert report.passed
    assert report.isolation == BEST


def test_what_brings_the_zygote_down_twice_is_a_result(pool: ZygotePool) -> None:
    report = graded(pool, deaths=2)

    assert report.score == 0
    assert {check.message for check in report.checks if check.message} >= {
        "running right.py ended at once: it brought down what runs submissions, twice"
    }
    assert graded(pool).passed


def test_a_zygote_that_dies_between_two_programs_costs_no_answer(pool: ZygotePool) -> None:
    submission = packed(find(str(SAMPLES / "right.py"), "ex9"))
    choice = GradeRequest("ex9", walls=pool.isolation)
    with closing(sandboxed(submission, choice, launch=pool.launch)) as subject:
        subject.load()
        kill(pool)

        report = grade(ASKED, submission, subject)

    assert report.passed


def test_walls_that_cannot_be_built_are_refused() -> None:
    with pytest.raises(NoWalls, match=r"^walls of tier full cannot be built here: container is"):
        raise NoWalls("full", "container")


def test_a_zygote_that_never_starts_is_the_grader_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")

    with pytest.raises(ZygoteDied, match=r"^the process that runs submissions has died twice$"):
        ZygotePool(BEST)


def test_a_subject_behind_walls_says_so(pool: ZygotePool) -> None:
    choice = GradeRequest("ex9", walls=pool.isolation)
    submission = packed(find(str(SAMPLES / "right.py"), "ex9"))

    with closing(sandboxed(submission, choice, launch=pool.launch)) as subject:
        assert isinstance(subject, Subject)
        assert subject.isolation == BEST
