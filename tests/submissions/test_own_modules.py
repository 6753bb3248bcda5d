"""Which files of its folder a text imports is told without running it."""

import json

import pytest

from grader.submissions.own_modules import imports_in, reached_files

FILES = {
    **{"main.py": "", "value.py": "", "lib/__init__.py": "", "lib/engine.py": "", "lib/nn.py": ""},
    **{"my value.py": "", "lib/deep/__init__.py": "", "lib/deep/one.py": ""},
}


def reached(source: str, name: str = "main.py", **others: str) -> list[str]:
    texts = FILES | {one.replace("__", "/") + ".py": text for one, text in others.items()}
    texts[name] = source
    imports = {one: imports_in(one, text.encode()) for one, text in texts.items()}
    return sorted(reached_files(name, imports))


@pytest.mark.parametrize(
    ("source", "files"),
    [
        ("from value import Value", ["value.py"]),
        ("import value", ["value.py"]),
        ("import math, value as v", ["value.py"]),
        ("x = 1; import value", ["value.py"]),
        ("def f():\n    from value import Value\n", ["value.py"]),
        ("from .value import Value", ["value.py"]),
        ("from . import value", ["value.py"]),
        ("from lib.engine import Value", ["lib/__init__.py", "lib/engine.py"]),
        ("import lib.engine", ["lib/__init__.py", "lib/engine.py"]),
        (
            "from lib import (\n    engine,\n    nn,\n)",
            ["lib/__init__.py", "lib/engine.py", "lib/nn.py"],
        ),
        ("from lib import Value", ["lib/__init__.py"]),
        ('exec(open("value.py").read())', ["value.py"]),
        ("runpy.run_path('./my value.py')", ["my value.py"]),
        ("%run value.py", ["value.py"]),
        ("%run -i 'value.py'", ["value.py"]),
        ("from ..value import Value", []),
        ("# import value", []),
        ("import values, math", []),
        ("print('import value')", []),
        ("import main", []),
    ],
)
def test_an_import_is_told_from_its_line(source: str, files: list[str]) -> None:
    assert reached(source) == files


def test_a_folder_that_is_put_on_the_path_is_searched_by_all() -> None:
    found = reached(
        "import setup_paths\nfrom engine import Value\n",
        setup_paths="import sys\nsys.path.append('src')\n",
        src__engine="import operations\n",
        src__operations="",
        old__engine="",
    )

    assert found == ["setup_paths.py", "src/engine.py", "src/operations.py"]


def test_what_is_imported_imports_in_its_turn() -> None:
    engine = "from .nn import relu\nfrom lib.deep import one\nimport value\n"

    assert reached("import lib.engine", lib__engine=engine) == [
        *("lib/__init__.py", "lib/deep/__init__.py", "lib/deep/one.py"),
        *("lib/engine.py", "lib/nn.py", "value.py"),
    ]


def test_a_module_is_looked_for_where_the_script_was_started() -> None:
    assert reached("from lib.engine import Value", "lib/nn.py") == []
    assert reached("from engine import Value", "lib/nn.py") == ["lib/engine.py"]
    assert reached("from ..value import Value", "lib/nn.py") == ["value.py"]


def test_files_that_import_each_other_come_to_an_end() -> None:
    assert reached("import value", value="import main\nimport lib.nn") == [
        *("lib/__init__.py", "lib/nn.py", "value.py")
    ]


@pytest.mark.parametrize("lines", [["import math\n", "from value import Value"], "import value"])
@pytest.mark.parametrize("indent", [None, 1])
def test_a_notebook_s_cells_are_read(lines: object, indent: int | None) -> None:
    cells = [{"cell_type": "markdown", "source": "import lib"}]
    cells.append({"cell_type": "code", "source": lines})  # type: ignore[dict-item]

    assert reached(json.dumps({"cells": cells}, indent=indent), "a.ipynb") == ["value.py"]


def test_a_notebook_that_is_none_is_read_line_by_line() -> None:
    assert reached('{"cells": [\n "import value\\n",', "a.ipynb") == ["value.py"]


def test_a_notebook_writes_a_module() -> None:
    cells = [{"cell_type": "code", "source": "%%writefile value.py\nclass Value: ..."}]

    assert reached(json.dumps({"cells": cells}), "a.ipynb") == ["value.py"]


def test_a_text_that_is_made_to_be_slow_is_not() -> None:
    hostile = b"from a import (\n" * 50_000 + b"'" + b"a/" * 400_000 + b"[" * 100_000

    assert imports_in("a.py", hostile).files == ()
    assert imports_in("a.ipynb", b"[" * 1_000_000).modules == ()
