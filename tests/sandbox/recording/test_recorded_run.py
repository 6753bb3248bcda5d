"""A run that is recorded is believed where it comes as far as the one before it."""

from pathlib import Path

import pytest

from grader.engines.observation import Fault
from grader.sandbox.interpreter import ROOT, Interpreter, site_folders
from grader.sandbox.load_result import LoadResult, Mishap
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.recording.recorded_run import recorded_run
from grader.sandbox.subject import request_for
from grader.sandbox.trace import Trace
from grader.submissions.submission import find
from tests.sandbox.recording.recorded import ENGINE

STOPPED = Mishap("value.py", Fault("OutOfTime", "", None))
LOOP = "w = Value(1.0)\nfor _ in range(3):\n    (w * w).backward()\n"


def run(folder: Path, code: str, before: LoadResult) -> Trace | None:
    (folder / "value.py").write_text(ENGINE + code, encoding="utf-8")
    submission, limits = find(str(folder / "value.py"), "ex12"), Limits(load_s=0.2)
    request = request_for(submission, limits, site_folders(), str(ROOT))
    return recorded_run(Interpreter, {**request, "record": ["Value", False]}, limits, before)


def test_it_leaves_behind_what_it_did(tmp_path: Path) -> None:
    trace = run(tmp_path, LOOP, LoadResult("ran"))

    assert trace is not None
    assert [training.made for training in trace.trainings] == [3]


@pytest.mark.parametrize(("ended", "is_believed"), [("timed out", True), ("ran", False)])
def test_one_without_end_is_believed_if_the_one_before_had_none(
    tmp_path: Path, ended: str, *, is_believed: bool
) -> None:
    trace = run(tmp_path, LOOP + "while True:\n    pass\n", LoadResult(ended, (STOPPED,)))

    assert (trace is not None) is is_believed
