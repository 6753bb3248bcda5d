"""A submission's own run is made again with an edit of it, in a process of its own."""

from collections.abc import Iterator

import pytest

from grader.exercises import catalogue
from grader.sandbox.edits.editable import KERNEL
from grader.sandbox.interpreter import ROOT, Interpreter, site_folders
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.subject import Subject, request_for
from grader.submissions.submission import Submission
from tests.exercises.shipped.inprocess import InProcess

ENGINE = catalogue.solution(catalogue.load(catalogue.find("my475/ex9")))
LOOP = """
w = Value(0.0)
for _ in range(4):
    loss = (w - Value(2.0)) ** 2
    w.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad
"""
SOURCE = ENGINE + LOOP


@pytest.fixture
def subject() -> Iterator[Subject]:
    submission = Submission("value.py", "/", "script", "", SOURCE)
    limits = Limits(load_s=0.2, program_s=1.0)
    found = Subject(Interpreter, request_for(submission, limits, site_folders(), str(ROOT)), limits)
    found.load()
    yield found
    found.close()


@pytest.mark.parametrize("engine", ["Value", None])
def test_an_edit_leaves_behind_what_its_own_run_makes(subject: Subject, engine: str | None) -> None:
    longer = subject.trace_of_edit(SOURCE.replace("range(4)", "range(6)"), engine)

    assert longer is not None
    assert [one.made for one in longer.trainings] == [6]
    assert [one.made for one in subject.trace().trainings] == [4]  # which is as it was


@pytest.mark.parametrize("engine", ["Value", None])
@pytest.mark.parametrize("edit", ["while True:", "for _ in nothing_of_this_name:"])
def test_what_does_not_come_as_far_leaves_nothing(
    subject: Subject, engine: str | None, edit: str
) -> None:
    found = subject.trace_of_edit(SOURCE.replace("for _ in range(4):", edit), engine)

    assert found is None or not found.trainings


def test_a_source_of_ours_is_edited_in_this_process_likewise() -> None:
    found = InProcess(SOURCE).trace_of_edit(SOURCE.replace("range(4)", "range(6)"), "Value")

    assert found is not None
    assert [one.made for one in found.trainings] == [6]


def test_a_kernel_is_not_started_again_for_an_edit() -> None:
    submission = Submission("value.py", "/", "script", "", SOURCE)
    limits, started = Limits(program_s=1.0), list[int]()
    request = {**request_for(submission, limits, site_folders(), str(ROOT)), KERNEL: True}

    def launch() -> Interpreter:
        started.append(1)
        return Interpreter()

    subject = Subject(launch, request, limits)
    subject.load()
    found = subject.trace_of_edit(SOURCE, "Value")
    subject.close()

    assert found is None
    assert len(started) == 1
