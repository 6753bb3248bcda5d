"""While Programs run, a forbidden package is out of reach, and who asks for it is remembered."""

import sys
from importlib import import_module

import pytest

from grader.engines.observation import BorrowedPackage, Observation, Place
from grader.sandbox.child.inspection.import_guard import ImportGuard

ANSWERED = Observation("answered")
FILE = "value.py"
SOURCE = """
class Value:
    def add(self, package):
        return __import__(package)
"""


def student_file(file: str) -> str | None:
    return file if file == FILE else None


def value_class() -> type:
    names: dict[str, type] = {"__name__": "__main__"}  # type: ignore[dict-item]
    exec(compile(SOURCE, FILE, "exec"), names)
    return names["Value"]


def guard(kind: type) -> ImportGuard:
    return ImportGuard({"Value": kind}, ("decimal",), "/nowhere", student_file)


def test_a_package_is_out_of_reach_meanwhile_and_back_afterwards() -> None:
    import decimal

    with guard(value_class()):
        with pytest.raises(ModuleNotFoundError, match="decimal is not allowed here"):
            import_module("decimal")
        assert "decimal" not in sys.modules

    assert import_module("decimal") is decimal


def test_an_import_is_told_with_the_student_s_line_however_it_is_made() -> None:
    kind = value_class()

    with guard(kind) as guarded:
        assert guarded.with_borrowed(ANSWERED) == ANSWERED
        with pytest.raises(ModuleNotFoundError):
            kind().add("decimal")
        observation = guarded.with_borrowed(ANSWERED)

    assert observation.borrowed == BorrowedPackage("Value", "decimal", Place(FILE, 4, "add"))


def test_what_a_program_leaves_behind_is_looked_at() -> None:
    from decimal import Decimal

    kind = value_class()
    left = kind()
    vars(left)["data"] = Decimal(1)

    with guard(kind) as guarded:
        guarded.keep_results([left])
        observation = guarded.with_borrowed(ANSWERED)

    assert observation.borrowed == BorrowedPackage("Value", "decimal", held_class="Decimal")


def test_where_nothing_is_forbidden_nothing_is_touched() -> None:
    before = dict(sys.modules), list(sys.meta_path)

    with ImportGuard({"Value": value_class()}, (), "/nowhere", student_file) as guarded:
        assert (sys.modules, sys.meta_path) == before
        assert guarded.with_borrowed(ANSWERED) == ANSWERED
