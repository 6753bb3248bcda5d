"""A command that somebody ends takes down what it has built."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from grader.cli.signals import Terminated, end_in_order, ends_in_order
from tests.handed_in import notebook
from tests.sandbox.processes import group

linux = pytest.mark.skipif(sys.platform != "linux", reason="walls are Linux's")
LONGEST_S = 60.0


def test_a_request_to_end_is_raised_and_what_stood_there_stands_again() -> None:
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(Terminated) as ended, end_in_order():
        signal.raise_signal(signal.SIGTERM)

    assert ended.value.status == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_command_that_is_ended_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    @ends_in_order
    def command(number: int) -> int:
        signal.raise_signal(number)
        return 0

    assert command(signal.SIGTERM) == 128 + signal.SIGTERM
    assert capsys.readouterr().err == "Error: stopped\n"


def test_who_ignores_a_request_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)  # so `nohup` has it with SIGHUP
    try:
        with end_in_order():
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)


class Asking:
    """Is asked to end while it is let go, where nothing is raised."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGTERM)


@pytest.mark.parametrize("again_s", [0.0002, 0.01])  # while it is still told of the first
def test_a_request_that_comes_where_nothing_is_raised_is_raised_soon(
    monkeypatch: pytest.MonkeyPatch, again_s: float
) -> None:
    monkeypatch.setattr("grader.cli.signals.AGAIN_S", again_s)

    def asked() -> None:
        Asking()
        sleep(LONGEST_S)
        pytest.fail("it was not raised")

    with pytest.raises(Terminated), end_in_order():
        asked()


def test_a_request_that_comes_there_twice_is_raised_as_well() -> None:
    def asked() -> None:
        Asking()
        Asking()
        sleep(LONGEST_S)
        pytest.fail("it was not raised")

    with pytest.raises(Terminated), end_in_order():
        asked()


def test_whoever_is_done_by_then_is_asked_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cli.signals.AGAIN_S", 0.2)
    asked: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: asked.append(number))
    try:
        with end_in_order():
            Asking()
        sleep(0.4)
    finally:
        signal.signal(signal.SIGTERM, before)

    assert asked == []


def test_what_else_cannot_be_raised_is_told_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    class Dying:
        def __del__(self) -> None:
            raise ValueError("of its own")

    told: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", lambda unraisable: told.append(unraisable.exc_value))
    hook = sys.unraisablehook

    with end_in_order():
        Dying()

    assert list(map(repr, told)) == ["ValueError('of its own')"]
    assert sys.unraisablehook is hook


def begun(tmp_path: Path, *words: str) -> "subprocess.Popen[bytes]":
    (tmp_path / "tmp").mkdir()
    return subprocess.Popen(
        [sys.executable, "-m", "grader", *words],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@linux
@pytest.mark.parametrize("words", [["doctor"], ["ex9", "value.py", "--walls", "full"]])
def test_who_is_asked_to_end_takes_down_what_is_being_built(
    tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "value.py").write_text("while True: pass\n", encoding="utf-8")
    asked = begun(tmp_path, *words)
    while asked.poll() is None and not any((tmp_path / "tmp").glob("grade-*")):
        sleep(0.001)

    asked.send_signal(signal.SIGTERM)

    assert asked.wait() in (128 + signal.SIGTERM, 0, 3)  # done, or no walls, before it came
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == []


WAITS = """\
import os, time
with open({mark!r} + ".new", "w") as file:
    file.write(str(os.getpid()))
os.rename({mark!r} + ".new", {mark!r})
while True:
    time.sleep(60)
"""


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    "line",
    ["ex9 value.py", "ex9 value.py --hints", "ex9 value.ipynb --kernel", "watch ex9 value.py"],
)
def test_a_submission_that_waits_ends_with_who_runs_it(
    tmp_path: Path, line: str, number: int
) -> None:
    mark = tmp_path / "begun"
    waits = WAITS.format(mark=str(mark))
    (tmp_path / "value.py").write_text(waits, encoding="utf-8")
    (tmp_path / "value.ipynb").write_bytes(notebook(waits))
    asked = begun(tmp_path, *line.split())
    until = monotonic() + LONGEST_S
    while not mark.exists() and asked.poll() is None and monotonic() < until:
        sleep(0.01)
    submission = int(mark.read_text())  # it has a group of its own

    asked.send_signal(number)

    assert asked.wait() == 128 + number
    assert group(submission) == []
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == []
