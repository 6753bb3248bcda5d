"""Who follows exercises/README.md ends with an exercise that holds."""

import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.cli.main import run
from grader.exercises import catalogue
from grader.exercises.validation import FILES
from tests.places import ROOT

README = ROOT / "exercises" / "README.md"
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ORACLE = "oracle.py"
SECONDS = re.compile(r" +\d+(\.\d)? s\b")


class Block(NamedTuple):
    """A block of the README: its kind, its text, and the file that the paragraph before is about.

    Attributes:
        kind: "sh", "text", or a language.
        file: "" for none.
        is_added: it stands below what the file holds already.
        text: without the fences.
    """

    kind: str
    file: str
    is_added: bool
    text: str


def blocks() -> list[Block]:
    text = README.read_text(encoding="utf-8")
    found = []
    for block in BLOCK.finditer(text):
        paragraph = text[: block.start()].rstrip().rpartition("\n\n")[2]
        names = [name for name in (*FILES, ORACLE) if f"`{name}`" in paragraph]
        added = "at the end of" in paragraph
        found.append(Block(block["kind"], names[0] if names else "", added, block["text"]))
    return found


def test_following_the_steps_ends_in_three_exercises_that_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch", reason="torch is not installed: its answers cannot be recorded")
    monkeypatch.chdir(tmp_path)
    statuses, written = [], []
    folder, printed = Path(), ""

    for block in blocks():
        if block.kind == "sh":
            for line in block.text.splitlines():
                capsys.readouterr()
                statuses.append(typed(line))
                printed = capsys.readouterr().out
                folder = max(Path("course").glob("demo/*"), default=folder)
        elif block.kind == "text":
            assert SECONDS.sub(" 0 s", printed) == SECONDS.sub(" 0 s", block.text)
        elif block.file:
            path = folder / block.file
            before = path.read_text(encoding="utf-8") if block.is_added else ""
            path.write_text(before + block.text, encoding="utf-8")
            written.append(f"{folder.name}/{block.file}")

    assert statuses == [0, 0, 1, 0, *[0, 0, 0, 0] * 2]
    assert written[: len(FILES)] == [f"01_abs/{name}" for name in FILES]
    later = [f"{name}/{file}" for name in ("02_product", "03_roll") for file in (*FILES, ORACLE)]
    assert sorted(written[len(FILES) :]) == sorted(later)


def typed(line: str) -> int:
    """Do what a line of the README says, and return its exit status."""
    command, *words = shlex.split(line)
    if command == "mkdir":
        Path(words[0]).mkdir()
        return 0
    if command == "cp":
        shutil.copy(words[0], words[1])
        return 0
    assert command == "grade"
    return run(words)


def test_the_table_of_tracks_is_that_of_the_catalogue() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \|", README.read_text("utf-8"), re.MULTILINE)

    entries = catalogue.entries()
    tracks = {
        entry.track: [one for one in entries if one.track == entry.track] for entry in entries
    }
    points = {
        name: sum(catalogue.load(one).points for one in track) for name, track in tracks.items()
    }
    assert {name: (int(count), float(total)) for name, count, total in rows} == {
        name: (len(track), points[name]) for name, track in tracks.items()
    }


def test_a_course_s_pyproject_may_be_written_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = next(one.text for one in blocks() if "[tool.grade]" in one.text)
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "course").mkdir()
    monkeypatch.chdir(tmp_path)

    assert run(["new", "demo/abs"]) == 0

    assert capsys.readouterr().out.splitlines()[0].startswith("demo/abs is begun in course/demo/01")
