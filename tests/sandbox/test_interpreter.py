"""A fresh interpreter: what it is given, and that it ends with all that it started."""

import os
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
)

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
