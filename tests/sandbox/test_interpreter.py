"""A fresh interpreter: what it is given, and that it ends with all that it started."""

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.interpreter import (
    ROOT,
    Interpreter,
    end_group,
    ended_by_itself,
    environment,
    site_folders,
    spawned,
)
from tests.places import SAMPLES

linux = pytest.mark.skipif(sys.platform != "linux", reason="descriptors are told by Linux alone")
unix = pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no groups")


def started(code: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True
    )


def test_an_interpreter_ends_when_its_line_closes_and_is_reaped_once() -> None:
    process = Interpreter()

    process.channel.close()
    status = process.end(10.0)

    assert status == 0
    assert process.end() == 0
    assert process.cpu_s() is None


def test_one_that_does_not_end_by_itself_is_ended() -> None:
    process = Interpreter()

    assert process.end() is None


@unix
def test_how_a_process_ended_is_known_before_it_is_reaped() -> None:
    with started("import os; os.kill(os.getpid(), 15)") as process:
        assert ended_by_itself(process, 10.0) == -15
        assert process.returncode is None

        end_group(process)
        assert process.returncode == -15


@unix
def test_what_a_process_started_ends_with_its_group() -> None:
    with started("import os, time; os.fork() or print(1, flush=True); time.sleep(60)") as process:
        assert process.stdout is not None
        process.stdout.readline()

        end_group(process)

        assert process.stdout.read() == b""  # nobody holds its other end any more


def test_no_secret_travels_and_numeric_libraries_keep_to_one_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", "secret")
    monkeypatch.setenv("LANG", "C.UTF-8")

    given = environment()

    assert "CANVAS_TOKEN" not in given
    assert (given["LANG"], given["OMP_NUM_THREADS"], given["MPLBACKEND"]) == ("C.UTF-8", "1", "Agg")


def test_folders_with_packages_are_named_and_the_grader_s_own_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "path", ["", str(ROOT), str(tmp_path), str(tmp_path / "gone")])

    assert site_folders() == [str(tmp_path)]


DESCRIPTORS = """
import os
found = [int(one) for one in os.listdir("/proc/self/fd")]
print(sorted(one for one in found if os.path.exists(f"/proc/self/fd/{one}")))
"""


@linux
def test_a_process_gets_three_descriptors_and_a_session_of_its_own() -> None:
    ours, inherited = os.pipe()
    os.set_inheritable(inherited, True)

    process, replies, requests = spawned([sys.executable, "-c", DESCRIPTORS], environment())
    with replies, requests:
        told = replies.read()
    status = process.wait()

    assert (told, status) == (b"[0, 1, 2]\n", 0)
    assert os.get_inheritable(inherited)
    os.close(ours)
    os.close(inherited)


@linux
def test_a_process_begins_with_the_signals_as_they_are_by_default() -> None:
    process, replies, requests = spawned(["/bin/cat", "/proc/self/status"], environment())
    with replies, requests:
        told = replies.read().decode()
    process.wait()

    ignored = int(told.partition("SigIgn:")[2].split()[0], 16)
    assert not any(ignored >> one - 1 & 1 for one in (signal.SIGPIPE, signal.SIGXFSZ))


@linux
def test_how_a_spawned_process_ended_is_kept() -> None:
    killed, *lines = spawned([sys.executable, "-c", "input()"], environment())

    assert killed.poll() is None
    killed.kill()
    assert killed.wait() == -9
    assert killed.poll() == -9
    killed.kill()  # it has ended, and its number may be another's by now
    for line in lines:
        line.close()


@linux
def test_a_program_that_is_not_there_leaves_no_descriptor() -> None:
    before = os.listdir("/proc/self/fd")

    with pytest.raises(FileNotFoundError):
        spawned(["/nowhere/python"], environment())

    assert os.listdir("/proc/self/fd") == before


@linux
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_grading_works_where_a_standard_descriptor_is_closed(closed: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    words = [sys.executable, "-m", "grader", "ex9", str(SAMPLES / "right.py")]
    line = f"{shlex.join([*words, '--report', f'json={report}'])} {closed}"

    subprocess.run(["/bin/sh", "-c", line], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)

    assert json.loads(report.read_text(encoding="utf-8"))["passed"]
