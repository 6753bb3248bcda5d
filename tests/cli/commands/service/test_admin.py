"""`grade admin` makes courses, lets people in, and keeps what is known, from the command line."""

import json
from pathlib import Path

import pytest

from grader.cli.errors import SUCCESS, USAGE
from grader.cli.main import run
from grader.service.database.revisions import newest_version
from tests.service.running import COURSE, site


@pytest.fixture
def asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> object:
    def ask(*words: str, status: int = SUCCESS) -> str:
        assert run(["admin", words[0], "--data", str(tmp_path / "data"), *words[1:]]) == status
        said = capsys.readouterr()
        return said.out if status == SUCCESS else said.err

    return ask


def test_a_course_is_made_and_people_are_let_in(asked, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    table = tmp_path / "people.csv"
    table.write_text(
        "Name;Email;Student_Number;Role\nAda;ada@uni.example;1;\nTom;t@x.example;;ta\n"
    )

    asked("migrate")
    made = asked("course", "ml-2026", "my475/ex9", "sri", "--title", "Machine learning")

    assert "ml-2026: 6 exercises" in made
    assert "http://127.0.0.1:8475/enter/" in made
    assert asked("courses") == "ml-2026  Machine learning\n"
    assert asked("people", "ml-2026", str(table)) == "2 people are in ml-2026\n"
    assert asked("people", "ml-2026", str(table)) == "2 people are in ml-2026\n"
    assert "/enter/" in asked("link", "1")
    assert "/enter/" in asked("invite", "ml-2026", "--role", "ta", "--uses", "3")
    assert asked("token", "t@x.example", "--label", "ci", "--scope", "grade").startswith("grade_")


def test_all_of_it_goes_into_a_file_and_back(asked, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    asked("migrate")
    asked("course", "ml", "my475/ex9")
    asked("link", "a@uni.example", "--admin")
    asked("backup", str(tmp_path / "b.sqlite3"))
    asked("export", "a@uni.example", str(tmp_path / "a.json"))

    assert json.loads((tmp_path / "a.json").read_text())["person"]["is_admin"]
    assert asked("forget", "a@uni.example", "--yes") == "0 submissions are removed\n"
    assert "nobody is called" in asked("link", "a@uni.example", status=USAGE)
    assert "is not empty" in asked("restore", str(tmp_path / "b.sqlite3"), status=USAGE)
    elsewhere = ["--data", str(tmp_path / "new")]
    assert "is restored" in asked("restore", str(tmp_path / "b.sqlite3"), *elsewhere)
    assert "/enter/" in asked("link", "a@uni.example", *elsewhere)
    assert asked("retain", "--days", "365") == "0 submissions have no files any more\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["course", "ML 2026", "ex9"], "'ML 2026' is no name for a course"),
        (["course", "ml", "ex99"], "no exercise named 'ex99'"),
        (["course", "taken", "my475/ex9"], "there is a course 'taken' already"),
        (["invite", "none"], "no course named 'none'"),
        (["link", "nobody@x.example"], "nobody is called 'nobody@x.example'"),
        (["invite", "taken", "--url", "http://grade.uni.example"], "without TLS"),
    ],
)
def test_what_cannot_be_is_told(asked, words: list[str], says: str) -> None:  # type: ignore[no-untyped-def]
    asked("migrate")
    asked("course", "taken", "my475/ex9")

    assert says in asked(*words, status=USAGE)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,email,role\nAda,a@x.example,king\n", "people.csv:2: 'king' is no role"),
        ("name,email\nAda,\n", "people.csv:2: neither an email nor a student_number"),
        ("name\nAda,x\n", "line 2 has 2 cells"),
    ],
)
def test_a_table_that_is_wrong_is_told_with_its_line(  # type: ignore[no-untyped-def]
    asked, tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "people.csv").write_text(text)
    asked("migrate")
    asked("course", "ml", "my475/ex9")

    assert says in asked("people", "ml", str(tmp_path / "people.csv"), status=USAGE)
    assert asked("courses") == "ml  ml\n"


def test_a_database_that_was_never_brought_forward_is_told(asked, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "data").mkdir()

    needed = f"is of version none, and {newest_version()} is needed"
    assert needed in asked("courses", status=USAGE)


def test_it_works_while_the_service_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with site(tmp_path) as served:
        assert run(["admin", "invite", COURSE, "--data", str(tmp_path)]) == SUCCESS

        link = capsys.readouterr().out.strip().partition("8475")[2]
        assert served.post("", link, data={"name": "Nina"}).status_code == 303
