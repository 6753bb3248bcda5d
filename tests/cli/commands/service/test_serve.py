"""`grade serve` starts nothing that it cannot serve safely, and says why in a line."""

import gc
import socket
from pathlib import Path

import pytest

from grader.cli.errors import SUCCESS, TO_FIX, USAGE
from grader.cli.main import run
from grader.sandbox.survey import Survey


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["serve", *words]) == USAGE
    return capsys.readouterr().err


def test_without_walls_it_does_not_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "grader.sandbox.survey.survey", lambda platform: Survey(platform, "limits", ())
    )

    says = refused(["--data", str(tmp_path / "data"), "--port", "0"], capsys)

    assert "this machine builds no walls around a submission" in says
    assert "--walls limits" in says
    assert not (tmp_path / "data").exists()


def test_a_port_in_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        says = refused(["--data", str(tmp_path), "--walls", "limits", "--port", port], capsys)

    assert f"cannot listen at 127.0.0.1:{port}" in says
    assert gc.isenabled()  # it waits for imports alone


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--url", "http://grade.uni.example"], "without TLS"),
        (["--former-url", "https://old.example/path"], "it has a path"),
        (["--database", "mysql://host/x"], "mysql is not supported"),
    ],
)
def test_what_cannot_be_is_told(
    words: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ["--data", str(tmp_path), "--walls", "limits", "--port", "0"]

    assert says in refused([*more, *words], capsys)


def test_what_is_not_installed_is_told_with_its_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.cli.commands.service.serve.find_spec", lambda _name: None)

    says = refused([], capsys)

    assert "`grade serve` needs starlette, which is not installed" in says
    assert '"autograd-grader[serve]"' in says


def test_a_check_says_what_would_work_and_what_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["serve", "--check", "--walls", "limits", "--data", str(tmp_path)]
    (tmp_path / "grade.sqlite3").write_bytes(b"no database" * 400)

    status = run([*words, "--url", "http://grade.uni.example"])

    said = capsys.readouterr().out
    assert status == TO_FIX
    assert "NO  walls      limits: let in nobody but yourself" in said
    assert "NO  address    --url http://grade.uni.example: without TLS" in said
    assert "file is not a database" in said
    assert "ok  exercises  " in said


def test_a_check_that_finds_nothing_wrong_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"

    status = run(["serve", "--check", "--walls", "full", "--data", str(data)])

    assert status == SUCCESS, capsys.readouterr().out
    assert not data.exists()


def test_a_database_that_is_there_is_not_said_to_be_made_wherever_one_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["serve", "--check", "--walls", "full", "--data", "data"]

    run(words)
    before = capsys.readouterr().out
    assert run(["admin", "migrate", "--data", "data"]) == SUCCESS
    capsys.readouterr()
    run(words)

    assert "data/grade.sqlite3" in before
    assert "will be made" in before
    assert "will be made" not in capsys.readouterr().out
