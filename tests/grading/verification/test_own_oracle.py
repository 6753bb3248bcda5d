"""Exercises with an oracle of their own are proven like all others, and their answers recorded."""

import shutil
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.errors import BrokenExercise, at
from grader.exercises import catalogue
from grader.exercises.exercise_programs import programs
from grader.exercises.lint import lint
from grader.grading.preparation import oracles
from grader.grading.verification.prove import prove, record
from tests.places import SAMPLES

pytest.importorskip("torch", reason="torch is not installed, so nothing can be proven")
pytest.importorskip("numpy")
NAMES = ("adam", "softplus", "numpy", "layer", "distance", "instead")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLES / "own_oracle", tmp_path / "course"))


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_with_an_oracle_of_its_own_is_proven(home: Path, name: str) -> None:
    known = catalogue.entries((home,))
    entry = catalogue.find(f"demo/{name}", (home,))
    lint(entry, known)
    record(entry)

    proof = prove(entry)

    assert proof.problems == ()
    assert proof.caught == proof.mutants > 0


def test_answers_are_recorded_for_students_without_torch(home: Path) -> None:
    entry = catalogue.find("demo/adam", (home,))
    record(entry)
    exercise = catalogue.load(entry)
    first, recorded = oracles(exercise, "recorded")
    program = programs(exercise)["three_steps"]

    want, held = first.answer(program), recorded.answer(program)

    assert recorded.label.startswith("torch ")
    assert want is not None
    assert held is not None
    assert held.answers.keys() == want.answers.keys()


def test_the_cause_of_a_fault_is_searched_in_graphs_of_an_author_s_own(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who was wrong in a way that nobody had foreseen, was told that the grader had failed."""
    entry = catalogue.find("demo/softplus", (home,))
    record(entry)
    solution = catalogue.solution(catalogue.load(entry))
    wrong = home / "wrong.py"
    slope = "1 / (1 + math.exp(-value.data))"
    wrong.write_text(solution.replace(slope, f"2 * {slope}"), encoding="utf-8")

    status = run(["demo/softplus", str(wrong), "--exercises", str(home)])

    assert status == 1
    assert "in softplus: Which" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ("two) * parameter.grad**2", "two) * parameter.grad"),
            "the oracles disagree on three_steps: by torch",
        ),
        (
            ("return Adam(parameters, lr=lr", "return Adam(parameters, rate=lr"),
            "the oracles disagree on three_steps: torch",
        ),
        (
            ("plain=Adam, torch=torch_adam", "plain=Adam"),
            "nothing confirms what oracle.py says to three_steps: central differences confirm the"
            " gradients of numbers alone; give the definition its torch=",
        ),
    ],
)
def test_an_oracle_that_cannot_be_trusted_is_told(
    home: Path, change: tuple[str, str], says: str
) -> None:
    entry = catalogue.find("demo/adam", (home,))
    file = entry.folder / "oracle.py"
    text = file.read_text(encoding="utf-8")
    assert text.count(change[0]) == 1
    file.write_text(text.replace(*change), encoding="utf-8")

    problems = prove(entry).problems

    assert [one for one in problems if one.startswith(says)]


def test_a_definition_that_raises_is_told_by_its_own_line(home: Path) -> None:
    entry = catalogue.find("demo/adam", (home,))
    file = entry.folder / "oracle.py"
    text = file.read_text(encoding="utf-8")
    wrong = "return Adam(parameters, rate=lr"
    file.write_text(text.replace("return Adam(parameters, lr=lr", wrong), encoding="utf-8")
    line = file.read_text(encoding="utf-8").partition(wrong)[0].count("\n") + 1

    problems = prove(entry).problems

    assert problems[0].endswith(f"({at(file)}, line {line})")


def test_a_plain_definition_that_raises_is_refused_by_its_own_line(home: Path) -> None:
    entry = catalogue.find("demo/softplus", (home,))
    file = entry.folder / "oracle.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("x.exp()).log()", "x.exp()) / 'one'"), encoding="utf-8")

    says = r"oracle\.py:7: softplus raises TypeError: unsupported operand"
    with pytest.raises(BrokenExercise, match=says) as e:
        lint(entry, catalogue.entries((home,)))

    assert e.value.hint.startswith("the check softplus_method calls it so: ")
    assert e.value.hint.endswith("checks.py:10")
