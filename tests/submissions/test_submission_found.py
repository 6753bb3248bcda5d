"""The submission is found by its name or in a folder, and never guessed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.submissions.submission import (
    NoSubmission,
    SeveralSubmissions,
    UnreadableSubmission,
    find,
    packed,
)
from tests.handed_in import notebook, written


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with nothing in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "value.py")

    with pytest.raises(UnreadableSubmission, match=r"^value\.py is not a regular file$"):
        find(str(tmp_path / "value.py"), "ex9")


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Give up the right to read everything, where we have it."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no permissions that a test could take away")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


@pytest.fixture
def locked(here: Path) -> Iterator[Path]:
    """A file and a folder in the current folder that nobody may read."""
    here.chmod(0o755)
    file, folder = written(here, "locked.py"), here / "closed"
    folder.mkdir()
    for path in (file, folder):
        path.chmod(0)
    yield here
    folder.chmod(0o755)


@pytest.mark.usefixtures("locked", "unprivileged")
def test_a_file_that_may_not_be_read_says_so() -> None:
    with pytest.raises(UnreadableSubmission) as e:
        find("locked.py", "ex9")

    assert e.value.message == "cannot read locked.py: Permission denied"
    assert e.value.hint == "check the file's permissions"


@pytest.mark.usefixtures("locked", "unprivileged")
@pytest.mark.parametrize("where", ["closed", "closed/value.py"])
def test_a_folder_that_may_not_be_read_says_so(where: str) -> None:
    with pytest.raises(NoSubmission) as e:
        find(where, "ex9")

    assert e.value.message == f"cannot look at {where!r}: Permission denied"
    assert e.value.hint == "check the name and its permissions"


def test_a_name_that_no_file_can_have_is_no_file(here: Path) -> None:
    name = "x" * 300 + ".py"

    with pytest.raises(NoSubmission) as e:
        find(name, "ex9")

    assert e.value.message == f"cannot look at {name!r}: File name too long"


def test_a_file_that_is_not_there_is_answered_with_the_nearest(here: Path) -> None:
    (here / "week1").mkdir()
    written(here / "week1", "value.py")

    with pytest.raises(NoSubmission, match=r"^no file 'week1/valeu\.py'$") as e:
        find("week1/valeu.py", "ex9")

    assert e.value.hint == "did you mean week1/value.py?"


@pytest.mark.parametrize("where", ["week1/value.py", "value.py"])
def test_a_file_like_no_other_is_answered_with_a_question(here: Path, where: str) -> None:
    with pytest.raises(NoSubmission, match=rf"^no file '{where}'$") as e:
        find(where, "ex9")

    assert e.value.hint == "check the name and the folder"


def test_a_folder_with_one_file_is_that_file(here: Path) -> None:
    (here / "week1").mkdir()
    written(here / "week1", "value.py")

    assert find("week1", "ex9").path == str(here / "week1" / "value.py")


def test_without_a_name_the_only_file_here_is_meant(here: Path) -> None:
    written(here, "anything.py", b"x = 1\n")

    assert find(None, "ex9").name == "anything.py"


def test_the_only_file_that_speaks_of_an_engine_is_meant(here: Path) -> None:
    written(here, "notes.py", b"x = 1\n")
    written(here, "plots.ipynb", notebook("x = 1"))
    written(here, "mine.ipynb", notebook("class Scalar:\n    pass"))

    assert find(None, "ex9").name == "mine.ipynb"


@pytest.mark.parametrize(
    "engine",
    [b"class Value:", b"class  Tensor(object):", b"class Scalar :", b"class Node:\n def backward("],
)
def test_an_engine_is_told_by_its_class_or_its_backward(here: Path, engine: bytes) -> None:
    written(here, "a.py", b"class Values:\n    def forward(self): ...\n")
    written(here, "b.py", engine)

    assert find(None, "ex9").name == "b.py"


def test_what_stands_aside_is_not_the_submission(here: Path) -> None:
    for name in ("test_value.py", ".hidden.py", "setup.py", "conftest.py", "__init__.py", "a.txt"):
        written(here, name)
    (here / "folder.py").mkdir()
    written(here, "value.py", b"x = 1\n")

    assert find(None, "ex9").name == "value.py"


@pytest.mark.parametrize(("where", "place"), [(None, "here"), ("week1", "in week1")])
def test_a_folder_without_a_file_says_so(here: Path, where: str | None, place: str) -> None:
    (here / "week1").mkdir()

    with pytest.raises(NoSubmission, match=rf"^no script or notebook {place}$") as e:
        find(where, "my475/ex9")

    file = f" -o {where}/value.py" if where else ""
    assert e.value.hint == f"begin with: grade start my475/ex9{file}"


@pytest.mark.parametrize(
    ("where", "first", "second"),
    [(None, "new.py", "old.py"), ("week1", "week1/new.py", "week1/old.py")],
)
def test_of_two_files_none_is_guessed(
    here: Path, where: str | None, first: str, second: str
) -> None:
    folder = here / (where or ".")
    folder.mkdir(exist_ok=True)
    written(folder, "old.py")
    written(folder, "new.py")

    said = rf"^two files here could be the submission: {first}, {second}$"
    with pytest.raises(SeveralSubmissions, match=said) as e:
        find(where, "ex9")

    assert e.value.hint == f"name one: grade ex9 {first}"


def test_a_link_to_itself_is_no_file(here: Path) -> None:
    (here / "value.py").symlink_to("value.py")

    with pytest.raises(NoSubmission, match=r"^no file 'value\.py'$"):
        find("value.py", "ex9")


def test_a_script_that_imports_from_a_folder_beside_its_own_takes_the_whole_along(
    here: Path,
) -> None:
    adds = "import sys\nsys.path.append('../src')\nfrom engine import Value\n"
    for name, text in (("scripts/run.py", adds), ("src/engine.py", "class Value:\n    pass\n")):
        (here / name).parent.mkdir()
        (here / name).write_text(text, encoding="utf-8")

    submission = find(None, "ex9")

    assert (submission.name, submission.folder) == ("scripts/run.py", str(here))
    assert submission.imports == ("src/engine.py",)
    assert [name for name, _ in packed(submission).beside] == ["scripts/run.py", "src/engine.py"]
