"""The files beside a submission: which are read, which are left out, and what is said of it."""

import os
from pathlib import Path

import pytest

from grader.sandbox.protocol.file_transfer import unwrap, wrap
from grader.submissions.files_beside import files_in
from grader.submissions.submission import find, packed, read

MB = 1 << 20
ENGINE = "class Value: pass\n"


def files(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n", encoding="utf-8")


def test_modules_packages_and_data_are_taken_nearest_first(tmp_path: Path) -> None:
    files(tmp_path, "pkg/data/set.csv", "pkg/__init__.py", "data.csv", "b.py", "a.py")

    taken = files_in(str(tmp_path))

    assert taken.files == (
        ("a.py", b"# a.py\n"),
        ("b.py", b"# b.py\n"),
        ("data.csv", b"# data.csv\n"),
        ("pkg/__init__.py", b"# pkg/__init__.py\n"),
        ("pkg/data/set.csv", b"# pkg/data/set.csv\n"),
    )
    assert taken.left_out == ""


def test_what_is_no_part_of_a_submission_is_left_out_without_a_word(tmp_path: Path) -> None:
    files(tmp_path, ".env", ".git/config", "__pycache__/a.pyc", "other.ipynb", "node_modules/a.js")
    files(tmp_path, "mine/pyvenv.cfg", "mine/lib/a.py", "venv/a.py", "a\nb.py")

    assert files_in(str(tmp_path)) == ((), "")


def test_what_has_a_name_that_does_not_travel_is_left_out_and_said(tmp_path: Path) -> None:
    files(tmp_path, "a.py", "notes 10:30.txt", "c:/b.py")

    taken = files_in(str(tmp_path))

    assert wrap(taken.files)
    assert [name for name, _ in taken.files] == ["a.py"]
    assert taken.left_out.startswith("2 files beside it were not taken along: 2 with a colon in")


def test_no_link_is_followed_and_no_pipe_is_opened(tmp_path: Path) -> None:
    (tmp_path / "passwd.csv").symlink_to("/etc/passwd")
    (tmp_path / "etc").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")

    taken = files_in(str(tmp_path))

    assert taken == ((), "3 files beside it were not taken along: 3 no regular file")


def test_a_file_that_is_too_large_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "fits.bin").write_bytes(bytes(MB))
    (tmp_path / "large.bin").write_bytes(bytes(MB + 1))

    taken = files_in(str(tmp_path))

    assert [name for name, _ in taken.files] == ["fits.bin"]
    assert taken.left_out == "1 file beside it was not taken along: 1 over 1 MB"


def test_files_beyond_four_megabytes_together_are_left_out(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.bin").write_bytes(bytes(MB))

    taken = files_in(str(tmp_path))

    assert [name for name, _ in taken.files] == ["0.bin", "1.bin", "2.bin", "3.bin"]
    assert taken.left_out == "2 files beside it were not taken along: 2 over 4 MB together"


def test_at_most_sixty_four_files_are_taken_modules_first(tmp_path: Path) -> None:
    files(tmp_path, *(f"{number:03}.txt" for number in range(66)), "z.py")

    taken = files_in(str(tmp_path))

    assert len(taken.files) == 64
    assert taken.files[0][0] == "z.py"
    assert taken.left_out == "3 files beside it were not taken along: 3 beyond 64 files"


def test_files_are_taken_four_names_deep(tmp_path: Path) -> None:
    files(tmp_path, "a/b/c/four.py", "a/b/c/d/five.py")

    taken = files_in(str(tmp_path))

    assert [name for name, _ in taken.files] == ["a/b/c/four.py"]
    assert taken.left_out == "1 file beside it was not taken along: 1 more than 4 folders deep"


def test_a_folder_is_packed_with_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "value.py").write_text(ENGINE, encoding="utf-8")
    files(tmp_path, "data.csv")

    submission = packed(find(str(tmp_path), "ex9"))

    assert submission.folder == ""
    assert submission.beside == (
        ("value.py", ENGINE.encode()),
        ("data.csv", b"# data.csv\n"),
    )


def test_a_lone_script_is_packed_without_those_of_others(tmp_path: Path) -> None:
    files(tmp_path, "alice.py", "bob.py")
    (tmp_path / "alice.py").write_text("import bob\n", encoding="utf-8")

    for submission in (read(tmp_path / "alice.py"), find(str(tmp_path / "alice.py"), "ex9")):
        alone = packed(submission)

        assert (alone.folder, alone.beside) == ("", ())
        assert alone.line("bob.py", 1) is None
        assert alone.left_out == "it was run by itself, without the other files of its folder"


def test_a_script_s_own_run_holds_the_modules_that_it_imports_and_no_data(tmp_path: Path) -> None:
    files(tmp_path, "bob.py", "data.csv")
    script = tmp_path / "alice.py"

    script.write_text("from .bob import Value\n", encoding="utf-8")
    held = [name for name, _ in find(str(script), "ex9").beside]
    script.write_text("import math\n", encoding="utf-8")
    without = find(str(script), "ex9").beside

    assert held == ["alice.py", "bob.py"]
    assert without == ()


def test_a_line_beside_it_is_one_of_the_files_that_are_held(tmp_path: Path) -> None:
    (tmp_path / "value.py").write_text(ENGINE, encoding="utf-8")
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "one.py").write_bytes(b"\xef\xbb\xbffirst\r\n\tsecond\xff\r\n")

    submission = packed(find(str(tmp_path), "ex9"))
    (tmp_path / "pkg" / "one.py").write_text("changed", encoding="utf-8")

    assert submission.line("pkg/one.py", 1) == "first"
    assert submission.line("pkg/one.py", 2) == "    second\N{REPLACEMENT CHARACTER}"
    assert submission.line("pkg/one.py", 3) is None
    assert submission.line("../value.py", 1) is None
    assert submission.line("/etc/passwd", 1) is None


OUTSIDE = [
    *("../a.py", "a/../b.py", "/etc/passwd", "", "a//b", "./a", "a\0b", "a\\b", "c:x"),
    *("a/b/c/d/e", "x" * 256),
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_out_is_refused_on_both_sides(name: str, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()

    with pytest.raises(ValueError, match="no name of a file below a folder"):
        wrap([(name, b"")])
    with pytest.raises(ValueError, match="no name of a file below a folder"):
        unwrap([(name, "")], str(room))

    assert list(tmp_path.rglob("*")) == [room]


def test_what_is_wrapped_is_unwrapped(tmp_path: Path) -> None:
    unwrap(wrap([("a.py", b"x = 1\n"), ("p/q/data.bin", bytes(range(256)))]), str(tmp_path))

    assert (tmp_path / "a.py").read_bytes() == b"x = 1\n"
    assert (tmp_path / "p" / "q" / "data.bin").read_bytes() == bytes(range(256))
