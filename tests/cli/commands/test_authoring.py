"""What an author types, `new`, `verify` and `--exercises`, and notebooks to begin in."""

import json
from pathlib import Path

import pytest

from grader.cli.main import run
from tests.authored import ABOUT, exercise
from tests.typed import typed

Captured = pytest.CaptureFixture[str]
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


EVERYWHERE = [
    (["check", "one", "value.py"], "value.py · 3 of 3 points"),
    (["demo", "value.py"], "demo  1 exercise   "),
    (["list", "demo"], "demo  1 exercise, 3 points"),
    (["show", "one"], "# Sums"),
    (["start", "one", "-o", "begin.py"], "begin.py is written. The task: grade show one"),
]


@pytest.mark.parametrize(("words", "says"), EVERYWHERE, ids=lambda words: words[0])
def test_a_folder_of_exercises_can_be_named_on_every_command(
    course: Path, capsys: Captured, words: list[str], says: str
) -> None:
    recorded(course)
    capsys.readouterr()

    assert run([*words, "--exercises", "course"]) == 0

    assert says in capsys.readouterr().out


def test_without_the_option_an_exercise_elsewhere_is_unknown(
    course: Path, capsys: Captured
) -> None:
    assert run(["show", "demo/one"]) == 2

    assert "Error: no exercise named 'demo/one'" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["one"], ["one", "value.py"], ["demo"], ["one", "-f", "json"]])
def test_a_project_s_exercises_are_found_by_plain_words_and_by_others(
    course: Path, capsys: Captured, words: list[str]
) -> None:
    recorded(course)
    capsys.readouterr()
    project = '[tool.grade]\nexercises = ["course"]\n'
    (course.parent / "pyproject.toml").write_text(project, encoding="utf-8")

    assert run(words) == 0

    assert "demo" in capsys.readouterr().out


def test_an_exercise_that_is_there_twice_is_named_with_both_places(
    course: Path, capsys: Captured
) -> None:
    other = exercise(course.parent / "other")

    assert run(["list", "--exercises", "course", "--exercises", "other"]) == 3

    said = capsys.readouterr().err.splitlines()[0]
    assert said == "Error: other/demo/01_one: demo/one is there twice, also as course/demo/01_one"
    assert other.folder.is_dir()


def test_an_error_in_an_exercise_names_file_and_line_from_here(
    course: Path, capsys: Captured
) -> None:
    (course / "demo" / "01_one" / "exercise.toml").write_text('titel = "Sums"\n', encoding="utf-8")

    assert run(["verify", "one", "--exercises", "course"]) == 3

    assert capsys.readouterr().err.splitlines() == [
        "Error: course/demo/01_one/exercise.toml:1: no key is called 'titel'",
        "Hint: did you mean title?",
    ]


def test_answers_that_are_not_recorded_are_said_with_the_command(
    course: Path, capsys: Captured
) -> None:
    assert run(["one", "value.py", "--exercises", "course"]) == 3

    error, hint = capsys.readouterr().err.splitlines()
    assert error.startswith("Error: ")
    assert "torch.json: cannot be read: " in error
    assert hint == "Hint: record it again: grade verify demo/one --record"


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


def test_several_exercises_are_proven_at_once_and_told_in_their_order(course: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    exercise(course, "demo/02_two", solution=ADDS, exercise=FIRST)

    rows = {}
    for jobs in ("1", "2"):
        done = typed("verify", "demo", "--exercises", "course", "--record", "--jobs", jobs)
        rows[jobs] = [line.split()[:3] for line in done.stdout.splitlines()]
        assert done.stderr == ""

    assert rows["1"] == rows["2"]
    assert [row[0] for row in rows["2"][1:3]] == ["demo/one", "demo/two"]


def test_what_breaks_in_another_process_is_said_like_anything_else(course: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    exercise(course, "demo/02_two", solution="class Value:\n    1 + 1\n", exercise=FIRST)
    (course / "demo" / "01_one" / "torch.json").write_text("{}", encoding="utf-8")

    done = typed("verify", "demo", "--exercises", "course", "--jobs", "2")

    error, hint = done.stderr.splitlines()
    assert done.returncode == 3
    assert error.endswith("torch.json: cannot be read: 'oracle'")
    assert hint == "Hint: record it again: grade verify demo/one --record"


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ["new", "abs", "--exercises", "course"],
            "'abs' cannot name an exercise",
            "write TRACK/NAME, each of letters, digits and underscores: demo/abs",
        ),
        (
            ["new", "demo/one", "--exercises", "course"],
            "demo/one exists already: course/demo/01_one",
            "choose another name",
        ),
        (
            ["new", "demo/two", "--exercises", "gone"],
            "no folder 'gone' with exercises",
            "check the name given to --exercises",
        ),
        (
            ["new", "demo/two"],
            "there is no folder 'exercises' here to write an exercise into",
            "say where: --exercises DIR, or make that folder",
        ),
        (
            ["list", "--exercises", "gone"],
            "no folder 'gone' with exercises",
            "check the name given to --exercises",
        ),
    ],
)
def test_an_author_s_slip_gets_one_line_and_a_hint(
    course: Path, capsys: Captured, words: list[str], message: str, hint: str
) -> None:
    assert run(words) == 2

    assert capsys.readouterr().err.splitlines() == [f"Error: {message}", f"Hint: {hint}"]


def test_a_new_exercise_goes_into_the_folder_exercises_if_there_is_no_other_word(
    course: Path, capsys: Captured
) -> None:
    (course.parent / "exercises").mkdir()

    assert run(["new", "mine/abs"]) == 0

    begun, todo = capsys.readouterr().out.splitlines()
    assert begun.startswith("mine/abs is begun in exercises/mine/01_abs: checks.py, exercise.toml")
    assert todo.endswith("grade verify mine/abs --exercises exercises")
    assert (course.parent / "exercises" / "mine" / "01_abs" / "checks.py").is_file()


def test_a_notebook_to_begin_in_scores_what_the_starter_scores(
    course: Path, capsys: Captured
) -> None:
    for words in (["start", "ex9"], ["start", "ex9", "--notebook"]):
        path = "value.ipynb" if "--notebook" in words else "begin.py"
        assert run([*words, "-o", path]) == 0
    capsys.readouterr()

    reports = {}
    for path in ("begin.py", "value.ipynb"):
        assert run(["ex9", path, "-f", "json"]) == 1
        reports[path] = json.loads(capsys.readouterr().out)

    script, notebook = reports["begin.py"], reports["value.ipynb"]
    assert notebook["submission"]["kind"] == "notebook"
    assert notebook["score"] == script["score"] == 0
    assert [check["outcome"] for check in notebook["checks"]] == [
        check["outcome"] for check in script["checks"]
    ]


def test_a_notebook_is_written_once_and_never_over_another(course: Path, capsys: Captured) -> None:
    assert run(["start", "ex9", "--notebook"]) == 0
    begun = (course.parent / "value.ipynb").read_bytes()
    assert run(["start", "ex1", "--notebook"]) == 2

    captured = capsys.readouterr()
    assert "When it is done: grade ex9 value.ipynb" in captured.out
    assert "Error: value.ipynb exists already" in captured.err
    assert (course.parent / "value.ipynb").read_bytes() == begun
