"""Grading leaves nothing behind: no process, no thread, no descriptor, no file."""

import os
import re
import signal
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from grader.reports.report import Report
from tests.grading_fixtures import GradeCells, GradeSource, fresh
from tests.ready_grader import ReadyGrader
from tests.sandbox.engines import RIGHT, SHORT, after, inside
from tests.sandbox.processes import children, descriptors, group, started

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has /proc")

TELLS = "\nimport os\nraise RuntimeError(f'process {os.getpid()}')"
HOSTILE = {
    "ends": after("import os; os._exit(0)"),
    "hangs": after("import signal; signal.setitimer(0, 0); signal.pause()"),
    "stops": after("import os; os.kill(os.getpid(), 19)"),
    "closes everything": after("import os; os.closerange(0, 256)"),
    "writes junk": after("import os; os.write(4, b'junkjunkjunk')"),
    "ends in backward": inside("backward", "import os; os._exit(0)"),
    "is right": RIGHT,
}


@pytest.fixture
def ready_grader() -> ReadyGrader:
    """Fresh interpreters: what is claimed is of processes."""
    return fresh()


def process_of(report: Report) -> int:
    found = re.search(r"process (\d+)", report.notes[0])
    assert found
    return int(found.group(1))


def test_a_process_that_the_submission_started_ends_with_it(grade_afresh: GradeSource) -> None:
    code = """
        import subprocess, sys
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    """

    report = grade_afresh(after(code) + TELLS)

    assert report.passed
    assert group(process_of(report)) == []


def test_a_family_of_copies_ends_with_the_submission(grade_afresh: GradeSource) -> None:
    code = """
        import os, signal, time
        def copy():
            if os.fork() == 0:
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                os.fork()
                time.sleep(60)
                os._exit(0)
        for _ in range(5):
            copy()
    """

    report = grade_afresh(after(code) + TELLS)

    assert report.passed
    assert group(process_of(report)) == []


def test_a_thread_that_never_ends_does_not_keep_the_process(grade_afresh: GradeSource) -> None:
    code = """
        import threading, time
        threading.Thread(target=time.sleep, args=(60,)).start()
    """

    report = grade_afresh(after(code) + TELLS)

    assert report.passed
    assert group(process_of(report)) == []


def test_a_process_that_left_the_group_keeps_nobody_waiting(grade_afresh: GradeSource) -> None:
    code = """
        import os, time
        left = os.fork()
        if left == 0:
            os.setsid()
            time.sleep(120)
            os._exit(0)
        raise RuntimeError(f"process {left}")
    """
    began = monotonic()

    report = grade_afresh(after(code))

    assert monotonic() - began < 60
    assert report.passed
    with suppress(ProcessLookupError):
        os.kill(process_of(report), signal.SIGKILL)


@pytest.mark.parametrize("source", HOSTILE.values(), ids=list(HOSTILE))
def test_no_child_no_thread_and_no_descriptor_is_left(
    grade_afresh: GradeSource, source: str
) -> None:
    grade_afresh(RIGHT)
    processes, threads, open_files = started(), threading.active_count(), descriptors()

    grade_afresh(source, "ex3", limits=SHORT)

    assert children(besides=processes) == []
    assert threading.active_count() == threads
    assert descriptors() <= open_files


def test_a_notebook_leaves_nothing_in_the_home_folder(
    grade_cells: GradeCells, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(home))

    report = grade_cells([RIGHT, "%matplotlib inline", "1 + 1"])

    assert report.passed
    assert list(home.iterdir()) == []


def test_nothing_is_compiled_beside_the_submission(
    grade_afresh: GradeSource, tmp_path: Path
) -> None:
    (tmp_path / "engine.py").write_text(RIGHT, encoding="utf-8")

    grade_afresh("from engine import Value")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["engine.py", "value.py"]
