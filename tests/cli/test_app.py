"""Words that are no command get a line and a hint; the help says how to begin."""

import pytest

from grader import __version__
from grader.cli.main import run

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("words", "status", "message", "hint"),
    [
        (["exx9"], 2, "no exercise named 'exx9'", "did you mean ex9? See `grade list`"),
        (["lst"], 2, "no exercise named 'lst'", "did you mean list? See `grade list`"),
        (["start", "my475"], 2, "my475 is a track of 14 exercises", "name one: my475/ex1"),
        (["show", "ex99"], 2, "no exercise named 'ex99'", "did you mean ex9? See `grade list`"),
        (["list", "my47"], 2, "no exercise named 'my47'", "did you mean my475? See `grade list`"),
        (["ex9", "--fromat", "json"], 2, "No such option '--fromat'.", "see grade check --help"),
        (["ex9", "gone.py"], 4, "no file 'gone.py'", "check the name and the folder"),
        (["ex9", "a", "b"], 2, "Got unexpected extra argument (b)", "see grade check --help"),
        (["show"], 2, "Missing argument 'EXERCISE'.", "see grade show --help"),
    ],
)
def test_a_wrong_command_line_gets_one_line_and_a_hint(
    words: list[str], status: int, message: str, hint: str, capsys: Captured
) -> None:
    assert run(words) == status

    captured = capsys.readouterr()
    assert captured.out == ""
    first, second = captured.err.splitlines()
    assert first.startswith(f"Error: {message}")
    assert second == f"Hint: {hint}"


def test_help_says_how_to_begin(capsys: Captured) -> None:
    assert run(["--help"]) == 0

    text = capsys.readouterr().out
    assert "grade ex9 value.py" in text
    assert "Exit status: 0 all right, 1 something is to be fixed" in text
    assert max(map(len, text.splitlines())) <= 88


def test_no_words_at_all_get_the_help(capsys: Captured) -> None:
    assert run([]) == 0

    assert "grade list" in capsys.readouterr().out


def test_the_version_is_the_packages(capsys: Captured) -> None:
    assert run(["--version"]) == 0

    assert capsys.readouterr().out == f"grade {__version__}\n"
