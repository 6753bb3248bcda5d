"""A course's folder is read whole; what cannot be read is listed, and loses nobody."""

from pathlib import Path

import pytest

from grader.course.similarity.compare_all import NothingToCompare, compare_all
from grader.course.similarity.texts import BEGINNING, MOST_LINES
from grader.submissions.submission import LARGEST_SCRIPT
from tests.course.similarity.sample import HONEST, ORIGINAL, as_cells, renamed

TEXT = HONEST[ORIGINAL]


def put(course: Path, key: str, name: str, content: str) -> None:
    file = course / "submissions" / key / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    put(tmp_path, "ant", "src/value.py", TEXT)
    put(tmp_path, "bee", "value.ipynb", as_cells(renamed(TEXT)))
    put(tmp_path, "cow", "value.py", "\0")
    put(tmp_path, "cow", "notes.txt", TEXT)
    put(tmp_path, "cow", "broken.ipynb", "{" * 100_000)
    put(tmp_path, "dog", "value.py", "def (:\n    'never closed\n")
    return tmp_path


def test_scripts_and_notebooks_are_compared_and_the_rest_is_listed(course: Path) -> None:
    found = compare_all(course, [])

    assert [(pair.left, pair.right) for pair in found.pairs] == [("ant", "bee")]
    assert list(found.texts) == ["ant", "bee", "dog"]
    assert [line.partition(":")[0] for line in found.unread] == ["cow", "cow"]
    assert found.unread[1] == "cow: value.py is not a Python script: it holds binary data"


def test_a_folder_without_submissions_is_said(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(NothingToCompare, match="holds no submissions"):
            compare_all(tmp_path, [])
        (tmp_path / "submissions").mkdir(exist_ok=True)


@pytest.mark.parametrize(
    "padding",
    ["a b\n" * 60_000, "#\n" * (MOST_LINES + 1), "#" * (LARGEST_SCRIPT - 1) + "\n"],
    ids=["tokens", "lines", "characters"],
)
def test_who_hides_a_copy_behind_much_else_is_named(tmp_path: Path, padding: str) -> None:
    put(tmp_path, "ant", "a.py", padding)
    put(tmp_path, "ant", "value.py", TEXT)
    put(tmp_path, "bee", "value.py", TEXT)

    found = compare_all(tmp_path, [])

    assert found.unread == (f"ant: {BEGINNING}",)
    assert len(found.texts["ant"].lines) <= MOST_LINES


def test_what_just_fits_is_compared_whole(tmp_path: Path) -> None:
    lines = TEXT.count("\n")
    put(tmp_path, "ant", "a.py", "\n" * (MOST_LINES - lines - 1) + "#\n")
    put(tmp_path, "ant", "value.py", TEXT)
    put(tmp_path, "bee", "value.py", TEXT)

    found = compare_all(tmp_path, [])

    assert (len(found.pairs), found.unread) == (1, ())
