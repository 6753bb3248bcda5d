"""Two misconceptions at once: one engine with both, and each named beside its own check."""

from pathlib import Path

import pytest

from grader.cli.main import run
from tests.places import SAMPLES

MINUS = SAMPLES / "minus.py"


BOTH = MINUS.read_text(encoding="utf-8").replace("** (power - 1)", "** power")


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
