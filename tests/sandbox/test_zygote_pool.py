"""A zygote that dies is replaced, and nothing that it ran is lost."""

import os
import signal
from collections.abc import Iterator
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
from grader.sandbox.process import ProcessLost
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.subject import Subject
from grader.sandbox.zygote_client import ZygoteChild, ZygoteClient
from grader.sandbox.zygote_pool import NoWalls, ZygoteDied, ZygotePool
from grader.submissions.submission import find, packed
from tests.places import SAMPLES

EX9 = catalogue.load(catalogue.find("ex9"))
ASKED = prepare_exercise(EX9, oracles(EX9, "recorded"))


def best() -> Tier:
    """The tier that can be built here."""
    try:
        with closing(ZygoteClient(site_folders())) as nursery:
            return nursery.isolation
    except (ProcessLost, OSError):
        return "limits"


BEST = best()
pytestmark = pytest.mark.skipif(BEST == "limits", reason="no walls can be built here")


class Mortal:
    """A ward whose zygote is killed as often as wanted, each time that a world has begun."""

    def __init__(self, ward: ZygotePool, deaths: int) -> None:
        self.ward = ward
        self.deaths = deaths

    def launch(self) -> ZygoteChild:
        child = self.ward.launch()
        if self.deaths:
            self.deaths -= 1
            kill(self.ward)
        return child


def kill(ward: ZygotePool) -> None:
    """End the zygote as the system does when memory runs out."""
    process = ward._nursery._process
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def ward() -> Iterator[ZygotePool]:
    with closing(ZygotePool(BEST)) as made:
        yield made


def graded(ward: ZygotePool, name: str = "right.py", deaths: int = 0) -> Report:
    choice = GradeRequest("ex9", walls=ward.isolation, limits=Limits())
    submission = packed(find(str(SAMPLES / name), "ex9"))
    launch = Mortal(ward, deaths).launch
    with closing(sandboxed(submission, choice, launch=launch)) as subject:
        subject.begin()
        return grade(ASKED, submission, subject)


def test_a_zygote_that_died_between_two_submissions_is_replaced(ward: ZygotePool) -> None:
    kill(ward)

    assert graded(ward).passed
    assert graded(ward, "minus.py").score == 3


def test_a_submission_whose_zygote_dies_is_asked_again(ward: ZygotePool) -> None:
    report = graded(ward, deaths=1)

    assert report.passed
    assert report.isolation == BEST


def test_what_brings_the_zygote_down_twice_is_a_result(ward: ZygotePool) -> None:
    report = graded(ward, deaths=2)

    assert report.score == 0
    assert {check.message for check in report.checks if check.message} >= {
        "running right.py ended at once: it brought down what runs submissions, twice"
    }
    assert graded(ward).passed


def test_a_zygote_that_dies_between_two_programs_costs_no_answer(ward: ZygotePool) -> None:
    submission = packed(find(str(SAMPLES / "right.py"), "ex9"))
    choice = GradeRequest("ex9", walls=ward.isolation)
    with closing(sandboxed(submission, choice, launch=ward.launch)) as subject:
        subject.load()
        kill(ward)

        report = grade(ASKED, submission, subject)

    assert report.passed


def test_walls_that_cannot_be_built_are_refused() -> None:
    with pytest.raises(NoWalls, match=r"^walls of tier full cannot be built here: container is"):
        raise NoWalls("full", "container")


def test_a_zygote_that_never_starts_is_the_grader_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")

    with pytest.raises(ZygoteDied, match=r"^the process that runs submissions has died twice$"):
        ZygotePool(BEST)


def test_a_subject_behind_walls_says_so(ward: ZygotePool) -> None:
    choice = GradeRequest("ex9", walls=ward.isolation)
    submission = packed(find(str(SAMPLES / "right.py"), "ex9"))

    with closing(sandboxed(submission, choice, launch=ward.launch)) as subject:
        assert isinstance(subject, Subject)
        assert subject.isolation == BEST
