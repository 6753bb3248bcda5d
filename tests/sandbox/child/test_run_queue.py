"""The time in the queue for a processor, as Linux tells it, is left out of what passes."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from grader.sandbox.child import run_queue

UNTIL_NOW = pytest.approx(0.0, abs=5.0)  # seconds: a machine may be busy


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    yield
    run_queue.watch(-1)


def told(folder: Path, text: str) -> int:
    """A descriptor of a file that says this."""
    (folder / "schedstat").write_text(text)
    return os.open(folder / "schedstat", os.O_RDONLY)


@pytest.mark.skipif(not hasattr(os, "pread"), reason="Windows tells nothing")
def test_what_passes_is_less_by_the_time_in_the_queue(tmp_path: Path) -> None:
    run_queue.watch(told(tmp_path, "5000000 86400000000000 12\n"))

    assert monotonic() - run_queue.passed_s() - 86_400 == UNTIL_NOW


@pytest.mark.parametrize("text", ["", "12", "1 two 3"])
def test_where_nothing_is_told_all_that_passes_counts(tmp_path: Path, text: str) -> None:
    run_queue.watch(told(tmp_path, text))

    assert monotonic() - run_queue.passed_s() == UNTIL_NOW


def test_what_has_been_closed_tells_nothing(tmp_path: Path) -> None:
    descriptor = told(tmp_path, "0 86400000000000 1")
    os.close(descriptor)
    run_queue.watch(descriptor)

    assert monotonic() - run_queue.passed_s() == UNTIL_NOW


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
@pytest.mark.parametrize("by_descriptor", [False, True])
def test_the_kernel_tells_of_this_process(by_descriptor: bool) -> None:
    proc = os.open("/proc", os.O_RDONLY)
    opened = run_queue.opened(proc if by_descriptor else "/proc")

    held = os.readlink(f"/proc/self/fd/{opened}")

    os.close(opened)
    os.close(proc)
    assert held == f"/proc/{os.getpid()}/schedstat"


def test_where_there_is_no_proc_nothing_is_opened(tmp_path: Path) -> None:
    assert run_queue.opened(str(tmp_path)) == -1
    assert run_queue.opened(-1) == -1
