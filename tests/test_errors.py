"""Every error says what happened, without blame or full stop, and what to do next."""

import ast
import inspect
import os
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pytest

from grader.errors import (
    FileExists,
    GraderAtFault,
    GraderError,
    Misused,
    NothingToGrade,
    UnwritableOutput,
    in_words,
    install_command,
    nearest,
    quoted,
)
from grader.exercises.catalogue import AmbiguousExercise, TrackNotExercise, UnknownExercise
from grader.sandbox.protocol.limits import Tier
from grader.submissions.submission import SeveralSubmissions
from tests.places import ROOT

SAMPLES: dict[object, object] = {
    str: "value.py",
    int: 3,
    float: 0.0,
    bool: True,
    list[str]: ["src/engine.py"],
    Iterable[str]: ("my475/ex9", "sri/ex9"),
    Sequence[str]: ("Value", "Node"),
    Tier: "container",
}


PAGE = r'see \\?"([^"\\]+)\\?" in the documentation'
KINDS = r"^class \w+\((GraderError|Misused|NothingToGrade|GraderAtFault|UnopenedFile)\):"
for file in sorted((ROOT / "grader").rglob("*.py")):  # once they are loaded, the family is whole
    if re.search(KINDS, file.read_text(encoding="utf-8"), re.MULTILINE):
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def family(kind: type[GraderError] = GraderError) -> Iterator[type[GraderError]]:
    for child in kind.__subclasses__():
        yield child
        yield from family(child)


WITH_WORDS = sorted(
    (kind for kind in family() if "__init__" in vars(kind)), key=lambda kind: kind.__name__
)


def made(kind: Callable[..., GraderError]) -> GraderError:
    """An error of `kind`, made of sample arguments of the types that it wants."""
    wanted = inspect.signature(kind).parameters.values()
    return kind(*(SAMPLES[parameter.annotation] for parameter in wanted))


def test_an_error_is_one_line_that_begins_small_and_has_no_full_stop() -> None:
    for kind in WITH_WORDS:
        error = made(kind)

        assert str(error) == error.message
        for text in (error.message, error.hint):
            assert text.isprintable(), kind
            assert not text[:1].isupper(), kind
            assert text[-1:] not in ("", ".", "!", " "), kind


def test_every_error_belongs_to_what_a_person_can_put_right() -> None:
    for kind in family():
        roots = (Misused, NothingToGrade, GraderAtFault)

        assert sum(issubclass(kind, root) for root in roots) == 1, kind


def test_an_error_survives_the_way_from_another_process() -> None:
    for kind in WITH_WORDS:
        error = made(kind)

        arrived = pickle.loads(pickle.dumps(error))

        assert type(arrived) is kind
        assert (str(arrived), arrived.message, arrived.hint) == (
            str(error),
            error.message,
            error.hint,
        )


def test_an_error_cannot_do_without_a_hint() -> None:
    with pytest.raises(TypeError, match="hint"):
        GraderError("something happened")  # type: ignore[call-arg]


def said() -> Iterator[tuple[str, ast.expr]]:
    """Every message and hint in the source: its place, and it."""
    for file in sorted((ROOT / "grader").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "hint=" in text else ():
            hints = [key.value for key in getattr(node, "keywords", ()) if key.arg == "hint"]
            if isinstance(node, ast.Call) and hints and node.args:
                for part in (node.args[0], *hints):
                    yield f"{file.stem}:{node.lineno}:{part.col_offset}", part


def written(part: ast.expr) -> str:
    """A text as the source has it, with … for what is filled in."""
    if isinstance(part, ast.JoinedStr):
        return "".join(written(piece) for piece in part.values)
    return str(part.value) if isinstance(part, ast.Constant) else "…"


def test_a_message_in_the_source_is_small_and_without_full_stop() -> None:
    texts = {place: written(part) for place, part in said()}

    assert len(texts) > 300
    for place, text in texts.items():
        assert text == text.strip() != "", place
        assert not text[0].isupper() or text.startswith("MUTANTS ="), place
        assert not text.endswith((".", "!", "?")), place


def test_a_page_that_a_hint_names_is_one_of_the_documentation_s() -> None:
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "grader").rglob("*.py")]
    pages = {page for text in sources for page in re.findall(PAGE, text)}
    titles = re.findall(r"- (.+): \S+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))

    assert pages == {"exercise.toml", "A first exercise", "Marks by hand"}
    assert pages <= set(titles)


def test_the_python_that_runs_grade_installs_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "my env" / "python3"
    program.parent.mkdir()
    program.write_bytes(b"")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setenv("PATH", str(tmp_path))
    elsewhere = install_command("numpy")
    monkeypatch.setenv("PATH", str(program.parent))

    assert elsewhere == f"'{program}' -m pip install numpy"
    assert install_command("numpy") == "python3 -m pip install numpy"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_python_of_the_same_name_elsewhere_does_not_install_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    system, link = tmp_path / "python", tmp_path / "venv" / "python"
    link.parent.mkdir()
    system.write_bytes(b"")
    system.chmod(0o755)
    link.symlink_to(system)
    monkeypatch.setattr(sys, "executable", str(link))
    monkeypatch.setenv("PATH", str(tmp_path))

    assert install_command("numpy") == f"{link} -m pip install numpy"


def test_an_unknown_exercise_names_the_nearest() -> None:
    error = UnknownExercise("exx9", ["ex1", "ex9", "my475/ex9"])

    assert error.message == "no exercise named 'exx9'"
    assert error.hint == "did you mean ex9? See `grade list`"
    assert error.known == ("ex1", "ex9", "my475/ex9")


def test_an_unknown_exercise_far_from_all_points_to_the_list() -> None:
    error = UnknownExercise("homework", ["ex1", "ex9"])

    assert error.hint == "see `grade list`"


def test_an_ambiguous_exercise_names_all_that_fit() -> None:
    error = AmbiguousExercise("ex9", iter(["my475/ex9", "sri/ex9"]))

    assert error.message == "'ex9' could be my475/ex9 or sri/ex9"
    assert error.hint == "write the track too: grade my475/ex9"


def test_a_track_that_is_no_exercise_counts_its_own() -> None:
    error = TrackNotExercise("my475", iter(["my475/ex1", "my475/ex2"]))

    assert error.message == "my475 is a track of 2 exercises"
    assert error.hint == "name one: my475/ex1"


def test_a_track_may_have_one_exercise() -> None:
    assert TrackNotExercise("sri", ["sri/engine"]).message == "sri is a track of 1 exercise"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["a.py", "b.py"], "two files here could be the submission: a.py, b.py"),
        (
            [f"{number} a.py" for number in range(22)],
            "22 files here could be the submission: "
            + ", ".join(f"'{number} a.py'" for number in range(20))
            + " and 2 more",
        ),
    ],
)
def test_several_submissions_are_counted_and_some_named(names: list[str], message: str) -> None:
    error = SeveralSubmissions(names, "grade ex9")

    assert error.message == message
    assert error.hint == f"name one: grade ex9 {quoted(names[0])}"


def test_a_file_in_the_way_and_a_file_that_cannot_be_written_are_named() -> None:
    there, closed = FileExists("value.py"), UnwritableOutput("out/a.html", "no such folder")

    assert there.message == "value.py exists already"
    assert there.hint == "name another file, or move this one away first"
    assert closed.message == "cannot write out/a.html: no such folder"
    assert closed.hint == "name a file in a folder that exists"


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("valu.py", ["value.py", "notes.txt"], "value.py"),
        ("ex10", ["ex1", "ex9"], "ex1"),
        ("homework", ["ex1", "ex9"], None),
        ("ex1", [], None),
        ("", ["ex1"], None),
    ],
)
def test_the_nearest_name_is_one_that_looks_alike(
    name: str, known: list[str], near: str | None
) -> None:
    assert nearest(name, known) == near


def test_small_numbers_are_words() -> None:
    assert [in_words(count) for count in (2, 3, 4, 5, 12)] == ["two", "three", "four", "5", "12"]
