"""`grade batch` at a terminal: what it says, where it puts things, and how it ends."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from time import sleep

import pytest

from grader.cli.commands.batch import Progress, progress, summary, undated
from grader.cli.main import run
from grader.course.batch import executors
from grader.course.batch.grade_course import CourseResult
from grader.course.marks import Mark
from grader.sandbox.survey import strongest_tier
from grader.sandbox.usage import cpu_s
from grader.submissions.student import Student
from tests.course.batch.here import HERE, run_here
from tests.crowd import honest
from tests.sandbox.processes import running

COMPUTING_S = 0.3  # more than it takes to start what runs a submission
PATIENCE_S = 120  # what never comes is waited for so long
STOPPED = "Error: stopped; what is graded is kept\nHint: the same command goes on\n"
DUE = ("--due", "2026-10-10T23:59")
ANT = Mark(Student("ant"), "my475/ex9", "Powers", 5.0, 5.0)


def has_ended(group: int) -> bool:
    """Whether all processes of a group end, however long a busy machine takes."""
    for _ in range(2400):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        sleep(0.05)
    return False


Batch = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def batch(capsys: pytest.CaptureFixture[str]) -> Batch:
    """Grade in this process, which is enough wherever nothing is said of others."""

    def graded(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
        return run_here(["batch", *words, "--walls", "limits"], folder, capsys)

    return graded


def hand_in(folder: Path) -> None:
    """Put there what is handed in: a right engine, a wrong one, a thesis, and a link."""
    where = folder / "where"
    where.mkdir()
    for entry, name in zip(
        honest()[:2], ("ant_LATE_1_2_value.py", "bee_3_4_value.py"), strict=True
    ):
        (where / name).write_text(entry.source, encoding="utf-8")
    (where / "cow_5_6_thesis.pdf").write_bytes(b"%PDF")
    (where / "link.py").symlink_to(folder)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    hand_in(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is written of it."""
    folder = tmp_path_factory.mktemp("graded")
    hand_in(folder)
    with chdir(folder):
        words = ["ex9", "where", "-o", "out", "--executor", HERE, "--walls", "limits"]
        assert run(["batch", *words]) == 0
    return folder / "out"


@pytest.fixture
def graded(course: Path, first_run: Path) -> Path:
    """The same course, when it has been graded."""
    shutil.copytree(first_run, course / "out")
    return course


@pytest.fixture(scope="module")
def in_a_process(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, "subprocess.CompletedProcess[str]"]:
    """The course after a process has graded it whose files for a moment are in `tmp`."""
    folder = tmp_path_factory.mktemp("process")
    hand_in(folder)
    (folder / "tmp").mkdir()
    words = ["ex9", "where", "-o", "out", "--walls", strongest_tier()]
    return folder, subprocess.run(
        [sys.executable, "-m", "grader", "batch", *words],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "TMPDIR": str(folder / "tmp")},
    )  # fmt: skip


@pytest.mark.xdist_group("batch")  # it is graded once for both
def test_a_course_is_graded_and_said_in_a_few_lines(
    in_a_process: tuple[Path, "subprocess.CompletedProcess[str]"],
) -> None:
    course, done = in_a_process

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
    monkeypatch.setattr(executors, "processor_queue", closed)

    assert run(["batch", "ex9", "where", "-o", "out", "--walls", "limits"]) == 2

    said = capsys.readouterr().err
    assert "Error: no processes can be started side by side here: Permission denied\n" in said
    assert "/dev/shm" in said


def test_started_again_it_grades_nothing(graded: Path, batch: Batch) -> None:
    done = batch(graded, "ex9", "where", "-o", "out")

    assert "0 graded" in done.stdout
    assert "3 known from before" in done.stdout


def test_a_line_of_overrides_that_fits_nothing_is_said(graded: Path, batch: Batch) -> None:
    (graded / "out" / "overrides.csv").write_text("student,check,score\neve,,1\n", "utf-8")

    done = batch(graded, "ex9", "where", "-o", "out")

    assert "not used: overrides.csv, line 2: no student 'eve'" in done.stderr


def test_more_points_by_people_than_there_are_are_said(graded: Path, batch: Batch) -> None:
    (graded / "out" / "overrides.csv").write_text(
        "student,check,score\nant,power_values,100\n", "utf-8"
    )

    done = batch(graded, "ex9", "where", "-o", "out")

    assert done.returncode == 0
    assert "note: ant has more than all points of my475/ex9: " in done.stderr
    assert "power_values 100 of 1" in done.stderr


def computes(course: int) -> bool:
    """Whether a submission of a course computes, rather than being started."""
    if sys.platform != "linux":
        sleep(1.0)
        return True
    parents = {process.number: process.parent for process in running()}

    def depth(number: int) -> int:
        return 0 if number == course else depth(parents[number]) + 1 if number in parents else -99

    below = (one for one in parents if depth(one) >= 3)  # a worker, a zygote, a submission
    return any((cpu_s(one) or 0.0) > COMPUTING_S for one in below)


def busy(course: Path, walls: str, jobs: int = 2) -> subprocess.Popen[str]:
    """A course whose last submission is being graded, and will be for a while."""
    (course / "where" / "dog_9_10_value.py").write_text("while True: pass", encoding="utf-8")
    command = [sys.executable, "-m", "grader", "batch", "ex9", "where", "-o", "out"]
    (course / "tmp").mkdir()
    begun = subprocess.Popen(
        [*command, "--walls", walls, "--time", "60", "--jobs", str(jobs)],
        cwd=course, start_new_session=True, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(course / "tmp")},
    )  # fmt: skip
    while not computes(begun.pid):
        sleep(0.05)
    return begun


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_who_is_asked_to_end_ends_in_order_and_leaves_nothing(course: Path, number: int) -> None:
    begun = busy(course, strongest_tier())

    os.kill(begun.pid, number)
    _, said = begun.communicate(timeout=PATIENCE_S)

    assert STOPPED in said
    assert begun.returncode == 128 + number
    assert has_ended(begun.pid)
    assert [path.name for path in (course / "tmp").iterdir()] == []


def test_who_is_killed_takes_the_others_along(course: Path) -> None:
    begun = busy(course, strongest_tier())

    begun.kill()
    begun.communicate(timeout=PATIENCE_S)  # its standard error is open while one of them is there

    assert has_ended(begun.pid)


@pytest.mark.xdist_group("batch")  # it is graded once for both
def test_a_course_that_is_graded_leaves_nothing_beside_its_folder(
    in_a_process: tuple[Path, "subprocess.CompletedProcess[str]"],
) -> None:
    course, _ = in_a_process

    assert [path.name for path in (course / "tmp").iterdir()] == []


def test_its_own_folder_is_nobody_s_submission(course: Path, batch: Batch) -> None:
    batch(course / "where", "ex9", ".", "-o", "marks")

    again = batch(course / "where", "ex9", ".", "-o", "marks")
    other = batch(course / "where", "ex9", ".", "-o", "others")

    for done in (again, other):
        assert "Canvas's submissions: 3 students, 3 files" in done.stderr
        assert "left out: marks: it is what `grade batch` has written" in done.stderr


def test_a_file_in_place_of_the_folder_is_said(course: Path, batch: Batch) -> None:
    (course / "out").write_text("", encoding="utf-8")

    done = batch(course, "ex9", "where", "-o", "out")

    assert done.returncode == 2
    assert done.stderr.splitlines()[-2:] == [
        "Error: out is a file",
        "Hint: -o names the folder for all that is written",
    ]


BAD = """
from concurrent.futures import Executor, Future

class Bad(Executor):
    def submit(self, function, *given, **named):
        future = Future()
        future.set_exception(RuntimeError("queue full"))
        return future

def bad(): return Bad()
def broken(): raise ValueError("no queue")
none = 3
"""


@pytest.fixture
def factory(course: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that makes executors."""
    monkeypatch.syspath_prepend(str(course))
    (course / "bad_factory.py").write_text(BAD, encoding="utf-8")
    monkeypatch.delitem(sys.modules, "bad_factory", raising=False)
    return "bad_factory"


def test_what_the_cluster_failed_on_is_tried_again(
    course: Path, batch: Batch, factory: str
) -> None:
    failed = batch(course, "ex9", "where", "-o", "out", "--executor", f"{factory}:bad")
    done = batch(course, "ex9", "where", "-o", "out")

    assert (failed.returncode, done.returncode) == (3, 0)
    assert "3 students, 3 graded" in done.stdout


@pytest.mark.parametrize(("name", "says"), [("broken", "no queue"), ("none", "it is a int")])
def test_an_executor_that_cannot_be_made_is_said(
    course: Path, batch: Batch, factory: str, name: str, says: str
) -> None:
    done = batch(course, "ex9", "where", "-o", "out", "--executor", f"{factory}:{name}")

    assert done.returncode == 2
    assert f"Error: no executor at '{factory}:{name}': {says}" in done.stderr


@pytest.mark.parametrize("word", ["ant_1", "1", "ant"])
def test_one_is_graded_again_by_whatever_they_are_called(
    graded: Path, batch: Batch, word: str
) -> None:
    done = batch(graded, "ex9", "where", "-o", "out", "--again", word)

    assert "3 students, 1 graded" in done.stdout


def test_who_is_to_be_graded_again_has_to_be_one(course: Path, batch: Batch) -> None:
    (course / "where" / "bee_3_4_value.py").rename(course / "where" / "ant_3_4_value.py")

    nobody = batch(course, "ex9", "where", "-o", "out", "--again", "amt_1")
    several = batch(course, "ex9", "where", "-o", "out", "--again", "ant")

    assert (nobody.returncode, several.returncode) == (2, 2)
    assert (
        "Error: --again amt_1: no student is called so\nHint: did you mean ant_1?" in nobody.stderr
    )
    assert "Error: --again ant could be ant_1 or ant_3" in several.stderr
    assert not (course / "out").exists()


def test_ctrl_c_keeps_what_is_graded_and_leaves_no_process(course: Path) -> None:
    begun = busy(course, "limits", jobs=1)  # so the others have been graded by then

    os.killpg(begun.pid, signal.SIGINT)
    _, said = begun.communicate(timeout=PATIENCE_S)

    assert STOPPED in said
    assert begun.returncode == 130
    assert has_ended(begun.pid)
    assert (course / "out" / "ledger.jsonl").read_bytes().count(b"\n") == 3


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        (("ex99", "where", "-o", "out"), 2, "no exercise named 'ex99'"),
        (("ex9", "where", "-o", "."), 2, "is not empty, and not the folder of a course"),
        (("ex9", "where", "-o", "out", "--due", "soon"), 2, "'soon' is no date and time"),
        (("ex9", "where", "-o", "out", *DUE, "--cap", "150"), 2, "'--cap': 150.0 is not in"),
        (("ex9", "where", "-o", "out", *DUE, "--cap", "nan"), 2, "'--cap': nan is no number"),
        (("ex9", "where", "-o", "out", *DUE, "--per-day", "nan"), 2, "'--per-day': nan is no"),
        (("ex9", "where", "-o", "out", *DUE, "--per-day", "inf"), 2, "'--per-day': inf is no"),
        (("ex9", "where", "-o", "out", *DUE, "--per-day", "-1"), 2, "'--per-day': -1.0 is not in"),
        (("ex9", "where", "-o", "out", *DUE, "--grace", "inf"), 2, "'--grace': inf is no number"),
        (
            ("ex9", "where", "-o", "out", "--per-day", "10", "--cap", "50"),
            2,
            "--per-day and --cap without a date: nothing says when it was due",
        ),
        (("ex9", "where", "-o", "out", "--pattern", "("), 2, "--pattern '('"),
        (("ex9", "where", "-o", "out", "--executor", "nothing:at_all"), 2, "no executor at"),
        (("ex9", "empty", "-o", "out"), 4, "holds no submissions"),
        (("ex9", "where/cow_5_6_thesis.pdf", "-o", "out"), 4, "it is no zip and no tar"),
    ],
)
def test_what_cannot_be_done_is_said(
    course: Path, batch: Batch, words: tuple[str, ...], status: int, error: str
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
    said = summary(CourseResult((ANT,), 1, 2, 0), "out", 61.0)

    assert said.splitlines()[0] == "1 student, 1 graded in 1:01 min"
    assert "2 lines of the ledger were damaged, and graded again" in said


@pytest.mark.parametrize(
    ("keys", "students", "says"),
    [
        (("a", "b"), 3, "when 2 of 3 students handed in is unknown"),
        (("a", "b"), 2, "when all 2 students handed in is unknown"),
        (("a",), 1, "when the student handed in is unknown"),
    ],
)
def test_it_says_of_how_many_it_is_unknown_when_they_handed_in(
    keys: tuple[str, ...], students: int, says: str
) -> None:
    assert undated(keys, students).startswith(f"{says}, so nothing is taken off for being late: a")


def test_a_course_without_times_and_with_a_due_date_says_so(course: Path, batch: Batch) -> None:
    done = batch(course, "ex9", "where", "-o", "out", *DUE, "--per-day", "10")

    says = "when all 3 students handed in is unknown, so nothing is taken off for being late:"
    assert f"{says} ant_1, bee_3, cow_5" in done.stdout.splitlines()
    assert "unknown" not in batch(course, "ex9", "where", "-o", "out").stdout


def test_names_that_may_be_wrong_are_said(tmp_path: Path, batch: Batch) -> None:
    for number, entry in enumerate(honest()[:2]):
        folder = os.fsencode(tmp_path / "where") + (b"/J\xfcrgen" if number else b"/Ann")
        os.makedirs(folder)
        with open(folder + b"/value.py", "w", encoding="utf-8") as file:
            file.write(entry.source)

    done = batch(tmp_path, "ex9", "where", "-o", "out")

    assert "note: 1 name in it may be wrong: nothing says in which letters" in done.stderr
    assert "one is read as 'Jürgen/'" in done.stderr


def test_a_student_twice_in_overrides_is_said(graded: Path, batch: Batch) -> None:
    lines = "Student;Check;Score;Comment;Who\r\nbee_3;;4,5;;\r\nbee;ex9;3;;\r\n"
    (graded / "out" / "overrides.csv").write_bytes(lines.encode("utf-16"))

    done = batch(graded, "ex9", "where", "-o", "out")

    assert (
        "note: overrides.csv, line 3: 'bee' has points for ex9 on line 2 already; those of line 3 "
        "count" in done.stderr
    )
