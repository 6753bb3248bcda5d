"""Grades source text as the command does, and runs the real command."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from grader.grading.request import GradeRequest
from grader.reports.report import Report
from grader.sandbox.protocol.limits import Limits
from tests.places import ROOT
from tests.ready_grader import AS_ASKED, ReadyGrader
from tests.sandbox.engines import USUAL


class GradeSource(Protocol):
    def __call__(
        self,
        source: str,
        exercise: str = "ex9",
        *,
        limits: Limits = USUAL,
        name: str = "value.py",
        class_name: str | None = None,
    ) -> Report: ...


class GradeCells(Protocol):
    def __call__(
        self,
        cells: Sequence[str],
        *,
        limits: Limits = USUAL,
        kernel: bool = False,
        exercise: str = "ex9",
    ) -> Report: ...


class Command(Protocol):
    def __call__(self, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]": ...


@pytest.fixture(scope="session")
def ready_grader() -> Iterator[ReadyGrader]:
    """Where scripts and notebooks are graded; what is claimed of processes has `fresh` ones."""
    with ReadyGrader(forked=True) as made:
        yield made


@pytest.fixture
def grade_source(tmp_path: Path, ready_grader: ReadyGrader) -> GradeSource:
    """Grade a script."""
    return _scripts_graded(tmp_path, ready_grader)


@pytest.fixture
def grade_afresh(tmp_path: Path) -> GradeSource:
    """Grade a script in a fresh interpreter: for what is claimed of its process."""
    return _scripts_graded(tmp_path, fresh())


def fresh() -> ReadyGrader:
    """Return what grades in fresh interpreters, as a command does."""
    return ReadyGrader(forked=False)


def _scripts_graded(folder: Path, grader: ReadyGrader) -> GradeSource:
    def graded(
        source: str,
        exercise: str = "ex9",
        *,
        limits: Limits = USUAL,
        name: str = "value.py",
        class_name: str | None = None,
    ) -> Report:
        path = folder / name
        path.write_text(source, encoding="utf-8")
        choice = GradeRequest(exercise, str(path), class_name=class_name, limits=limits)
        return grader.report(choice._replace(examples_s=AS_ASKED))

    return graded


@pytest.fixture
def grade_cells(tmp_path: Path, ready_grader: ReadyGrader) -> GradeCells:
    """Grade a notebook of code cells, with or without a kernel."""

    def graded(
        cells: Sequence[str],
        *,
        limits: Limits = USUAL,
        kernel: bool = False,
        exercise: str = "ex9",
    ) -> Report:
        from nbformat.v4 import new_code_cell, new_notebook, writes

        notebook = new_notebook(  # type: ignore[no-untyped-call]
            cells=[
                new_code_cell(cell, id=f"cell-{number}")  # type: ignore[no-untyped-call]
                for number, cell in enumerate(cells)
            ]
        )
        path = tmp_path / "value.ipynb"
        path.write_text(writes(notebook), encoding="utf-8")  # type: ignore[no-untyped-call]
        choice = GradeRequest(exercise, str(path), kernel=kernel, limits=limits)
        return ready_grader.report(choice._replace(examples_s=AS_ASKED))

    return graded


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run `grade` with the words given, in a folder of its own."""

    def run(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "grader", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )

    return run
