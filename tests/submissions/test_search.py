"""Of the files in a student's folder, the one is graded that imports the others."""

import json
import os
from pathlib import Path

import pytest

from grader.submissions.search import FoundFiles, files_that_could_be_it
from tests.handed_in import notebook

VALUE = "class Value:\n    pass\n"
USES = "from value import Value\n"


def found_files(folder: Path, exercise: str = "ex9", **files: str) -> FoundFiles:
    for name, text in files.items():
        written(folder, name.replace("__", "/") + ".py", text)
    return files_that_could_be_it(str(folder), exercise)


def written(folder: Path, name: str, text: str = VALUE) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def names(folder: Path, exercise: str = "ex9", **files: str) -> tuple[str, ...]:
    return found_files(folder, exercise, **files).names


def test_the_script_that_imports_the_other_is_meant(tmp_path: Path) -> None:
    assert names(tmp_path, main=USES, value=VALUE) == ("main.py",)


UP = "import os, sys\nsys.path.append(os.path.join(os.path.dirname(__file__), '..', 'src'))\n"


@pytest.mark.parametrize(
    ("script", "adds", "reaches_out"),
    [
        ("run.py", "import sys\nsys.path.append('src')\n", False),
        ("scripts/run.py", UP, True),
        ("scripts/run.py", "import sys\nsys.path.append('../src')\n", True),
    ],
)
def test_a_script_that_puts_a_folder_on_its_path_is_meant(
    tmp_path: Path, script: str, adds: str, *, reaches_out: bool
) -> None:
    written(tmp_path, "src/engine.py")
    written(tmp_path, script, f"{adds}from engine import Value\nprint(Value(1.0).data)\n")

    found = files_that_could_be_it(str(tmp_path), "ex9")

    assert found == FoundFiles((script,), "", reaches_out)


def test_a_chain_of_imports_has_one_beginning(tmp_path: Path) -> None:
    nn = "from value import Value\nclass MLP: ...\n"

    assert names(tmp_path, value=VALUE, nn=nn, train="import nn\n") == ("train.py",)


def test_a_notebook_that_imports_a_script_is_meant(tmp_path: Path) -> None:
    (tmp_path / "training.ipynb").write_bytes(notebook("from value import Value", "x = Value(1)"))

    assert names(tmp_path, value=VALUE) == ("training.ipynb",)


def test_what_only_stands_beside_is_passed_over(tmp_path: Path) -> None:
    plots = "import math\nprint(math.pi)\n"

    found = names(tmp_path, value=VALUE, plots=plots, test_value=USES, setup="x = 1")

    assert found == ("value.py",)


@pytest.mark.parametrize("test", ["import pytest\nfrom value import Value", "def test_it(): ..."])
def test_a_test_that_imports_the_engine_is_not_the_submission(tmp_path: Path, test: str) -> None:
    assert names(tmp_path, value=VALUE, test=test, value_test=USES + test, tests__a=USES) == (
        "value.py",
    )


def test_a_trial_may_be_called_test(tmp_path: Path) -> None:
    assert names(tmp_path, value=VALUE, test=USES + "print(Value(1))") == ("test.py",)


def test_an_engine_alone_is_graded_whatever_it_is_called(tmp_path: Path) -> None:
    assert names(tmp_path, test_engine=VALUE, conftest="x = 1") == ("test_engine.py",)


@pytest.mark.parametrize("where", ["src", "hw3/part1", "a/b/c", "Abgabe 1", "submission/src"])
def test_code_in_a_folder_below_is_found(tmp_path: Path, where: str) -> None:
    written(tmp_path, f"{where}/value.py")
    for aside in ("tests/test_value.py", "README.md", ".venv/lib/a.py", "__MACOSX/._value.py"):
        written(tmp_path, aside)
    written(tmp_path, "env/pyvenv.cfg", "")
    written(tmp_path, "mine/pyvenv.cfg", "")
    for environment in ("env", "mine", "lib/site-packages", ".ipynb_checkpoints"):
        written(tmp_path, f"{environment}/x/value.py")

    assert names(tmp_path) == (f"{where}/value.py",)


def test_a_script_at_the_top_that_imports_a_package_below_is_meant(tmp_path: Path) -> None:
    assert names(
        tmp_path,
        main="from micrograd.engine import Value\n",
        micrograd____init__="",
        micrograd__engine=VALUE,
        micrograd__nn="from micrograd.engine import Value\n",
    ) == ("main.py",)


def test_a_package_alone_is_graded_by_the_module_that_can_be_run(tmp_path: Path) -> None:
    files = {"micrograd____init__": "", "micrograd__engine": VALUE, "setup": "x = 1"}

    absolute = names(tmp_path, **files, micrograd__nn="from micrograd.engine import Value\n")
    relative = names(tmp_path, **files, micrograd__nn="from .engine import Value\n")

    assert absolute == ("micrograd/engine.py",)
    assert relative == ("micrograd/nn.py",)


def test_an_older_copy_further_down_is_not_meant(tmp_path: Path) -> None:
    assert names(tmp_path, value=VALUE, old__value=VALUE + "x = 1", backup__a__value=VALUE) == (
        "value.py",
    )


def test_what_lies_side_by_side_is_unclear_however_deep(tmp_path: Path) -> None:
    assert names(tmp_path, part1__value=VALUE, part2__src__value=VALUE, part1__old__v=VALUE) == (
        *("part1/value.py", "part2/src/value.py"),
    )


def test_a_file_called_like_the_exercise_is_named_first(tmp_path: Path) -> None:
    files = {"ex8": VALUE, "ex9": VALUE + "y = 1", "a": VALUE + "x = 1"}

    assert names(tmp_path, "my475/ex9", **files) == ("ex9.py", "a.py", "ex8.py")
    assert names(tmp_path, "ex7,ex8") == ("ex8.py", "a.py", "ex9.py")


def test_of_several_that_share_an_engine_the_one_called_like_the_exercise_is_meant(
    tmp_path: Path,
) -> None:
    files = {"value": VALUE, "ex10": USES, "ex11": USES + "x = 1", "plots": USES + "y = 1"}

    assert names(tmp_path, "ex11", **files) == ("ex11.py",)
    unclear = ("ex10.py", "ex11.py", "plots.py", "value.py")
    assert found_files(tmp_path, "ex12") == FoundFiles(unclear, "value.py")


def test_of_several_that_share_an_engine_main_is_meant(tmp_path: Path) -> None:
    assert names(tmp_path, value=VALUE, main=USES, plots=USES + "x = 1") == ("main.py",)


def test_a_second_download_of_the_same_file_is_no_second_submission(tmp_path: Path) -> None:
    for name in ("value.py", "value (1).py", "value - Copy.py", "value 2.py", "value copy.PY"):
        written(tmp_path, name)

    assert names(tmp_path) == ("value.py",)

    written(tmp_path, "value (2).py", VALUE + "x = 1\n")
    assert names(tmp_path) == ("value (2).py", "value.py")


def test_files_that_import_each_other_are_both_named(tmp_path: Path) -> None:
    assert names(tmp_path, a="import b\n" + VALUE, b="import a\n") == ("a.py", "b.py")


@pytest.mark.parametrize("name", ["VALUE.PY", "value.py.txt", "value.py.py", "Ex9.IPYNB"])
def test_an_ending_that_a_system_changed_hides_nothing(tmp_path: Path, name: str) -> None:
    written(tmp_path, name, json.dumps({"cells": []}))
    written(tmp_path, "notes.txt", "")

    assert names(tmp_path) == (name,)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_no_link_below_the_top_is_followed(tmp_path: Path) -> None:
    written(tmp_path, "elsewhere/value.py")
    folder = tmp_path / "here"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "value.py").symlink_to(tmp_path / "elsewhere" / "value.py")
    (folder / "all").symlink_to(tmp_path / "elsewhere")

    assert names(folder) == ()


def test_a_folder_with_very_much_in_it_is_looked_at_in_part(tmp_path: Path) -> None:
    for number in range(150):
        written(tmp_path, f"a{number:03}.py", f"{VALUE}x = {number}\n")

    assert len(names(tmp_path)) == 100
