"""What is measured stays in a file, and says by which rules it came about."""

import json
from pathlib import Path

import pytest

from tests.quality.kept import KeptResults, rules_version


def test_a_result_is_known_again_in_the_next_run(tmp_path: Path) -> None:
    file = tmp_path / "kept.jsonl"
    KeptResults(file).add("my475/ex9 S1", {"outcome": "right line"})

    known = KeptResults(file).known

    assert known == {
        "my475/ex9 S1": {
            "name": "my475/ex9 S1",
            "rules": rules_version(),
            "outcome": "right line",
        }
    }


def test_results_of_other_rules_are_counted_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kept.jsonl"
    file.write_text(json.dumps({"name": "my475/ex9 S1", "rules": "00000000"}) + "\n")
    kept = KeptResults(file)
    kept.add("my475/ex9 S2", {})

    kept.say_versions()

    said = capsys.readouterr().err
    assert f"1 by 00000000, 1 by {rules_version()}" in said or (
        f"1 by {rules_version()}, 1 by 00000000" in said
    )


def test_results_of_one_version_of_the_rules_need_no_word(
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept = KeptResults(None)
    kept.add("my475/ex9 S1", {})

    kept.say_versions()

    assert capsys.readouterr().err == ""
