"""The same file twice is told, however short it is, and what everyone was given is not."""

from pathlib import Path

from grader.course.similarity.identical_files import IdenticalFiles, identical_files


def handed(root: Path, **files: bytes) -> None:
    for name, content in files.items():
        key, _, file = name.partition("__")
        (root / key).mkdir(exist_ok=True)
        (root / key / f"{file}.py").write_bytes(content)


def test_the_same_file_is_told_however_short_it_is_and_whatever_it_is_called(
    tmp_path: Path,
) -> None:
    handed(tmp_path, ant__value=b"a = 1\n", bee__mine=b"a = 1\r\n", cow__value=b"a = 2\n")

    assert identical_files(tmp_path, []) == [
        IdenticalFiles(("ant", "bee"), ("value.py", "mine.py"))
    ]


def test_what_everyone_was_given_and_what_is_empty_is_nobody_s(tmp_path: Path) -> None:
    handed(tmp_path, ant__value=b"# given\n", bee__value=b"# given\n")
    handed(tmp_path, ant__empty=b"\n", bee__empty=b"\n")

    assert identical_files(tmp_path, ["# given"]) == []


def test_the_same_file_twice_of_one_student_is_none(tmp_path: Path) -> None:
    handed(tmp_path, ant__value=b"a = 1\n", ant__again=b"a = 1\n")

    assert identical_files(tmp_path, []) == []


def test_the_most_frequent_comes_first(tmp_path: Path) -> None:
    handed(tmp_path, ant__a=b"a\n", bee__a=b"a\n", bee__b=b"b\n", cow__b=b"b\n", dog__b=b"b\n")

    assert [one.keys for one in identical_files(tmp_path, [])] == [
        ("bee", "cow", "dog"),
        ("ant", "bee"),
    ]
