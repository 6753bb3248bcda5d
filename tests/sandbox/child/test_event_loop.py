"""Event loops, of a script and of a notebook's top-level await, in each way to run a submission."""

import textwrap
from collections.abc import Iterator
from contextlib import closing
from typing import cast

import pytest

from grader.exercises import catalogue
from grader.grading.preparation import oracles
from grader.grading.prepared_exercise import prepare_exercise
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import Report
from grader.sandbox.interpreter import ROOT, Interpreter, site_folders
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.subject import Subject, request_for
from grader.sandbox.submission_run import SandboxProcess
from grader.submissions.submission import Submission
from tests.sandbox.engines import RIGHT
from tests.sandbox.zygotes import started_zygote

LOOP = """
import asyncio

async def value():
    loop = asyncio.get_running_loop()
    later = loop.create_future()
    loop.call_later(0.01, lambda: loop.call_soon_threadsafe(later.set_result, 7))
    await asyncio.gather(asyncio.sleep(0.01), asyncio.sleep(0.02))
    return await later
"""
SCRIPT = RIGHT + LOOP + "\nassert asyncio.run(value()) == asyncio.run(value()) == 7\n"
ENGINE = textwrap.indent(RIGHT, "    ")
CELLS = (LOOP, "found = await value()", "found = await value()", f"if found == 7:\n{ENGINE}")


@pytest.fixture(scope="module", params=["limits", "full", "container"])
def launch(request: pytest.FixtureRequest) -> Iterator[type[SandboxProcess]]:
    """Start a world, in each way that this machine allows."""
    if request.param == "limits":
        yield Interpreter
        return
    with started_zygote(cast("Tier", request.param), ["grader.sandbox.child.notebook"]) as walls:
        yield cast("type[SandboxProcess]", walls.fork)


def graded(launch: type[SandboxProcess], submission: Submission) -> Report:
    exercise = catalogue.load(catalogue.find("ex9"))
    asked = prepare_exercise(exercise, oracles(exercise, "recorded"))
    request = request_for(submission, Limits(), site_folders(), str(ROOT))
    with closing(Subject(launch, request, Limits())) as subject:
        return grade(asked, submission, subject, GradingOptions(examples_s=0))


def mishaps(report: Report) -> list[str]:
    return [note for note in report.notes if " raises " in note]


def test_a_script_may_run_event_loops(launch: type[SandboxProcess]) -> None:
    report = graded(launch, Submission("value.py", "", "script", "0" * 64, SCRIPT))

    assert (report.score, mishaps(report)) == (5, [])


def test_a_notebook_may_await_between_its_cells(launch: type[SandboxProcess]) -> None:
    report = graded(launch, Submission("value.ipynb", "", "notebook", "0" * 64, cells=CELLS))

    assert (report.score, mishaps(report)) == (5, [])
