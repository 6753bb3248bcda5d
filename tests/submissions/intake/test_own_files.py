"""One student's files: archives are opened, bounded, and what is left out is told."""

import io
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from grader.submissions.intake.bounded_reading import FileContent
from grader.submissions.intake.left_out import LeftOut
from grader.submissions.intake.own_files import OwnFiles, own_files, submitted_files
from grader.submissions.reader import Reader

VALUE = b"class Value: ..."
READ = Reader()  # one process for all of these


@pytest.fixture(scope="module", autouse=True)
def reader() -> Iterator[None]:
    yield
    READ.close()


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def tarred(mode: str) -> bytes:
    packed = io.BytesIO()
    opened: Any = tarfile.open
    with opened(fileobj=packed, mode=f"w:{mode}") as file:
        info = tarfile.TarInfo("hw/value.py")
        info.size = len(VALUE)
        file.addfile(info, io.BytesIO(VALUE))
    return packed.getvalue()


def laid_out(files: Mapping[str, bytes]) -> OwnFiles:
    contents = {name: FileContent(name, content) for name, content in files.items()}
    return own_files(contents, dict.fromkeys(files, 0.0), READ)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hw.zip", zipped(value__py=VALUE)),
        ("HW.ZIP", zipped(value__py=VALUE)),
        ("hw.tar.gz", tarred("gz")),
        ("hw.tgz", tarred("gz")),
        ("hw.tar.xz", tarred("xz")),
        ("hw.tar", tarred("")),
        ("hw.zip", tarred("gz")),
        ("hw.tar.gz", zipped(value__py=VALUE)),
        ("hw.zip", zipped(in__zip=zipped(value__py=VALUE))),
    ],
    ids=[
        *("zip", "in capitals", "tar.gz", "tgz", "tar.xz", "tar", "a tar as a zip"),
        *("a zip as a tar", "a zip in a zip"),
    ],
)
def test_an_archive_is_opened_whatever_it_is_called(name: str, content: bytes) -> None:
    found = laid_out({name: content, "report.pdf": b"%PDF"})

    assert [(one.name, one.content) for one in found.files if one.name.endswith(".py")] == [
        ("value.py" if found.files[-1].name == "value.py" else "hw/value.py", VALUE)
    ]
    assert found.left_out == []


def test_several_archives_lie_in_a_folder_each() -> None:
    found = laid_out({"a.zip": zipped(value__py=VALUE), "b.zip": zipped(value__py=b"b = 1")})

    assert [one.name for one in found.files] == ["a/value.py", "b/value.py"]


def test_an_archive_beside_a_script_stays_closed() -> None:
    found = laid_out({"data.zip": zipped(value__py=b""), "value.py": VALUE})

    assert [one.name for one in found.files] == ["data.zip", "value.py"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("hw.rar", b"Rar!\x1a\x07", "hw.rar: it is an archive of a kind that is not opened here"),
        ("hw.7z", b"7z", "hw.7z: it is an archive of a kind that is not opened here"),
        ("hw.zip", b"Rar!\x1a\x07\0", "hw.zip: it cannot be opened: it is a rar, whatever its"),
        ("hw.zip", b"7z\xbc\xaf\x27\x1c", "hw.zip: it cannot be opened: it is a 7z, whatever"),
        ("hw.zip", b"nonsense", "hw.zip: it cannot be opened: it is no zip and no tar, or damaged"),
        (
            "hw.zip",
            zipped(a__zip=zipped(b__zip=zipped())),
            "b.zip: archives in archives are",
        ),
        (f"{'x' * 250}.py", VALUE, f"{'x' * 250}.py: its name is too long"),
        ("con.py", VALUE, "con.py: its name is that of a device"),
    ],
    ids=["rar", "7z", "a rar as a zip", "a 7z as a zip", "nonsense", "too deep", "long", "device"],
)
def test_what_is_left_out_is_told_by_its_own_name(name: str, content: bytes, says: str) -> None:
    (line,) = laid_out({name: content}).left_out

    assert line.startswith(says)


def test_only_so_many_archives_are_opened() -> None:
    many = {f"{number}.zip": zipped(value__py=VALUE) for number in range(6)}

    found = laid_out(many)

    assert len(found.files) == 4
    assert found.left_out == [f"{number}.zip: only 4 archives are opened" for number in (4, 5)]


def test_an_upload_is_laid_out_the_same_way() -> None:
    refused = LeftOut()
    uploads = [FileContent("hw.zip", zipped(value__py=VALUE)), FileContent("../x.py", b"")]

    files = submitted_files(uploads, refused)

    assert [one.name for one in files] == ["value.py"]
    assert refused.lines() == ("../x.py: its name leads out of its folder",)
