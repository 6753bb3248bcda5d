"""A folder that a submission wrote to: looked at while it runs, cleared away afterwards."""

import os
from pathlib import Path

import pytest

from grader.sandbox.walls import scratch
from grader.sandbox.walls.deleted_files import DeletedSpace

DEEP = 1500


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "7"
    made.mkdir()
    return made


def nest(folder: Path) -> None:
    """Make folders in folders, deeper than a path may be long or a function may recurse."""
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(DEEP):
        os.mkdir("deeper")
        os.chdir("deeper")
    Path("file").write_text("at the bottom", encoding="utf-8")
    os.chdir(here)


def test_a_folder_is_cleared_however_deep(folder: Path, tmp_path: Path) -> None:
    nest(folder)

    scratch.clear(str(folder))

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_not_be_entered_is_cleared(folder: Path, tmp_path: Path) -> None:
    (folder / "closed").mkdir()
    (folder / "closed" / "file").touch()
    (folder / "closed").chmod(0)

    scratch.clear(str(folder))

    assert list(tmp_path.iterdir()) == []


def test_no_link_is_followed(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept").write_text("x" * (20 << 20), encoding="utf-8")
    (folder / "link").symlink_to(other)

    too_full = scratch.is_too_full(str(folder))
    scratch.clear(str(folder))

    assert not too_full
    assert [path.name for path in tmp_path.rglob("*")] == ["other", "kept"]


def test_a_folder_is_too_full_by_bytes(folder: Path) -> None:
    (folder / "small").write_bytes(b"x" * (15 << 20))
    before = scratch.is_too_full(str(folder))
    (folder / "more").write_bytes(b"x" * (2 << 20))

    assert (before, scratch.is_too_full(str(folder))) == (False, True)


def test_a_folder_is_too_full_by_number(folder: Path) -> None:
    for number in range(256):
        (folder / str(number)).touch()
    before = scratch.is_too_full(str(folder))
    (folder / "one more").touch()

    assert (before, scratch.is_too_full(str(folder))) == (False, True)


def test_a_folder_is_too_full_by_depth(folder: Path) -> None:
    nest(folder)

    assert scratch.is_too_full(str(folder))
    scratch.clear(str(folder))  # pytest could not


def test_a_folder_that_is_gone_is_not_too_full(tmp_path: Path) -> None:
    assert not scratch.is_too_full(str(tmp_path / "gone"))


def test_what_is_held_counts_as_what_lies_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"x" * (10 << 20))
    folder = str(tmp_path)

    assert not scratch.is_too_full(folder, DeletedSpace(files=1, size=5 << 20))
    assert scratch.is_too_full(folder, DeletedSpace(files=1, size=7 << 20))
    assert scratch.is_too_full(folder, DeletedSpace(files=256))
    assert scratch.is_too_full(folder, DeletedSpace(unseen=1))
