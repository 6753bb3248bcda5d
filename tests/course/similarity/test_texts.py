"""All that a student has written is compared, as far as there is room, and the rest is named."""

import json
from pathlib import Path

from grader.course.similarity.executed_text import SAYS
from grader.course.similarity.texts import BEGINNING, MOST_FILES, TextLine, text_in, text_of
from grader.submissions.submission import LARGEST_SCRIPT


def cell(source: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }


def test_scripts_and_cells_are_lines_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "value.py").write_text("a = 1\nb = 2\n", encoding="utf-8")
    notebook = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell("c = 3")]}
    (tmp_path / "nb.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("d = 4", encoding="utf-8")

    text = text_in(tmp_path)

    assert text.lines == (
        TextLine("nb.ipynb, cell 1", 1, "c = 3"),
        TextLine("src/value.py", 1, "a = 1"),
        TextLine("src/value.py", 2, "b = 2"),
    )
    assert (text.key, text.unread) == (tmp_path.name, ())


def test_blanks_make_no_other_digest_and_nothing_has_none() -> None:
    one = text_of("ant", [TextLine("value.py", 1, "a = 1")])
    other = text_of("bee", [TextLine("value.py", 1, "a=1 "), TextLine("value.py", 2, "")])

    assert one.digest == other.digest != ""
    assert text_of("cat", [TextLine("value.py", 1, " ")]).digest == ""


def test_what_cannot_be_read_is_named_and_the_rest_is_compared(tmp_path: Path) -> None:
    (tmp_path / "broken.ipynb").write_text("{", encoding="utf-8")
    (tmp_path / "value.py").write_text("a = 1\n", encoding="utf-8")

    text = text_in(tmp_path)

    assert [line.text for line in text.lines] == ["a = 1"]
    assert len(text.unread) == 1
    assert text.unread[0].startswith(f"{tmp_path.name}: broken.ipynb")


def test_a_text_that_is_too_long_is_said_to_be_compared_in_part(tmp_path: Path) -> None:
    half = "#" * (LARGEST_SCRIPT // 2)
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text(f"{half}\n", encoding="utf-8")

    text = text_in(tmp_path)

    assert {line.place for line in text.lines} == {"a.py", "b.py"}
    assert text.unread == (f"{tmp_path.name}: {BEGINNING}",)


def test_more_files_than_anybody_needs_are_not_read(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"f{number:03}.py").write_text(f"a = {number}\n", encoding="utf-8")

    text = text_in(tmp_path)

    assert len(text.lines) == MOST_FILES
    assert text.unread == (f"{tmp_path.name}: more than {MOST_FILES} files",)


def test_who_hides_the_engine_in_a_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "value.py").write_text("exec('class Value: pass')\n", encoding="utf-8")

    assert text_in(tmp_path).unread == (f"{tmp_path.name}: {SAYS}",)
