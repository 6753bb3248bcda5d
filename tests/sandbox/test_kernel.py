"""Notebooks in a real Jupyter kernel: the same verdict as without one."""

import os
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest
from grader.reports.report import Report
from grader.reports.report_json import plain
from grader.sandbox.kernel import Kernel, KernelUnavailable
from grader.submissions.submission import Submission
from tests.grading_fixtures import GradeCells, fresh
from tests.places import SAMPLES
from tests.ready_grader import ReadyGrader
from tests.sandbox.engines import RIGHT, SHORT_CELLS, messages
from tests.sandbox.processes import children, descriptors, started

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="--kernel needs a socket pair")

EVERYTHING = [
    "%matplotlib inline\n%load_ext autoreload\n!pip install nothing-of-this-name",
    "import asyncio\nawait asyncio.sleep(0.01)",
    "from graphviz import Digraph\nDigraph().render('x')",
    "class Value:\n    pass",
    "%%nosuchmagic\nx = 1",
    f"%%writefile engine.py\n{RIGHT.replace('n * self', 'self')}",
    "%%capture\nfrom engine import Value\nprint('hidden')",
    "1 / 0",
    "def broken(",
    "exit()",
    "import sys; sys.exit(0)",
    "print('x' * 100)\nimport os; os.write(1, b'past the kernel'); os.system('echo past it')",
    "display(Value(3))",
    "get_ipython = None",
]


@pytest.fixture
def ready_grader() -> ReadyGrader:
    """Fresh interpreters: what is claimed is of processes."""
    return fresh()


def verdict(report: Report) -> object:
    """All of a report but the time it took."""
    return plain(report._replace(duration_s=0.0))


def test_a_notebook_as_students_hand_it_in_gets_the_same_verdict_however_deep_temporary_files_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, deep = str(SAMPLES / "value.ipynb"), tmp_path.joinpath(*["job"] * 30)
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))

    with_kernel, without = (
        grade_exercise(GradeRequest("ex9", path, kernel=way), None).report for way in (True, False)
    )

    assert verdict(with_kernel) == verdict(without)
    assert with_kernel.passed


def test_a_notebook_with_everything_in_it_gets_the_same_verdict(
    grade_cells: GradeCells, capfd: pytest.CaptureFixture[str]
) -> None:
    processes, threads, open_files = started(), threading.active_count(), descriptors()

    with_kernel, without = (grade_cells(EVERYTHING, kernel=way) for way in (True, False))

    assert verdict(with_kernel) == verdict(without)
    assert messages(with_kernel) == ["a.grad is 3.0, expected 6.0"]
    assert capfd.readouterr() == ("", "")
    assert children(besides=processes) == []
    assert threading.active_count() == threads
    assert descriptors() <= open_files


def test_a_cell_that_hangs_gets_the_same_verdict(grade_cells: GradeCells) -> None:
    cells = [RIGHT, "while True: pass"]

    with_kernel, without = (
        grade_cells(cells, kernel=way, limits=SHORT_CELLS) for way in (True, False)
    )

    assert verdict(with_kernel) == verdict(without)
    assert with_kernel.passed


def test_a_kernel_that_dies_in_a_cell_leaves_the_cells_above_it(grade_cells: GradeCells) -> None:
    report = grade_cells([RIGHT, "import os; os._exit(3)"], kernel=True)

    assert report.passed
    assert report.notes[0] == (
        "running value.ipynb ended before its end: its process ended by itself, with exit status 3"
        " (cell 2, line 1: `import os; os._exit(3)`); what stood above it was graded"
    )


def interpreter(folder: Path, script: str) -> str:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("script", "says"), [(None, "No such file or directory"), ("exit 3", "Kernel died")]
)
def test_a_kernel_that_does_not_start_is_not_the_student_s_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, says: str
) -> None:
    path = interpreter(tmp_path, script) if script else str(tmp_path / "missing")
    monkeypatch.setattr(sys, "executable", path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    submission = Submission("value.ipynb", str(tmp_path), "notebook", "", cells=(RIGHT,))
    processes = started()

    with pytest.raises(KernelUnavailable, match=f"kernel did not start: .*{says}") as told:
        Kernel(submission)

    assert told.value.hint == "leave --kernel out, or see that ipykernel works here"
    assert [name for name in os.listdir(tmp_path) if name.startswith("grade-")] == []
    assert children(besides=processes) == []
