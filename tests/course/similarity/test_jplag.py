"""A course is laid out as JPlag reads it."""

from pathlib import Path

import pytest

from grader.course.similarity.compare_all import compare_all
from grader.course.similarity.jplag import NotEmpty, lay_out
from tests.course.similarity.sample import HONEST, ORIGINAL, as_cells, renamed

TEXT = HONEST[ORIGINAL]


def put(course: Path, key: str, name: str, content: str) -> None:
    file = course / "submissions" / key / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    put(tmp_path, "ant", "src/value.py", TEXT)
    put(tmp_path, "bee", "value.ipynb", as_cells(renamed(TEXT)))
    put(tmp_path, "cow", "value.py", "\0")
    put(tmp_path, "cow", "notes.txt", TEXT)
    put(tmp_path, "cow", "broken.ipynb", "{" * 100_000)
    put(tmp_path, "dog", "value.py", "def (:\n    'never closed\n")
    return tmp_path


def test_jplag_gets_scripts_a_folder_each_and_the_starter(course: Path) -> None:
    folder = course / "for jplag"

    command = lay_out(folder, compare_all(course, []).texts, ["# given\n"])

    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {
        "starter/starter1.py",
        "submissions/ant/src/value.py",
        "submissions/bee/value.ipynb.py",
        "submissions/dog/value.py",
    }
    assert (folder / "submissions/ant/src/value.py").read_text(encoding="utf-8") == TEXT
    compile((folder / "submissions/bee/value.ipynb.py").read_text(encoding="utf-8"), "bee", "exec")
    assert command == (
        f"java -jar jplag.jar -l python3 -bc '{folder}/starter' '{folder}/submissions'"
    )


def test_jplags_folder_has_to_be_new(course: Path) -> None:
    with pytest.raises(NotEmpty, match="is not empty") as raised:
        lay_out(course, {}, [])

    assert raised.value.hint == "name a folder that does not exist yet"


def test_jplag_gets_every_file_whatever_its_owner_calls_it(tmp_path: Path) -> None:
    put(tmp_path, "ant", "a.ipynb", as_cells("%matplotlib inline\n!ls\nx = 1"))
    put(tmp_path, "ant", "a.ipynb.py/b.py", "in a folder\n")
    put(tmp_path, "ant", "b.ipynb", as_cells("y = 2"))
    put(tmp_path, "ant", "b.ipynb.py", "beside it\n")
    put(tmp_path, "ant", "c, cell 1.py", "like a cell\n")
    put(tmp_path, "ant", "c.py", "not a cell\n")
    put(tmp_path, "ant", f"{'d' * 249}.ipynb", as_cells("z = 3"))
    folder = tmp_path / "jplag"

    lay_out(folder, compare_all(tmp_path, []).texts, [])

    root = folder / "submissions" / "ant"
    files = [path for path in root.rglob("*") if path.is_file()]
    assert {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files
    } == {
        "a.ipynb.py/b.py": "in a folder\n",
        "b.ipynb.py": "beside it\n",
        "c, cell 1.py": "like a cell\n",
        "c.py": "not a cell\n",
        "notebook1.py": "# %matplotlib inline\n# !ls\nx = 1\n",
        "notebook2.py": "y = 2\n",
        "notebook3.py": "z = 3\n",
    }
