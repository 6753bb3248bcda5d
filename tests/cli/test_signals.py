"""A command that somebody ends takes down what it has built."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from grader.cli.signals import Terminated, end_in_order, ends_in_order

linux = pytest.mark.skipif(sys.platform != "linux", reason="walls are Linux's")


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


@linux
@pytest.mark.parametrize("words", [["doctor"], ["ex9", "value.py", "--walls", "full"]])
def test_who_is_asked_to_end_takes_down_what_was_built(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "value.py").write_text("while True: pass\n", encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    begun = subprocess.Popen(
        [sys.executable, "-m", "grader", *words],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while begun.poll() is None and not any((tmp_path / "tmp").glob("grade-*")):
        sleep(0.005)
    sleep(0.05)  # it is made, and known to be

    begun.send_signal(signal.SIGTERM)

    assert begun.wait() in (128 + signal.SIGTERM, 0, 3)  # done, or no walls, before it came
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == []
