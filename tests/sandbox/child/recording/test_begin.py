"""A submission that is recorded runs in a process of its own, and asks for its numbers."""

from pathlib import Path

import pytest

from grader.sandbox.interpreter import ROOT, Interpreter, site_folders
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.subject import Subject, request_for
from grader.sandbox.trace import HeldNode, Trace
from grader.submissions.submission import find
from tests.sandbox.recording.recorded import ENGINE

LOOP = """
w = Value(1.0)
for _ in range(3):
    loss = (w * 2.0 - 6.0) ** 2
    w.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad
print(w.data)
"""


FORGED = """
for cell in Value.__add__.__closure__ or ():
    if hasattr(cell.cell_contents, "waiting"):
        cell.cell_contents.waiting.extend((66, 10**9, 0))
print(Value(1.0).data)
"""


def trace_of(folder: Path, source: str, limits: Limits = Limits()) -> Trace | None:  # noqa: B008
    (folder / "value.py").write_text(source, encoding="utf-8")
    submission = find(str(folder / "value.py"), "ex12")
    subject = Subject(
        Interpreter, request_for(submission, limits, site_folders(), str(ROOT)), limits
    )
    try:
        subject.load()
        return subject.trace_on_right_engine("Value")
    finally:
        subject.close()


def test_a_run_comes_back_with_its_trainings_and_its_variables(tmp_path: Path) -> None:
    trace = trace_of(tmp_path, ENGINE + LOOP)

    assert trace is not None
    (training,) = trace.trainings
    held = trace.moments[-1].variables["w"]
    assert isinstance(held, HeldNode)
    assert (training.made, training.losses[0]) == (3, 16.0)
    assert (training.place.file, held.data) == ("value.py", training.end[held.id][0])
    assert f"{held.data.value}" in trace.moments[-1].printed


@pytest.mark.parametrize(
    "more",
    [
        "import numpy\nValue(numpy.zeros(3))\n",
        "if hasattr(Value(1.0), '_recorded_node'):\n    raise OSError\n",
        "if hasattr(Value(1.0), '_recorded_node'):\n    while True:\n        pass\n",
        FORGED,
    ],
    ids=["arrays", "raises where it is recorded", "hangs where it is recorded", "forges"],
)
def test_a_run_that_goes_another_way_is_not_believed(tmp_path: Path, more: str) -> None:
    assert trace_of(tmp_path, ENGINE + LOOP + more, Limits(load_s=0.2)) is None


def test_what_stood_before_a_process_ended_is_recorded(tmp_path: Path) -> None:
    trace = trace_of(tmp_path, ENGINE + LOOP + "import os\nos._exit(0)\n")

    assert trace is not None
    assert [training.made for training in trace.trainings] == [3]


def test_a_run_that_its_engine_brings_down_goes_on_here(tmp_path: Path) -> None:
    engine = ENGINE.replace("out = Value(self.data * other.data, (self, other))", "raise OSError")

    trace = trace_of(tmp_path, engine + LOOP)

    assert trace is not None
    assert [training.made for training in trace.trainings] == [3]
