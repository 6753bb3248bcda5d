"""Whatever a submission is, something is said of it; one session serves jobs of one kind."""

import json
import os
import signal
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest

from grader.course.batch.jobs import FOR_STAFF, NO_SUBMISSION, job_of, job_result, plain_result
from grader.course.batch.worker import Worker, work
from grader.grading.request import GradeRequest
from grader.grading.session import GradingSession
from grader.sandbox.submission_run import ProcessLost
from grader.submissions.intake.spool import bytes_of
from grader.submissions.reader import ReadingLimits
from tests.course.batch.sample import CHOICE, handed
from tests.places import ROOT, SAMPLES
from tests.sandbox.processes import running

RIGHT = bytes_of(handed(1)[0].files[0].content)


def done(folder: Path, *, whole: bool) -> dict[str, Any]:
    """The result of a job that went somewhere else and back."""
    job = json.loads(json.dumps(job_of(CHOICE, folder, whole=whole)))
    outcome: dict[str, Any] = json.loads(json.dumps(work(job)))
    return outcome


@pytest.mark.parametrize("whole", [False, True], ids=["in place", "with its files"])
@pytest.mark.parametrize("where", ["", "src", "deep/down"])
def test_a_submission_is_graded_wherever_it_lies(tmp_path: Path, where: str, whole: bool) -> None:
    (tmp_path / where).mkdir(parents=True, exist_ok=True)
    (tmp_path / where / "value.py").write_bytes(RIGHT)
    (tmp_path / "README.md").write_text("mine")

    (report,) = job_result(done(tmp_path, whole=whole)).reports

    assert report.passed
    assert report.duration_s == 0.0


@pytest.mark.parametrize("whole", [False, True])
def test_of_several_scripts_the_newest_counts_and_the_report_says_so(
    tmp_path: Path, whole: bool
) -> None:
    for name in ("a.py", "b.py", "test_b.py"):
        (tmp_path / name).write_bytes(RIGHT)
    order = {"a.py": 1, "b.py": 0, "test_b.py": 2}  # a test is no candidate, however new

    job = job_of(CHOICE, tmp_path, order, whole=whole)
    (report,) = job_result(work(json.loads(json.dumps(job)))).reports

    assert report.submission.name == "a.py"
    assert report.notes[-1] == (
        "two files could be the submission: a.py, b.py; a.py is the newest, and counts"
    )


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, NO_SUBMISSION),
        ({"thesis.pdf": b"%PDF"}, NO_SUBMISSION),
        (
            {"a/value.py": RIGHT, "b/value.py": RIGHT},
            "two files could be the submission: a/value.py, b/value.py",
        ),
        ({"a.py": RIGHT, "b.py": RIGHT}, "two files could be the submission: a.py, b.py"),
        ({"value.py": b""}, "value.py is empty (save the file, then grade again)"),
    ],
)
def test_what_cannot_be_graded_is_told_without_a_path_of_ours(
    tmp_path: Path, files: dict[str, bytes], problem: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)

    outcome = done(tmp_path, whole=True)

    assert outcome == {"reports": [], "problem": problem, "ours": False}


def test_a_fault_of_the_grader_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "value.py").write_bytes(RIGHT)
    job = job_of(CHOICE._replace(exercise="ex99"), tmp_path)

    outcome = work(job)

    assert outcome["ours"]
    assert "no exercise named 'ex99'" in outcome["problem"]


def test_a_session_stays_open_for_the_next_job_and_a_job_of_another_kind_closes_it(
    tmp_path: Path,
) -> None:
    worker = Worker()
    assert worker.work(job_of(CHOICE, tmp_path)).problem  # what reads stays, whatever is asked
    before = own_processes()
    (tmp_path / "value.py").write_bytes(RIGHT)

    zygotes = []
    for request in (CHOICE, CHOICE, CHOICE._replace(seed=7)):
        assert worker.work(job_of(request, tmp_path)).reports[0].passed
        zygotes.append(own_processes() - before)
    worker.release()

    assert zygotes[0] == zygotes[1]
    assert not zygotes[0] & zygotes[2]
    assert (len(zygotes[0]), len(zygotes[2])) == (1, 1)
    assert not own_processes() & zygotes[2]


def own_processes() -> set[int]:
    return {one.number for one in running() if one.parent == os.getpid() and one.state != "Z"}


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (
            {"value.py": b"# coding: punycode\n-" + b"abc" * 600_000},
            "'punycode', in which no script",
        ),
        ({"value.ipynb": b"{" + b"{}," * 4_000_000}, "holds more than 4,000,000 values"),
    ],
)
def test_what_would_take_for_ever_to_be_read_is_said_at_once(
    tmp_path: Path, files: dict[str, bytes], problem: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    outcome = done(tmp_path, whole=False)

    assert (outcome["reports"], outcome["ours"]) == ([], False)
    assert problem in outcome["problem"]


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="only Linux limits it")
def test_what_takes_too_much_to_be_read_is_one_student_s_row(tmp_path: Path) -> None:
    worker = Worker(reading=ReadingLimits(cpu_s=5, memory_mb=24))
    wide = json.dumps({"cells": [], "output": "\U0001f600" * (2 << 20)}, ensure_ascii=False)
    for name, file, content in (("eve", "a.ipynb", wide.encode()), ("ant", "a.py", RIGHT)):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_bytes(content)

    eve = worker.work(job_of(CHOICE, tmp_path / "eve", {"a.ipynb": 0}))
    ant = worker.work(job_of(CHOICE, tmp_path / "ant", {"a.py": 0}))
    worker.release()

    assert eve.problem.startswith("a.ipynb takes more than 24 MB of memory to be read (")
    assert not eve.ours
    assert ant.reports[0].passed


class LosesProcesses(Worker):
    """A worker whose processes somebody kills, with what had made them, the first times."""

    def __init__(self, losses: int) -> None:
        super().__init__()
        self._losses = losses

    def _session_for(self, request: GradeRequest) -> GradingSession:
        if self._losses:
            self._losses -= 1
            raise ProcessLost
        return super()._session_for(request)


@pytest.mark.parametrize("losses", [1, 2])
def test_what_is_lost_with_its_process_is_graded_once_more(tmp_path: Path, losses: int) -> None:
    (tmp_path / "value.py").write_bytes(RIGHT)
    worker = LosesProcesses(losses)

    result = worker.work(job_of(CHOICE, tmp_path))
    worker.release()

    assert [report.passed for report in result.reports] == [True] * (2 - losses)
    assert result.ours == (losses == 2)


def hidden_course(folder: Path) -> GradeRequest:
    """A request for an exercise of ours, of which one check is hidden."""
    copytree(ROOT / "exercises/my475/09_ex9", folder / "own" / "09_ex9")
    checks = folder / "own" / "09_ex9" / "checks.py"
    before = "@check(points=1)\ndef minus_gradients"
    text = checks.read_text(encoding="utf-8")
    assert before in text
    hides = before.replace("points=1", 'points=1, visibility="hidden"')
    checks.write_text(text.replace(before, hides), encoding="utf-8")
    return GradeRequest("own/ex9", homes=(folder,))


@pytest.mark.parametrize("sample", ["minus", "right"])
@pytest.mark.parametrize("for_staff", [False, True])
def test_what_hides_something_is_graded_once_more_for_staff_where_that_is_asked(
    tmp_path: Path, sample: str, for_staff: bool
) -> None:
    request = hidden_course(tmp_path)
    folder = tmp_path / "handed"
    folder.mkdir()
    copy(SAMPLES / f"{sample}.py", folder)

    worker = Worker()
    result = worker.work({**job_of(request, folder), FOR_STAFF: for_staff})
    worker.release()
    back = job_result(json.loads(json.dumps(plain_result(result))))

    (report,) = result.reports
    assert back == result
    assert len(result.staff_reports) == (for_staff and sample == "minus")
    for shown in result.staff_reports:
        failed = next(one for one in shown.checks if one.id == "minus_gradients")
        assert shown.score == report.score == 3.0
        assert failed.counterexample is not None
        assert shown.notes[0] == (
            "for who teaches alone; hidden from students: Subtraction sends a minus to its right "
            "operand"
        )


def test_one_that_is_asked_to_end_while_it_warms_up_knows_what_it_has_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Zygotes:
        isolation = "limits"

        def __init__(self, *_: object) -> None:
            signal.raise_signal(signal.SIGTERM)

        def close(self) -> None:
            closed.append(self)

    closed: list[Zygotes] = []
    worker = Worker()
    monkeypatch.setattr("grader.course.batch.worker.ZygotePool", Zygotes)
    before = signal.signal(signal.SIGTERM, lambda *_: worker.release())
    try:
        worker.warm_up("limits")
    finally:
        signal.signal(signal.SIGTERM, before)

    assert len(closed) == 1
