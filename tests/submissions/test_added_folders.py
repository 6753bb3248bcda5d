"""A folder that a script puts on the path is known from its text, where that says it."""

import pytest

from grader.submissions.added_folders import added_folders, folders_from

FOLDERS = {
    "sys.path.append('src')": "src",
    'sys.path.insert(0, "./src")': "src",
    "import sys; sys.path.append('src')": "src",
    "if 'src' not in sys.path: sys.path.append('src')": "src",
    "    sys.path.append('../src')": "src",
    "sys.path.append(os.path.join('lib', 'src'))": "lib/src",
    "sys.path.append(os.getcwd() + '/src')": "src",
    "sys.path.append(str(Path.cwd() / 'src'))": "src",
    "sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'src'))": "src",
    "sys.path.insert(0, os.path.join(os.path.dirname(__file__), os.pardir, 'src'))": "src",
    "sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))": "",
    "sys.path.append(str(Path(__file__).parent / 'src'))": "code/src",
    "sys.path.append(Path(__file__).resolve().parent.parent.joinpath('src').as_posix())": "src",
    "sys.path.append(str(Path(__file__).parents[1] / 'src'))": "src",
    "sys.path.append(f'{os.path.dirname(__file__)}/src')": "code/src",
    "sys.path.append(os.path.dirname(__file__) + '/../src')": "src",
    "HERE = os.path.dirname(__file__)\nsys.path.append(os.path.join(HERE, 'src'))": "code/src",
    "ROOT = Path(__file__).parent.parent\nSRC = ROOT / 'src'\nsys.path.append(str(SRC))": "src",
    "sys.path.insert(\n    0,\n    'src',\n)": "src",
    "sys.path += ['src']": "src",
    "sys.path = ['src'] + sys.path": "src",
    "sys.path[:0] = ['src']": "src",
    "sys.path.extend(['src'])": "src",
    "from sys import path\npath.append('src')": "src",
    "from sys import path\npath += ['src']": "src",
    "site.addsitedir('src')": "src",
    r"sys.path.append('src\\lib')": "src/lib",
    "sys.path.append('/opt/src')": None,
    "sys.path.append('C:/src')": "code/C:/src",
    "sys.path.append('../../src')": None,
    "sys.path.append(os.environ['HOME'])": None,
    "sys.path.append(HERE)": None,
    "sys.path.append(": None,
    "print(sys.path)": None,
}


@pytest.mark.parametrize("text", FOLDERS)
def test_a_folder_is_told_from_its_line(text: str) -> None:
    name = "code/run.py"
    started = "code" if "../" in text or "C:" in text else ""

    found = [folders_from(one, started) for one in added_folders(name, text)]

    assert [one for one in found if one is not None] == (
        [] if FOLDERS[text] is None else [FOLDERS[text]]
    )


def test_what_is_relative_begins_where_the_script_was_started() -> None:
    (added,) = added_folders("lib/deep/module.py", "sys.path.append('../src')")

    assert folders_from(added, "scripts") == "src"
    assert folders_from(added, "scripts/more") == "scripts/src"
    assert folders_from(added, "") is None


def test_a_name_that_is_made_of_itself_comes_to_an_end() -> None:
    text = "a = 'x'\n" + "a = a + a\n" * 60 + "sys.path.append(a)"

    assert added_folders("run.py", text) == ()
