"""`grade verify` proves exercises, and says line by line what falls short."""

import json
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import pytest

from grader.cli.main import run
from grader.engines.oracles.recorded_answers import recorded_text
from grader.engines.oracles.textbook import Textbook
from grader.errors import install_command
from grader.exercises import catalogue
from grader.exercises.exercise_programs import programs
from grader.grading.verification.prove import mutants_text
from tests.authored import ABOUT, exercise
from tests.places import SAMPLES
from tests.sandbox.processes import group
from tests.typed import begun, typed

Captured = pytest.CaptureFixture[str]
LONGEST_S = 60.0
ADDS = """\
class Value:
    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        return Value(self.data + other.data)
"""
FIRST = ABOUT.replace('"zero"', "").replace('"add", "numbers"', "")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with one exercise in its folder `course`."""
    exercise(tmp_path / "course", solution=ADDS, exercise=FIRST)
    (tmp_path / "value.py").write_text(ADDS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "course"


def recorded(course: Path) -> None:
    """Let torch's answers to the course's one exercise be written down."""
    pytest.importorskip("torch", reason="torch is not installed: its answers cannot be recorded")
    run(["verify", "one", "--exercises", str(course), "--record"])


def test_answers_that_are_not_recorded_are_said_with_the_command(
    course: Path, capsys: Captured
) -> None:
    assert run(["one", "value.py", "--exercises", "course"]) == 3

    error, hint = capsys.readouterr().err.splitlines()
    assert error.startswith("Error: ")
    assert "torch.json: cannot be read: " in error
    assert hint == "Hint: record it again: grade verify demo/one --record --exercises course"


def test_recording_writes_torch_s_answers_to_every_program(course: Path) -> None:
    recorded(course)

    held = json.loads((course / "demo" / "01_one" / "torch.json").read_text(encoding="utf-8"))
    assert held["oracle"].startswith("torch ")
    assert len(held["answers"]) == 2  # the advisory asks what a check asks


def test_what_falls_short_is_said_from_what_is_undecided_to_what_is_not_recorded(
    course: Path, capsys: Captured
) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    assert run(["new", "demo/two", "--exercises", "course"]) == 0
    capsys.readouterr()

    assert run(["verify", "demo/two", "--exercises", "course"]) == 1

    lines = capsys.readouterr().out.splitlines()
    said = [line.partition(": ")[2] for line in lines if line.startswith("demo/two: ")]
    assert said[0] == (
        "course/demo/02_two/exercise.toml:1: decide what the list and the report call it"
    )
    assert said[-3:] == [
        "the starter scores 1, and 0 is given",
        "mutants.py lists no mutant, so nothing shows what the checks catch",
        "torch's answers are not recorded: verify it again with --record",
    ]
    assert lines[-1].startswith("1 of 1 fall short: 1 exercise, 0 mutants")


def test_several_exercises_are_proven_at_once_and_told_in_their_order(
    course: Path, capsys: Captured
) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    exercise(course, "demo/02_two", solution=ADDS, exercise=FIRST)

    words = ("verify", "demo", "--exercises", "course", "--record", "--jobs")

    run([*words, "1"])
    alone, at_once = capsys.readouterr(), typed(*words, "2")

    rows = [
        [line.split()[:3] for line in said.splitlines()] for said in (alone.out, at_once.stdout)
    ]
    assert alone.err + at_once.stderr == ""
    assert rows[0] == rows[1]
    assert [row[0] for row in rows[1][1:3]] == ["demo/one", "demo/two"]


def test_what_breaks_in_another_process_is_said_like_anything_else(course: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    exercise(course, "demo/02_two", solution="class Value:\n    1 + 1\n", exercise=FIRST)
    (course / "demo" / "01_one" / "torch.json").write_text("{}", encoding="utf-8")

    done = typed("verify", "demo", "--exercises", "course", "--jobs", "2")

    error, hint = done.stderr.splitlines()
    assert done.returncode == 3
    assert error.endswith("torch.json: cannot be read: 'oracle'")
    assert hint == "Hint: record it again: grade verify demo/one --record --exercises course"


WAITS = """\
import os, time
open(f"{MARKS}/{os.getpid()}", "w").close()
time.sleep(60)
"""


@pytest.fixture
def left() -> Iterator[Path]:
    """A folder for what is left behind, with a name that is short enough for sockets in it."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
@pytest.mark.parametrize("jobs", [1, 2])
def test_who_is_asked_to_end_leaves_no_process_and_no_folder(
    course: Path, tmp_path: Path, left: Path, jobs: int
) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    marks = tmp_path / "marks"
    marks.mkdir()
    waits = WAITS.replace("{MARKS}", str(marks)) + ADDS
    for number in range(2):
        exercise(course, f"waits/0{number}_{number}", solution=waits, exercise=FIRST)
    words = ("verify", "waits", "--exercises", "course", "--jobs", str(jobs))
    asked = begun(*words, TMPDIR=str(left))
    until = monotonic() + LONGEST_S
    while len([*marks.iterdir()]) < jobs and asked.poll() is None and monotonic() < until:
        sleep(0.01)
    submissions = [int(mark.name) for mark in marks.iterdir()]

    asked.send_signal(signal.SIGTERM)

    assert asked.communicate()[1] == "Error: stopped\n"
    assert len(submissions) == jobs
    assert asked.returncode == 128 + signal.SIGTERM
    assert [*map(group, submissions)] == [[]] * jobs
    assert [path.name for path in left.iterdir()] == []


@pytest.fixture
def no_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every process that is started from here find no torch."""
    (tmp_path / "site").mkdir()
    missing = "raise ModuleNotFoundError(\"No module named 'torch'\", name='torch')\n"
    (tmp_path / "site" / "torch.py").write_text(missing, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))


def recorded_by_textbook(course: Path) -> Path:
    """Write down the textbook engine's answers as if they were torch's; return the file."""
    one = catalogue.load(catalogue.find("demo/one", (course,)))
    text = recorded_text(Textbook(), programs(one).values()).replace("reference", "torch 2.9.1")
    (one.folder / "torch.json").write_text(text, encoding="utf-8")
    (one.folder / "mutants.json").write_text(mutants_text(one), encoding="utf-8")
    return one.folder / "torch.json"


@pytest.mark.usefixtures("no_torch")
def test_without_torch_recorded_answers_are_the_second_oracle() -> None:
    done = typed("verify", "ex3", "ex4", "--jobs", "2")

    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split("none")[1].split()[1:5] for line in lines[1:3]] == [
        ["2", "fixed,", "0", "random"],
        ["5", "fixed,", "0", "random"],
    ]
    assert lines[4:7] == [
        "Left out without torch:",
        "  the reference engine alone answers random programs, and the checks with other numbers",
        f"To ask torch, too: {install_command('torch')}",
    ]
    assert lines[8].startswith("all that was asked holds: 2 exercises, ")


@pytest.mark.usefixtures("no_torch")
def test_without_torch_what_differs_from_a_recorded_answer_falls_short(course: Path) -> None:
    file = recorded_by_textbook(course)
    three, four = "0x1.8000000000000p+1", "0x1.0000000000000p+2"
    text = file.read_text(encoding="utf-8")
    assert text.count(three) == 1
    file.write_text(text.replace(three, four), encoding="utf-8")

    done = typed("verify", "demo/one", "--exercises", "course")

    assert done.returncode == 1
    assert "demo/one: the oracles disagree on adds: by " in done.stdout
    assert ", sum is 4.0, expected 3.0\n" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("1 of 1 fall short: ")


@pytest.mark.usefixtures("no_torch")
def test_without_torch_what_is_not_recorded_is_left_out_and_no_fault(course: Path) -> None:
    shutil.copytree(SAMPLES / "own_oracle" / "demo" / "02_softplus", course / "demo" / "02_soft")

    done = typed("verify", "demo/soft", "--exercises", "course", "--jobs", "1")

    again = "grade verify demo/soft --record --exercises course"
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[lines.index("Left out without torch:") + 2 : -3] == [
        "  demo/soft: central differences alone confirm the gradients of softplus_method,"
        " loss_of_a_label",
        "  demo/soft: nothing confirms the answers to softmax_of_three",
        f"  demo/soft: nobody can be graded by it until torch's answers are recorded: {again}",
    ]


@pytest.mark.usefixtures("no_torch")
def test_without_torch_mutants_that_changed_since_are_left_out(course: Path) -> None:
    file = recorded_by_textbook(course)
    mutants = file.parent / "mutants.py"
    text = mutants.read_text(encoding="utf-8")
    mutants.write_text(text.replace("The sum subtracts.", "It subtracts."), encoding="utf-8")

    done = typed("verify", "demo/one", "--exercises", "course")

    again = "grade verify demo/one --record --exercises course"
    assert f"  demo/one: the mutants' answers are not recorded: {again}" in (
        done.stdout.splitlines()
    )


@pytest.mark.usefixtures("no_torch")
def test_without_torch_nothing_can_be_recorded(course: Path) -> None:
    done = typed("verify", "demo/one", "--exercises", "course", "--record")

    assert done.returncode == 2
    assert done.stderr == (
        f"Error: --record asks torch, which is not installed\nHint: {install_command('torch')}\n"
    )
    assert not (course / "demo" / "01_one" / "torch.json").exists()
