"""What /proc tells of a process."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from grader.sandbox.usage import Usage, pid_of, usage_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
BUSY = """
import os, sys, time
held = bytearray(100 << 20)
while time.process_time() < 0.3: pass
os.write(1, b"x" * 50_000)
sys.stdin.read()
"""


@pytest.fixture
def busy() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        [sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.read(50_000)
        yield process
        process.kill()


def test_processor_memory_and_what_was_written_are_told(busy: "subprocess.Popen[bytes]") -> None:
    used = usage_of(busy.pid)

    assert used.cpu_s is not None
    assert 0.25 <= used.cpu_s < 5
    assert 100 << 10 < used.peak_kb < 200 << 10
    assert used.written_kb == 50_000 // 1024


def test_of_one_that_is_gone_nothing_is_told() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()

    assert usage_of(process.pid) == Usage(None, 0, 0)


def test_the_process_behind_a_pidfd_is_known(busy: "subprocess.Popen[bytes]") -> None:
    descriptor = os.pidfd_open(busy.pid)
    try:
        assert pid_of(descriptor) == busy.pid
    finally:
        os.close(descriptor)


def test_no_process_is_behind_a_plain_descriptor() -> None:
    assert pid_of(0) == 0
