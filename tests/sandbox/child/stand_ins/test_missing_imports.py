"""A name that could not be imported says so when it is used, and not before."""

import _ast
import ast
import types
from collections.abc import Callable
from typing import Any

import pytest

from grader.sandbox.child.script import run_statement
from grader.sandbox.child.stand_ins.missing_imports import MissingName, import_what_is_there

NO_PACKAGE = "No module named 'not_there'"


def imported(source: str) -> dict[str, Any]:
    """The names after an import has failed, and been done again by its parts."""
    names: dict[str, Any] = {}
    (statement,) = ast.parse(source).body

    def run(single: _ast.stmt) -> None:
        run_statement(single, "value.py", names)

    import_what_is_there(statement, names, run)
    return names


@pytest.mark.parametrize(
    ("source", "there", "missing"),
    [
        ("import not_there as nt", (), ("nt",)),
        ("import not_there.inside", (), ("not_there",)),
        ("import math, not_there, os.path", ("math", "os"), ("not_there",)),
        ("from math import pi, not_there, tau as t", ("pi", "t"), ("not_there",)),
        ("from not_there import *", (), ()),
    ],
)
def test_what_is_there_is_imported_and_the_rest_is_missing(
    source: str, there: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    names = imported(source)

    found = {name for name in names if type(names[name]) is MissingName}
    assert found == set(missing)
    assert set(there) <= names.keys() - found


USES: dict[str, Callable[[Any], object]] = {
    "a call": lambda np: np.array([1]),
    "a product": lambda np: 2 * np.pi,
    "a loop": list,
    "an instance": lambda np: isinstance([], np.ndarray),
    "a base": lambda np: types.new_class("A", (np.Module,)),
    "a condition": lambda np: 1 if np else 0,
    "a comparison": lambda np: np.e == 2,
    "a version": lambda np: np.__version__,
    "a number": lambda np: float(np.nan),
    "an assignment": lambda np: setattr(np, "x", 1),
}


@pytest.mark.parametrize("use", USES)
def test_its_use_raises_what_the_import_raised(use: str) -> None:
    np = imported("import not_there as np")["np"]

    with pytest.raises(ModuleNotFoundError, match=NO_PACKAGE) as caught:
        USES[use](np)

    assert caught.value.name == "not_there"


def test_an_annotation_or_a_default_may_name_it() -> None:
    names = imported("import not_there as np")

    exec(
        "def f(a: np.ndarray, b: 'x' = np.float64, c: np.x | None = None) -> np.a[int]: ...", names
    )

    assert repr(names["f"].__defaults__[0]) == "<np.float64, which could not be imported>"
    assert not hasattr(names["np"], "__wrapped__")


def test_a_module_that_raises_is_named_with_what_it_raised(tmp_path: Any, monkeypatch: Any) -> None:
    (tmp_path / "raises_when_imported.py").write_text("1 / 0\n")
    monkeypatch.syspath_prepend(tmp_path)

    held = imported("import raises_when_imported")["raises_when_imported"]

    with pytest.raises(ImportError, match="could not be imported: ZeroDivisionError"):
        held()


def test_what_is_no_import_is_left_alone() -> None:
    assert imported("x = 1") == {}
