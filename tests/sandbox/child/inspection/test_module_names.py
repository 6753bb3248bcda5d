"""A name leads to the modules of a student, and these to what they define."""

import sys
from types import ModuleType
from typing import Any

import pytest

from grader.sandbox.child.inspection.module_names import add_names_of_modules


def student_file(file: str) -> str | None:
    return file.removeprefix("/srv/") if file.startswith("/srv/") else None


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The modules of a student, and one that is installed."""
    texts = {
        "own_value": "class Value: ...\ndef relu(x): ...\nRATE = 1",
        "own_train": "import own_value\ndef train(): ...",
        "own_other": "class Other: ...",
        "installed": "class Theirs: ...",
    }
    made = {}
    for name, text in texts.items():
        module = made[name] = ModuleType(name)
        module.__file__ = f"/{'usr' if name == 'installed' else 'srv'}/{name}.py"
        monkeypatch.setitem(sys.modules, name, module)
        exec(text, module.__dict__)
    return made


def named(**names: Any) -> set[str]:
    add_names_of_modules(names, student_file)
    return {name for name in names if not name.startswith("__")}


def test_a_module_leads_to_its_classes_and_functions(modules: dict[str, ModuleType]) -> None:
    assert named(v=modules["own_value"]) == {"v", "Value", "relu"}
    assert named(t=modules["own_train"]) == {"t", "train", "Value", "relu"}


def test_a_function_leads_to_the_module_that_it_is_of(modules: dict[str, ModuleType]) -> None:
    assert named(go=modules["own_train"].train) == {"go", "train", "Value", "relu"}


def test_a_name_that_is_taken_stays(modules: dict[str, ModuleType]) -> None:
    names = {"Value": 1, "v": modules["own_value"]}

    add_names_of_modules(names, student_file)

    assert names["Value"] == 1


def test_nothing_leads_to_what_is_only_loaded_or_is_installed(
    modules: dict[str, ModuleType],
) -> None:
    assert named(i=modules["installed"], v=modules["own_value"]) == {"i", "v", "Value", "relu"}
    assert named() == set()
