"""`grade batch` at a terminal: what it says, where it puts things, and how it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from grader.batch import executors
from grader.batch.course import Graded
from grader.batch.ledger import entries_in
from grader.cli.batching import Progress, progress, summary
from grader.cli.main import run
from grader.marks import Mark, Student
from tests.crowd import honest

ANT = Mark(Student("ant"), "my475/ex9", "Powers", 5.0, 5.0)


def has_ended(group: int) -> bool:
    """Whether all processes of a group end within seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        sleep(0.05)
    return False


def batch(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", "batch", *words, "--walls", "limits"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    where = tmp_path / "where"
    where.mkdir()
    for entry, name in zip(
        honest()[:2], ("ant_LATE_1_2_value.py", "bee_3_4_value.py"), strict=True
    ):
        (where / name).write_text(entry.source, encoding="utf-8")
    (where / "cow_5_6_thesis.pdf").write_bytes(b"%PDF")
    (where / "link.py").symlink_to(tmp_path)
    return tmp_path


def test_a_course_is_graded_and_said_in_a_few_lines(course: Path) -> None:
    done = batch(course, "ex9", "where", "-o", "out")

    assert done.stderr.splitlines() == [
        "Canvas's submissions: 3 students, 3 files",
        "left out: link.py: it is a link",
    ]
    first, *rest = done.stdout.splitlines()
    assert first.startswith("3 students, 3 graded in ")
    assert rest == [
        "1 of 3 have full points",
        "1 to look at by hand: nothing could be graded",
        "out/index.html has the class, out/scores.csv the scores",
    ]
    assert done.returncode == 0
    assert (course / "out" / "index.html").is_file()


def test_a_machine_where_processes_share_no_lock_is_said(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def closed(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.chdir(course)
    monkeypatch.setattr(executors, "seats", closed)

    assert run(["batch", "ex9", "where", "-o", "out", "--walls", "limits"]) == 2

    said = capsys.readouterr().err
    assert "Error: no processes can be started side by side here: Permission denied\n" in said
    assert "/dev/shm" in said


def test_started_again_it_grades_nothing(course: Path) -> None:
    batch(course, "ex9", "where", "-o", "out")

    done = batch(course, "ex9", "where", "-o", "out")

    assert "0 graded" in done.stdout
    assert "3 known from before" in done.stdout


def test_a_line_of_overrides_that_fits_nothing_is_said(course: Path) -> None:
    batch(course, "ex9", "where", "-o", "out")
    (course / "out" / "overrides.csv").write_text("student,check,score\neve,,1\n", "utf-8")

    done = batch(course, "ex9", "where", "-o", "out")

    assert "not used: overrides.csv, line 2: no student 'eve'" in done.stderr


def test_ctrl_c_keeps_what_is_graded_and_leaves_no_process(course: Path) -> None:
    (course / "where" / "dog_9_10_value.py").write_text("while True: pass", encoding="utf-8")
    command = [sys.executable, "-m", "grader", "batch", "ex9", "where", "-o", "out"]
    begun = subprocess.Popen(
        [*command, "--walls", "limits", "--time", "60", "--jobs", "2"],
        cwd=course, start_new_session=True, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not (course / "out" / "ledger.jsonl").exists():
        sleep(0.05)
    sleep(2.0)

    os.killpg(begun.pid, signal.SIGINT)
    _, said = begun.communicate(timeout=20)

    assert said.splitlines()[-2:] == [
        "Error: stopped; what is graded is kept",
        "Hint: the same command goes on",
    ]
    assert begun.returncode == 130
    assert has_ended(begun.pid)
    assert len(list(entries_in(course / "out" / "ledger.jsonl"))) == 3


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        (("ex99", "where", "-o", "out"), 2, "no exercise named 'ex99'"),
        (("ex9", "where", "-o", "."), 2, "is not empty, and not the folder of a course"),
        (("ex9", "where", "-o", "out", "--due", "soon"), 2, "'soon' is no date and time"),
        (("ex9", "where", "-o", "out", "--pattern", "("), 2, "--pattern '('"),
        (("ex9", "where", "-o", "out", "--executor", "nothing:at_all"), 2, "no executor at"),
        (("ex9", "empty", "-o", "out"), 4, "holds no submissions"),
        (("ex9", "where/cow_5_6_thesis.pdf", "-o", "out"), 4, "it is no zip and no tar"),
    ],
)
def test_what_cannot_be_done_is_said(
    course: Path, words: tuple[str, ...], status: int, error: str
) -> None:
    (course / "empty").mkdir()

    done = batch(course, *words)

    assert error in done.stderr
    assert done.returncode == status


@pytest.mark.parametrize(
    ("done", "of", "seconds", "line"),
    [
        (0, 100, 0.1, "0 of 100"),
        (50, 100, 2.0, "50 of 100, 25 a second, 2 s left"),
        (10, 1000, 10.0, "10 of 1000, 1 a second, 16:30 min left"),
        (100, 100, 4.0, ""),
    ],
)
def test_the_progress_says_how_fast_and_how_long(
    done: int, of: int, seconds: float, line: str
) -> None:
    assert progress(done, of, seconds) == line


def test_without_a_terminal_there_is_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    Progress()(1, 2)

    assert capsys.readouterr().err == ""


def test_damage_is_said() -> None:
    said = summary(Graded((ANT,), 1, 2, 0), "out", 61.0)

    assert said.splitlines()[0] == "1 students, 1 graded in 1:01 min"
    assert "2 lines of the ledger were damaged, and graded again" in said
