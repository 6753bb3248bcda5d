"""Archives are hostile: what would harm is left out with a reason, and the rest is taken."""

import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions.intake.archive import files_in, nested, unpacked
from grader.submissions.intake.bounded_reading import (
    BOUNDS,
    ONES,
    Bounds,
    FileContent,
    TooMuch,
    UnopenedFile,
)
from grader.submissions.intake.left_out import MOST_TOLD, LeftOut

TEXT = b"class Value: pass\n"
GOOD = FileContent("ant/value.py", TEXT)


def timeless(found: list[FileContent]) -> list[FileContent]:
    return [one._replace(changed=0.0, dated="") for one in found]


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in (*entries, (GOOD.name, TEXT)):
            file.writestr(name, content)
    return held.getvalue()


def tarred(*entries: tarfile.TarInfo) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as file:
        for info in entries:
            file.addfile(info)
        good = tarfile.TarInfo(GOOD.name)
        good.size = len(TEXT)
        file.addfile(good, io.BytesIO(TEXT))
    return held.getvalue()


def read(content: bytes, bounds: Bounds = ONES) -> tuple[list[FileContent], tuple[str, ...]]:
    refused = LeftOut()
    return timeless(nested(FileContent("a.zip", content), refused, bounds).files), refused.lines()


def of_unix(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def tar_info(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (("../evil.py", b"x"), "../evil.py: its name leads out of its folder"),
        (("/etc/passwd", b"x"), "/etc/passwd: its name is absolute"),
        (("C:/evil.py", b"x"), "C:/evil.py: its name is absolute"),
        ((of_unix("link", stat.S_IFLNK | 0o777), b"/etc/passwd"), "link: it is a link"),
        ((of_unix("fifo", stat.S_IFIFO | 0o777), b""), "fifo: it is no regular file"),
    ],
    ids=["traversal", "absolute", "drive", "link", "fifo"],
)
def test_an_entry_of_a_zip_that_would_harm_is_left_out(
    entry: tuple[str | zipfile.ZipInfo, bytes], line: str
) -> None:
    assert read(zipped(entry)) == ([GOOD], (line,))


@pytest.mark.parametrize(
    ("info", "line"),
    [
        (tar_info("../evil.py", tarfile.REGTYPE), "../evil.py: its name leads out of its folder"),
        (tar_info("/etc/x", tarfile.REGTYPE), "/etc/x: its name is absolute"),
        (tar_info("link", tarfile.SYMTYPE, "/etc/passwd"), "link: it is a link"),
        (tar_info("hard", tarfile.LNKTYPE, "/etc/passwd"), "hard: it is a link"),
        (tar_info("null", tarfile.CHRTYPE), "null: it is no regular file"),
        (tar_info("fifo", tarfile.FIFOTYPE), "fifo: it is no regular file"),
    ],
    ids=["traversal", "absolute", "symbolic link", "hard link", "device", "fifo"],
)
def test_an_entry_of_a_tar_that_would_harm_is_left_out(info: tarfile.TarInfo, line: str) -> None:
    assert read(tarred(info)) == ([GOOD], (line,))


def test_a_bomb_is_left_out_unread() -> None:
    content = zipped(("zeros", bytes(BOUNDS.file + 1)))

    assert len(content) < BOUNDS.file / 500
    assert read(content) == ([GOOD], ("zeros: it has more than 64 MB",))


def test_a_bomb_in_a_tar_is_not_read_over() -> None:
    info = tarfile.TarInfo("zeros")

    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as file:
        info.size = 1000
        file.addfile(info, io.BytesIO(bytes(1000)))

    assert read(held.getvalue(), Bounds(passed=10, depth=0)) == (
        [],
        ("the rest: only 0 MB are read",),
    )


def test_a_size_that_lies_is_found_out() -> None:
    content = bytearray(zipped(("lies.py", b"x" * 1000)))
    at = content.rindex(b"PK\1\2", 0, content.rindex(b"PK\1\2"))
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")

    found, lines = read(bytes(content))

    assert found == [GOOD]
    assert lines[0].startswith("lies.py: it cannot be read: Bad CRC-32")


def test_an_encrypted_entry_is_left_out() -> None:
    content = bytearray(zipped(("secret.py", b"x")))
    at = content.rindex(b"PK\1\2", 0, content.rindex(b"PK\1\2"))
    content[at + 8] |= 1

    assert read(bytes(content)) == ([GOOD], ("secret.py: it is encrypted",))


def test_of_two_entries_of_the_same_name_the_last_counts() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped((GOOD.name, b"first"))

    assert read(content) == ([GOOD], ())


def test_so_many_entries_are_looked_at_and_no_more() -> None:
    content = zipped(*((f"{number}.py", b"x") for number in range(200)))

    found, lines = read(content, Bounds(entries=100, depth=0))

    assert len(found) == 100
    assert lines == ("the rest: only the first 100 entries are looked at",)


def test_so_much_is_kept_and_no_more() -> None:
    content = zipped(("a.py", bytes(10)), ("b.py", bytes(10)))

    assert read(content, Bounds(kept=15, depth=0)) == (
        [FileContent("a.py", bytes(10))],
        ("the rest: only 0 MB are kept",),
    )


def test_what_is_refused_is_told_as_far_as_there_is_room() -> None:
    _, lines = read(zipped(*((f"../{number}", b"x") for number in range(60))))

    assert len(lines) == MOST_TOLD + 1
    assert lines[-1] == "and 10 more"


def test_what_is_in_a_student_s_name_cannot_act_on_a_terminal() -> None:
    _, (line,) = read(zipped(("\x1b[2J.py", b"x")))

    assert "\x1b" not in line


def test_an_archive_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\3\4 and so on")

    with pytest.raises(UnopenedFile, match=r"a\.zip cannot be opened: it is no zip and no tar"):
        files_in(tmp_path / "a.zip", LeftOut())


def test_what_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnopenedFile, match="it does not exist"):
        files_in(tmp_path / "nothing.zip", LeftOut())


@given(st.binary(max_size=300), st.integers(0, 400), st.booleans())
def test_a_damaged_archive_is_read_or_told(noise: bytes, where: int, tar: bool) -> None:
    content = bytearray(tarred() if tar else zipped(("a.py", b"x")))
    place = where % len(content)
    content[place : place + len(noise)] = noise

    found, _ = read(bytes(content))

    assert all(".." not in one.name.split("/") for one in found)


def test_a_folder_s_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    folder = tmp_path / "where"
    (folder / "ant").mkdir(parents=True)
    (folder / "ant" / "value.py").write_bytes(TEXT)
    (folder / "ant" / "key").symlink_to(tmp_path / "secret")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    refused = LeftOut()

    found = files_in(folder, refused)

    assert found.files == [GOOD]
    assert sorted(refused.lines()) == [
        *("ant/key: it is a link", "pipe: it is no regular file", "up: it is a link")
    ]


@pytest.mark.parametrize("how", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_is_read_however_it_is_packed(tmp_path: Path, how: str) -> None:
    open_as: Callable[..., tarfile.TarFile] = tarfile.open
    with open_as(tmp_path / "a.tar", how) as file:
        info = tarfile.TarInfo(GOOD.name)
        info.size = len(TEXT)
        file.addfile(info, io.BytesIO(TEXT))

    assert timeless(files_in(tmp_path / "a.tar", LeftOut()).files) == [GOOD]


def test_a_bomb_that_unpacks_in_one_piece_is_left_out_unread() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("zeros", bytes(1 << 26))
        file.writestr(zipfile.ZipInfo(GOOD.name), TEXT)
    content = held.getvalue().replace((1 << 26).to_bytes(4, "little"), (100).to_bytes(4, "little"))

    line = "zeros: it is packed in a way that few can read: pack it as usual"
    assert read(content) == ([GOOD], (line,))


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE])
def test_a_tar_s_header_that_is_longer_than_any_file_is_not_read(
    kind: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    reads = gzip.GzipFile.read

    def watched(file: gzip.GzipFile, size: int = -1) -> bytes:
        asked.append(size)
        return reads(file, size)

    monkeypatch.setattr(gzip.GzipFile, "read", watched)
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = kind, 1 << 30
    content = gzip.compress(header.tobuf(tarfile.GNU_FORMAT) + bytes(1 << 20))

    found, (line,) = read(content)

    assert found == []
    assert "a header of 1024 MB" in line
    assert max(asked) < 1 << 20


@pytest.mark.parametrize("error", [MemoryError(), lzma.LZMAError("corrupt"), struct.error("short")])
def test_whatever_unpacking_raises_costs_one_entry(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens = zipfile.ZipFile.open

    def failing(archive: zipfile.ZipFile, name: zipfile.ZipInfo) -> IO[bytes]:
        if name.filename == "bad.py":
            raise error
        return opens(archive, name)

    content = zipped(("bad.py", b"x"))
    monkeypatch.setattr(zipfile.ZipFile, "open", failing)

    found, (line,) = read(content)

    assert found == [GOOD]
    assert line.startswith("bad.py: it cannot be read: ")


def test_one_folder_s_many_entries_take_no_room_from_another_s(tmp_path: Path) -> None:
    content = zipped(*((f"eve/data/{number}", b"x") for number in range(20)), ("zoe/v.py", b"x"))
    (tmp_path / "a.zip").write_bytes(content)
    refused = LeftOut()

    found = files_in(tmp_path / "a.zip", refused, Bounds(entries=10)).files

    assert [one.name for one in found[-2:]] == ["zoe/v.py", GOOD.name]
    assert len(found) == 12
    assert refused.lines() == ("eve/data: the rest: only the first 10 entries are looked at",)


@pytest.mark.parametrize("bounds", [Bounds(all_entries=1), Bounds(all_kept=20)])
def test_what_is_too_much_in_all_is_said_and_nobody_is_left_out(
    tmp_path: Path, bounds: Bounds
) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("zoe/v.py", bytes(30))))

    with pytest.raises(TooMuch, match="it holds more than"):
        files_in(tmp_path / "a.zip", LeftOut(), bounds)


def test_an_entry_without_a_name_costs_nothing_but_itself() -> None:
    nameless = zipfile.ZipInfo("")

    assert read(zipped((nameless, b"x"))) == ([GOOD], (": it has no name",))


def test_what_is_read_for_nothing_counts_as_read(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    opens = zipfile.ZipFile.open

    def counted(archive: zipfile.ZipFile, name: zipfile.ZipInfo) -> IO[bytes]:
        opened.append(name.filename)
        name.CRC ^= 1  # all of it is read before that is found out
        return opens(archive, name)

    content = zipped(*((f"{number}.py", bytes(2 << 20)) for number in range(9)))
    monkeypatch.setattr(zipfile.ZipFile, "open", counted)

    found, lines = read(content, Bounds(tried=8 << 20, depth=0))

    assert found == []
    assert "the rest: only 8 MB are read" in lines
    assert opened == ["0.py", "1.py", "2.py", "3.py", "4.py"]


def test_a_small_archive_is_not_unpacked_into_much() -> None:
    found, lines = read_as_students(zipped(*((f"{n}.bin", bytes(20 << 20)) for n in range(2))))

    assert [one.name for one in found] == ["0.bin"]
    assert lines == ("the rest: only 32 MB are kept",)


def test_a_file_with_holes_in_it_is_left_out() -> None:
    info = tar_info("holes.bin", tarfile.GNUTYPE_SPARSE)
    info.pax_headers = {}
    content = gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + bytes(10240))

    assert read(content) == ([], ("holes.bin: it is no regular file",))


def test_a_name_that_no_system_has_is_not_even_looked_at() -> None:
    marks = "\u0301\u0323" * 30_000  # their order is worked out pair by pair

    found, (line,) = read(zipped((f"a{marks}"[: 65_535 // 2], b"x")))

    assert found == [GOOD]
    assert line.endswith(": its name is too long")


def read_as_students(content: bytes) -> tuple[list[FileContent], tuple[str, ...]]:
    found, lines = unpacked("a.zip", content)
    return timeless(found), lines
