"""`grade watch`, in a process of its own, while files are saved as editors save them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition, Thread
from typing import Protocol

import pytest

from tests.handed_in import notebook
from tests.places import SAMPLES

RIGHT = (SAMPLES / "right.py").read_text(encoding="utf-8")
MINUS = (SAMPLES / "minus.py").read_text(encoding="utf-8")
LONGEST_S = 60.0
MENDED = "+1 ✓ right now: Subtraction sends a minus to its right operand"
BROKEN = "-1 ✗ now wrong: Subtraction sends a minus to its right operand"


# A shell that starts the tests in the background has them ignore Ctrl-C.
LISTENING = """\
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("grader", run_name="__main__", alter_sys=True)
"""


class Screen:
    """What a running `grade watch` has printed, read as it comes."""

    def __init__(self, *words: str, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", LISTENING, "watch", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        self._text = ""
        self._more = Condition()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def until(self, text: str) -> str:
        """Wait for a text; return all up to its end, and take it off."""
        with self._more:
            assert self._more.wait_for(lambda: text in self._text, LONGEST_S), self._text
            before, found, self._text = self._text.partition(text)
            return before + found

    def end(self) -> int:
        """Stop it as Ctrl-C does, and return its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(LONGEST_S)

    def close(self) -> None:
        """Kill it, where it still runs."""
        self.process.kill()
        self._reader.join()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._more:
                self._text += line.decode()
                self._more.notify_all()


class Watch(Protocol):
    def __call__(self, *words: str) -> Screen: ...


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    screens: list[Screen] = []

    def begin(*words: str) -> Screen:
        screens.append(Screen(*words, folder=tmp_path))
        return screens[-1]

    yield begin
    for screen in screens:
        screen.close()


def in_place(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def over_it(file: Path, text: str) -> None:
    """Save as vim does: the old file aside, the new one under its name."""
    aside, swap = file.with_name(file.name + "~"), file.with_name(".value.py.swp")
    swap.write_text("b0VIM", encoding="utf-8")
    file.rename(aside)
    file.write_text(text, encoding="utf-8")
    aside.unlink()


def renamed(file: Path, text: str) -> None:
    """Save as Jupyter and others do: beside it, then renamed over it."""
    beside = file.with_name(".~" + file.name)
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def in_pieces(file: Path, text: str) -> None:
    """Leave the file empty, then half written, then written twice."""
    file.write_text("", encoding="utf-8")
    with file.open("w", encoding="utf-8") as opened:
        opened.write(text[:700])
        opened.flush()
        os.fsync(opened.fileno())
        opened.write(text[700:])
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("save", [in_place, over_it, renamed, in_pieces])
def test_each_save_is_graded_and_what_changed_comes_first(
    tmp_path: Path, watch: Watch, save: Callable[[Path, str], None]
) -> None:
    file = tmp_path / "value.py"
    file.write_text(MINUS, encoding="utf-8")
    screen = watch("ex9", "value.py")
    screen.until("value.py · 3 of 5 points")
    screen.until("(more: --hints)")

    save(file, RIGHT)

    screen.until(MENDED)
    assert "✓ 5 checks agree" in screen.until("Next: grade ex10")
    save(file, MINUS)
    screen.until(BROKEN)
    assert "print(b.grad)        # expected -1.0, yours prints 1.0" in screen.until(
        "(more: --hints"
    )


def test_a_text_that_answers_alike_is_not_shown_again(tmp_path: Path, watch: Watch) -> None:
    file = tmp_path / "value.py"
    file.write_text(MINUS, encoding="utf-8")
    screen = watch("ex9")
    screen.until("(more: --hints)")

    in_place(file, "# a remark\n" + MINUS)
    shown = screen.until("nothing changed: 3 of 5 points")
    in_place(file, RIGHT)

    assert "print(b.grad)" not in shown + screen.until(MENDED)


def test_a_pipe_gets_no_control_sequence_and_ctrl_c_ends_with_0(
    tmp_path: Path, watch: Watch
) -> None:
    (tmp_path / "value.py").write_text(RIGHT, encoding="utf-8")
    screen = watch("ex9", ".")
    shown = screen.until("Next: grade ex10")

    status = screen.end()

    assert "\x1b" not in shown + screen.until("no longer watching value.py")
    assert status == 0


def test_what_cannot_be_read_for_a_while_is_said_once_and_watched_on(
    tmp_path: Path, watch: Watch
) -> None:
    file = tmp_path / "value.py"
    file.write_text(MINUS, encoding="utf-8")
    screen = watch("ex9", "value.py")
    screen.until("(more: --hints)")

    file.unlink()
    screen.until("Error: no file 'value.py'")
    in_place(file, "def __init__(self:")
    screen.until("value.py raises SyntaxError")
    in_place(file, RIGHT)

    screen.until("points 0 → 5 of 5")


def test_a_save_overtakes_a_grading_that_goes_on(tmp_path: Path, watch: Watch) -> None:
    file = tmp_path / "value.py"
    started = tmp_path / "started"
    file.write_text(MINUS, encoding="utf-8")
    screen = watch("ex9", "value.py")
    screen.until("(more: --hints)")
    in_place(file, RIGHT + f"\nopen({str(started)!r}, 'w').close()\nwhile True: pass\n")
    while not started.exists():
        assert screen.process.poll() is None

    in_place(file, RIGHT)

    shown = screen.until("Next: grade ex10")
    assert MENDED in shown
    assert "did not come to an end" not in shown


def test_a_file_that_is_imported_belongs_to_the_submission(tmp_path: Path, watch: Watch) -> None:
    (tmp_path / "engine.py").write_text(MINUS, encoding="utf-8")
    (tmp_path / "value.py").write_text("from engine import Value\n", encoding="utf-8")
    screen = watch("ex9", "value.py")
    screen.until("(more: --hints)")

    in_place(tmp_path / "engine.py", RIGHT)

    screen.until(MENDED)


def test_a_notebook_and_a_whole_track_are_watched_and_the_page_is_written_anew(
    tmp_path: Path, watch: Watch
) -> None:
    file = tmp_path / "value.ipynb"
    file.write_bytes(notebook(MINUS))
    screen = watch("my475", "value.ipynb", "--html", "page.html")
    screen.until("What is wrong, and why: grade ex8 value.ipynb")

    file.write_bytes(notebook(RIGHT))

    screen.until("points 25 → 31 of 54")
    screen.until("+1 ✓ right now: ex9: Subtraction sends a minus to its right operand")
    screen.until("What is wrong, and why: grade ex11 value.ipynb")
    assert "31 of 54 points" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (
            ["exx9"],
            2,
            "Error: no exercise named 'exx9'\nHint: did you mean ex9? See `grade list`\n",
        ),
        (["ex9", "valu.py"], 4, "Error: no file 'valu.py'\nHint: did you mean value.py?\n"),
        (
            ["ex9", "value.py", "--class", "Valeu"],
            2,
            "Error: the submission defines no class named 'Valeu'\nHint: it defines Value\n",
        ),
    ],
    ids=["exercise", "file", "class"],
)
def test_what_cannot_begin_says_so_and_ends(
    words: list[str], status: int, says: str, tmp_path: Path, watch: Watch
) -> None:
    (tmp_path / "value.py").write_text(RIGHT, encoding="utf-8")

    screen = watch(*words)

    assert screen.process.wait(LONGEST_S) == status
    assert screen.until(says) == says
