"""Two misconceptions at once: one engine with both, and each named beside its own check."""

from pathlib import Path

import pytest

from grader.cli.main import run
from grader.engines.compare import compare
from grader.engines.oracles.expected import question
from grader.engines.oracles.textbook import Engine
from grader.exercises import catalogue
from grader.exercises.exercise import Mutant
from grader.exercises.exercise_programs import programs
from grader.grading.mutants.engine import definitions, with_both
from grader.grading.mutants.two_mutants import Couples
from tests.places import SAMPLES

MINUS = SAMPLES / "minus.py"
BOTH = MINUS.read_text(encoding="utf-8").replace("** (power - 1)", "** power")
SOLUTION = "a = 1\nb = 2\nc = 3\n"


def edit(replace: str, by: str) -> Mutant:
    return Mutant("X", "", replace, by, "")


def test_both_edits_are_made_whichever_comes_first() -> None:
    one, other = edit("a = 1", "a = b = 9"), edit("b = 2", "")

    assert with_both(SOLUTION, one, other) == "a = b = 9\n\nc = 3\n"
    assert with_both(SOLUTION, other, one) == "a = b = 9\n\nc = 3\n"


def test_edits_that_stand_side_by_side_are_both_made() -> None:
    assert with_both(SOLUTION, edit("a = 1\n", "A\n"), edit("b = 2\n", "B\n")) == "A\nB\nc = 3\n"


@pytest.mark.parametrize("text", ["a = 1\nb", "1\nb = 2", "b = 2"])
def test_edits_that_meet_are_not(text: str) -> None:
    assert with_both(SOLUTION, edit("b = 2", ""), edit(text, "")) is None


def test_definitions_are_what_is_left_without_what_is_called() -> None:
    source = (
        'import math\nRATE = 0.1\nx: int = 3\nprint("hi")\nv = f(\n    2,\n)\ndef g():\n    f()\n'
    )

    assert definitions(source) == "import math\nRATE = 0.1\nx: int = 3\n\n\n\n\ndef g():\n    f()\n"


EX9 = catalogue.load(catalogue.find("ex9"))
COUPLES = Couples(EX9)


def test_an_engine_with_two_misconceptions_has_both() -> None:
    asked = {key: question(program, [Engine()]) for key, program in programs(EX9).items()}
    engine = COUPLES.together("S1", "P1")
    assert engine is not None

    wrong = {
        check.id
        for check in EX9.checks
        if compare(asked[check.id].program, asked[check.id].want, engine(asked[check.id].program))
    }

    assert wrong == {"minus_gradients", "power_gradients", "inside_expressions"}


def test_misconceptions_whose_edits_meet_have_no_engine_and_unknown_ones_neither() -> None:
    assert COUPLES.together("S1", "S2") is None
    assert COUPLES.together("S1", "Z9") is None
    assert COUPLES.together("Z9", "S1") is None


def test_a_submission_with_two_faults_gets_the_question_of_each_below_its_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "value.py").write_text(BOTH, encoding="utf-8")

    status = run(["ex9", str(tmp_path / "value.py")])

    text = capsys.readouterr().out
    first, second = text.split("  ✗ A power's rule puts the exponent in front, one less above\n")[
        -2:
    ]
    assert status == 1
    assert first.rstrip().endswith("\n    What happens to a - b when b grows?")
    assert second.endswith(
        "\n    What is left of the exponent after the power rule?   (more: --hints)\n"
    )


def test_a_fault_that_nobody_listed_beside_a_known_one_gets_no_guess(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unlisted = BOTH.replace("** power * out.grad", "** power / 7 * out.grad")
    assert unlisted != BOTH
    (tmp_path / "value.py").write_text(unlisted, encoding="utf-8")

    run(["ex9", str(tmp_path / "value.py"), "-f", "json"])

    assert '"diagnosis": null' in (text := capsys.readouterr().out)
    assert '"diagnosis": {' not in text
