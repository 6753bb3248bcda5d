"""Grades in the process of the test, for tests that claim nothing of others."""

import atexit
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import chdir
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeVar

import pytest

from grader.cli.main import run
from grader.course.batch.worker import release

atexit.register(release)  # what is open for the next job serves all tests of this process
T = TypeVar("T")
HERE: Final = f"{__name__}:Here"


class Here(Executor):
    """An executor that does a job at once, where it is submitted."""

    def submit(self, function: Callable[..., T], /, *arguments: Any, **options: Any) -> Future[T]:
        """Call a function, and return its result."""
        done: Future[T] = Future()
        done.set_result(function(*arguments, **options))
        return done


def run_here(
    words: Sequence[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> "CompletedProcess[str]":
    """Run a command of ours in a folder, and return how it ended, as of a process of its own."""
    elsewhere = words[0] == "batch" and "--executor" not in words
    words = [*words, *(("--executor", HERE) if elsewhere else ())]
    capsys.readouterr()
    with chdir(folder):
        status = run(words)
    return CompletedProcess(words, status, *capsys.readouterr())
