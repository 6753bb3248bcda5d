"""A file is written whole or not at all, wherever its path leads."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import UnwritableOutput
from grader.reports.files import beside, into, put


def test_what_stood_there_is_kept_where_writing_fails(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    put(file, b"before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(UnwritableOutput, match="File too large"):
            into(str(file), b"much more than that")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert file.read_bytes() == b"before"


def test_a_link_where_a_file_is_written_before_it_moves_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("kept", encoding="utf-8")
    beside(tmp_path / "a.json").symlink_to("secret")

    put(tmp_path / "a.json", b"new")

    assert (tmp_path / "secret").read_text(encoding="utf-8") == "kept"
    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert not (tmp_path / "a.json").is_symlink()


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("file")

    into(str(tmp_path / "link"), b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    ours, theirs = os.pipe()

    into(f"/dev/fd/{theirs}", b"new")

    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        assert pipe.read() == b"new"


def test_where_stdout_leads_into_a_file_nothing_else_in_it_is_lost(tmp_path: Path) -> None:
    code = (
        "import sys; from grader.reports.files import into;"
        "print('one', flush=True); into('/dev/stdout', b'two\\n'); print('three')"
    )
    with (tmp_path / "log").open("ab") as log:
        subprocess.run([sys.executable, "-c", code], stdout=log, check=True)

    assert (tmp_path / "log").read_text(encoding="utf-8") == "one\ntwo\nthree\n"


def test_a_file_in_a_closed_folder_is_written_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "results.json"
    file.write_bytes(b"longer than what is new")
    before = file.stat().st_ino
    monkeypatch.setattr(os, "access", lambda *_: False)  # closed to root, too

    into(str(file), b"new")

    assert (file.stat().st_ino, file.read_bytes()) == (before, b"new")


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput, match="No such file or directory"):
        into(str(tmp_path / "missing" / "a.json"), b"new")
