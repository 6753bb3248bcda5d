"""Limits that a process puts on itself, looked at in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.protocol.limits import Limits
from tests.grading_fixtures import GradeSource
from tests.places import ROOT
from tests.sandbox.engines import RIGHT

resource = pytest.importorskip("resource", reason="Windows has no such limits")
MB = 1 << 20


def confined(code: str, limits: Limits, before: str = "") -> "subprocess.CompletedProcess[str]":
    """Run `code` in a process that has put `limits` on itself."""
    script = f"""
import json, mmap, os, resource, signal, sys
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.child.resource_limits import confine
{before}
confine(Limits(*{list(limits)}))
{code}
"""
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )


def limits_in_force(limits: Limits, before: str = "") -> dict[str, list[int]]:
    names = ("CORE", "CPU", "FSIZE", "NOFILE", "DATA", "AS")
    code = (
        f"print(json.dumps({{n: resource.getrlimit(getattr(resource, 'RLIMIT_' + n))"
        f" for n in {names}}}))"
    )
    told: dict[str, list[int]] = json.loads(confined(code, limits, before).stdout)
    return told


def test_the_limits_are_those_asked_for() -> None:
    limits = limits_in_force(Limits(cpu_s=7, file_mb=3))

    assert limits["CORE"] == [0, 0]
    assert limits["CPU"] == [8, 9]
    assert limits["FSIZE"] == [3 * MB, 3 * MB]
    assert limits["NOFILE"] == [256, 256]


def test_a_limit_that_stands_is_never_raised() -> None:
    before = "resource.setrlimit(resource.RLIMIT_CPU, (5, 5))\n"
    before += "resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))"

    limits = limits_in_force(Limits(cpu_s=7), before)

    assert limits["CPU"] == [5, 5]
    assert limits["NOFILE"] == [100, 100]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much is in use")
def test_memory_is_counted_from_what_the_interpreter_uses() -> None:
    small, large = (limits_in_force(Limits(memory_mb=size))["DATA"][0] for size in (100, 300))

    assert small > 100 * MB
    assert 199 * MB <= large - small <= 201 * MB


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much is in use")
def test_the_largest_memory_is_a_process_s_own_and_stays_known() -> None:
    code = "before = peak_kb(); len(b'x' * (64 << 20)); print(before, peak_kb())"
    begin = f"from grader.sandbox.child.resource_limits import peak_kb; {code}"
    held = bytearray(b"x") * (256 << 20)  # whose process starts another, which has none of it

    done = subprocess.run([sys.executable, "-c", begin], cwd=ROOT, capture_output=True, check=True)

    before, after = map(int, done.stdout.split())
    assert before << 10 < len(held)
    assert 60 << 10 < after - before < 80 << 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces it")
def test_memory_beyond_the_limit_is_a_memory_error() -> None:
    done = confined("bytearray(200 << 20)", Limits(memory_mb=100))

    assert done.returncode == 1
    assert done.stderr.endswith("MemoryError\n")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces it")
def test_a_library_s_addresses_are_not_memory() -> None:
    code = """
with open(sys.executable, "rb") as library:
    maps = [mmap.mmap(library.fileno(), 0, prot=mmap.PROT_READ) for _ in range(50)]
print(sum(map(len, maps)) > 1)
"""

    assert confined(code, Limits(memory_mb=20)).stdout == "True\n"


def test_a_file_larger_than_the_limit_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "large"
    code = f"open({str(path)!r}, 'wb').write(b'x' * (3 << 20))"

    done = confined(code, Limits(file_mb=1))

    assert "OSError: [Errno 27] File too large" in done.stderr
    assert path.stat().st_size <= MB


def test_cpu_seconds_beyond_the_limit_end_the_process_with_a_signal_that_tells() -> None:
    done = confined("while True: pass", Limits(cpu_s=0))

    assert done.returncode == -24  # SIGXCPU


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how many there are")
def test_an_ordinary_user_has_a_limit_of_processes_above_those_that_run() -> None:
    code = """
made = 0
try:
    while made < 2000:
        if os.fork() == 0:
            signal.pause()
        made += 1
except OSError as error:
    print(json.dumps([made, error.errno]), flush=True)
finally:
    os.killpg(0, 9)
"""
    before = "os.setsid()\nif os.getuid() == 0: os.setuid(65534)  # root has no such limit"

    done = confined(code, Limits(processes=20), before)

    made, errno = json.loads(done.stdout)
    assert 20 <= made < 2000
    assert errno == 11  # EAGAIN


def test_a_submission_s_files_and_descriptors_are_limited(grade_afresh: GradeSource) -> None:
    code = """
import tempfile
held = []
try:
    while len(held) < 2000: held.append(tempfile.TemporaryFile())
except OSError as error:
    number = error.errno
raise RuntimeError(f"{len(held) < 256} {number}")
"""

    report = grade_afresh(RIGHT + code)

    assert report.notes[0].startswith("value.py raises RuntimeError: True 24 ")
