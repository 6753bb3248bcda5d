"""What the README shows is what happens."""

import re
import shlex

import pytest

from grader.cli.app import COMMANDS
from grader.cli.main import run
from tests.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.compile(r"```sh\n(?P<command>.*?)\n```\n\n```text\n(?P<output>.*?)```", re.DOTALL)
SECONDS = re.compile(r"\d+\.\d\d s\b")


def test_the_output_shown_is_the_real_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    examples = list(SHOWN.finditer(README))
    assert examples

    for example in examples:
        words = shlex.split(example["command"].rpartition(".venv/bin/grade ")[2])
        run(words)
        output = capsys.readouterr().out

        assert SECONDS.sub("0.00 s", output) == SECONDS.sub("0.00 s", example["output"])


def test_it_is_a_page() -> None:
    assert len(README.splitlines()) <= 120
    assert len(README.split()) <= 900


def test_every_command_that_it_names_exists() -> None:
    named = re.findall(r"\| `grade (\w+)", README)

    assert named == ["start", "batch", "new", "doctor"]
    assert set(named) <= set(COMMANDS)


def test_every_file_that_is_linked_exists() -> None:
    for target in re.findall(r'(?:\]\(|src="|srcset=")([^)#"]+)', README):
        assert (ROOT / target).exists(), target
