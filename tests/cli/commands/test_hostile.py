"""Submissions that write tags, orders to the terminal and lines without end, graded for real."""

import json
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.exercises import catalogue
from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest
from tests.handed_in import notebook
from tests.places import SAMPLES
from tests.reports.hostile import (
    assert_json,
    assert_markdown,
    assert_page,
    assert_text,
    filled,
    rendered,
)

Captured = pytest.CaptureFixture[str]
HOSTILE = (
    "<script>alert(1)</script>\x1b[2J\x1b]8;;https://evil.example\x07\u202e]]>"
    "[x](javascript:alert(1))@torvalds`|"
)
SEEN = r"<script>alert(1)</script>\x1b[2J\x1b]8;;https://evil.example\x07\u202e]]>"
MINUS = (SAMPLES / "minus.py").read_text(encoding="utf-8")
SUBTRACTS = "        out = Value(self.data - other.data, (self, other), '-')\n"
PRINTS = catalogue.solution(catalogue.load(catalogue.find("my475/ex10")))
ENGINE = catalogue.solution(catalogue.load(catalogue.find("scalar/expression")))
ONE = """\
class Value:
    def __init__(self, data):
        self.data = data

    def __repr__(self):
        return REPR * 1000
"""


def subtracting(line: str) -> str:
    return MINUS.replace(SUBTRACTS, f"        {line}\n")


SCRIPTS = {
    "a class's name": ("ex9", subtracting(f"return type({HOSTILE!r}, (), {{}})()")),
    "an exception, and the line that raises it": (
        "ex9",
        subtracting(
            f"raise type({HOSTILE!r}, (Exception,), {{}})({HOSTILE + chr(0)!r})  # {HOSTILE}"
        ),
    ),
    "a message without end": ("ex9", subtracting(f"raise ValueError({HOSTILE!r} + 'a' * 10**7)")),
    "a line without end": ("ex9", subtracting(f"1 / 0  # {HOSTILE}{'a' * 1_000_000}")),
    "what a wrong line says": (
        "ex9",
        MINUS.replace("other.grad += out.grad", f"other.grad += out.grad  # {HOSTILE}"),
    ),
    "what cannot be read": ("ex9", f"{HOSTILE}\n{MINUS}"),
    "what is raised below the class": ("ex9", f"{MINUS}\nraise ValueError({HOSTILE!r})"),
    "what is replaced": (
        "ex9",
        f"{MINUS}\nimport builtins\nsetattr(builtins, {HOSTILE!r}, abs)\nbuiltins.abs = None",
    ),
    "a repr": (
        "ex1",
        ONE.replace("REPR", repr(HOSTILE)),
    ),
    "an operation": (
        "scalar/expression",
        ENGINE.replace('"*"', repr(HOSTILE)).replace("'*'", repr(HOSTILE)),
    ),
    "a label": (
        "scalar/expression",
        ENGINE.replace("self.label = label", f"self.label = {HOSTILE!r}"),
    ),
    "what is printed": ("ex10", PRINTS.replace("print(", f"print({HOSTILE!r} * 1000); id(")),
    "the engine's name": ("ex9", MINUS.replace("Value", "V\u3164")),
    "no engine": ("ex9", "class V\u3164: pass\n"),
}


@pytest.mark.parametrize("what", SCRIPTS)
def test_what_a_script_holds_is_text_in_every_format(tmp_path: Path, what: str) -> None:
    exercise, source = SCRIPTS[what]
    (tmp_path / "value.py").write_text(source, encoding="utf-8")

    assert_harmless(exercise, tmp_path / "value.py")


def test_what_a_notebook_holds_is_text_in_every_format(tmp_path: Path) -> None:
    shown = {"output_type": "stream", "name": "stdout", "text": HOSTILE}
    cells = [MINUS, f"raise ValueError({HOSTILE!r})  # {HOSTILE}", f"print({HOSTILE!r})"]
    plain = json.loads(notebook(*cells))
    plain["cells"][0] |= {"outputs": [shown], "metadata": {"tags": [f"grade:{HOSTILE}"]}}
    (tmp_path / "value.ipynb").write_text(json.dumps(plain), encoding="utf-8")

    assert_harmless("ex9", tmp_path / "value.ipynb")


def test_a_file_s_name_is_text_in_every_format(tmp_path: Path) -> None:
    name = HOSTILE.replace("/", "") + ".py"
    (tmp_path / name).write_text(MINUS, encoding="utf-8")

    assert_harmless("ex9", tmp_path / name)


def assert_harmless(exercise: str, path: Path) -> None:
    report = grade_exercise(GradeRequest(exercise, str(path)), None).report
    formats = rendered(report)

    assert not report.passed
    assert_text(formats["text"], coloured=True)
    assert_page(formats["html"], rendered(filled(report, lambda: "x"))["html"])
    assert_markdown(formats["markdown"])
    assert_json(formats["json"], report)
    assert max(map(len, formats.values())) < 50_000


FORMATS = {
    "text": rf"{SEEN[:36]}",
    "json": SEEN[:36].replace("\\", "\\\\"),
    "html": r"&lt;script&gt;alert(1)&lt;/script&gt;\x1b[2J",
    "markdown": SEEN[:36],
}


@pytest.mark.parametrize("of_format", FORMATS)
def test_the_command_shows_what_a_submission_says_as_escapes(
    tmp_path: Path, capsys: Captured, of_format: str
) -> None:
    _, source = SCRIPTS["an exception, and the line that raises it"]
    (tmp_path / "value.py").write_text(source, encoding="utf-8")

    run(["ex9", str(tmp_path / "value.py"), "-f", of_format])
    run(["my475", str(tmp_path / "value.py"), "-f", of_format])

    out = capsys.readouterr().out
    assert_text(out)
    assert of_format == "text" or FORMATS[of_format] in out


@pytest.mark.parametrize(
    "words",
    [
        ["ex9", "\x1b[2J\u202e.py"],
        ["ex9", "\x1b[2J" * 10_000],
        ["\x1b[2J\u202e"],
        ["--\x1b[2J\u202e"],
        ["ex9", "-f", "\x1b[2J\u202e"],
        ["ex9", "value.py", "-o", "\x1b[2J\u202e/x"],
        ["list", "\x1b[2J"],
        ["ex9", "value.py", "--class", "\x1b[2J\u202e"],
    ],
    ids=lambda words: ascii(" ".join(words))[:40],
)
def test_an_error_shows_what_was_typed_as_escapes_and_not_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "value.py").write_text(MINUS, encoding="utf-8")

    assert run(words) > 1

    error = capsys.readouterr().err
    assert_text(error)
    assert "\\x1b[2J" in error
    assert len(error) < 2200


def test_a_starter_s_name_is_shown_as_escapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["start", "ex9", "-o", "\x1b[2J.py"]) == 0

    assert "\\x1b[2J.py is written" in capsys.readouterr().out
