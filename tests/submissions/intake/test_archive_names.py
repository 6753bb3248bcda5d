"""A name in an archive is read as it was written, or it is said that nobody knows."""

import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from grader.submissions.intake.archive_names import name_on_disk
from grader.submissions.intake.student_submission import Intake
from grader.submissions.intake.take_in import take_in

JURGEN, ZOE = "Jürgen", "Zoë"


def packed(folder: Path, *names: bytes, extra: bytes = b"", flags: int = 0) -> Intake:
    """What is taken out of a zip whose names are these bytes."""
    path, held = folder / "course.zip", io.BytesIO()
    stand_ins = [bytes(65 + number for _ in name) for number, name in enumerate(names)]
    with zipfile.ZipFile(held, "w") as file:
        for stand_in in stand_ins:
            info = zipfile.ZipInfo(stand_in.decode())
            info.extra, info.flag_bits = extra, flags
            file.writestr(info, "x = 1")
    content = held.getvalue()
    for stand_in, name in zip(stand_ins, names, strict=True):
        content = content.replace(stand_in, name)
    path.write_bytes(content)
    return take_in(path)


def students(taken: Intake) -> list[str]:
    return sorted(one.student.name for one in taken.handed)


def test_what_is_valid_utf_8_is_utf_8(tmp_path: Path) -> None:
    taken = packed(tmp_path, f"{JURGEN}/value.py".encode(), f"{ZOE}/value.py".encode())

    assert students(taken) == [JURGEN, ZOE]
    assert taken.notes == ()


@pytest.mark.parametrize("encoding", ["shift-jis", "gbk", "euc-kr"])
def test_of_other_letters_it_is_said_that_they_may_be_wrong(tmp_path: Path, encoding: str) -> None:
    name = {"shift-jis": "田中太郎", "gbk": "李伟华", "euc-kr": "김민수"}[encoding]
    taken = packed(tmp_path, f"{name}/value.py".encode(encoding), b"Ann/value.py")

    assert len(taken.handed) == 2
    (note,) = taken.notes
    assert note.startswith("1 name in it may be wrong: nothing says in which letters")


def test_old_letters_of_dos_are_read_as_they_are(tmp_path: Path) -> None:
    taken = packed(tmp_path, f"{JURGEN}/value.py".encode("cp437"), b"Ann/value.py")

    assert students(taken) == ["Ann", JURGEN]
    assert len(taken.notes) == 1


def test_a_field_that_has_the_name_is_believed_where_it_belongs_to_it(tmp_path: Path) -> None:
    raw = "李伟/value.py".encode("gbk")
    told = "李伟/value.py".encode()

    def field(checksum: int) -> bytes:
        body = b"\1" + struct.pack("<L", checksum) + told
        return struct.pack("<HH", 0x7075, len(body)) + body

    right = packed(tmp_path, raw, b"Ann/value.py", extra=field(zlib.crc32(raw)))
    wrong = packed(tmp_path, raw, b"Ann/value.py", extra=field(1))

    assert (students(right), right.notes) == (["Ann", "李伟"], ())
    assert "李伟" not in students(wrong)
    assert len(wrong.notes) == 1


def test_two_ways_to_write_an_accent_are_one_name(tmp_path: Path) -> None:
    apart = "Ju\u0308rgen"
    path = tmp_path / "course.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name in (f"{JURGEN}/value.py", f"{apart}/main.py", "Ann/value.py"):
            file.writestr(name, "x = 1")

    taken = take_in(path)

    assert students(taken) == ["Ann", JURGEN]
    assert [len(one.files) for one in taken.handed] == [1, 2]


def test_bytes_in_a_tar_that_are_no_utf_8_lose_nobody(tmp_path: Path) -> None:
    path = tmp_path / "course.tar"
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT, encoding="latin-1") as file:
        for name in (f"{JURGEN}/value.py", "Ann/value.py"):
            info = tarfile.TarInfo(name)
            info.size = 5
            file.addfile(info, io.BytesIO(b"x = 1"))

    taken = take_in(path)

    assert students(taken) == ["Ann", JURGEN]
    assert len(taken.notes) == 1


def test_a_name_with_half_a_letter_is_no_sure_one() -> None:
    assert name_on_disk("value.py") == ("value.py", True)
    assert name_on_disk("J\udcfcrgen") == (JURGEN, False)
    assert not name_on_disk("a\ud800b").sure
