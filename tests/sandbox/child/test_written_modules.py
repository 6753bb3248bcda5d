"""What a cell writes with %%writefile is imported from memory."""

import sys
from collections.abc import Iterator
from importlib import import_module

import pytest

from grader.sandbox.child.written_modules import WrittenModules


@pytest.fixture
def written() -> Iterator[WrittenModules]:
    modules = WrittenModules()
    yield modules
    sys.meta_path.remove(modules)
    sys.modules.pop("a_written_engine", None)


def test_a_module_is_run_under_the_name_of_its_cell(written: WrittenModules) -> None:
    written.keep("a_written_engine.py", "half = 0.5", "<cell 3>")

    module = import_module("a_written_engine")

    assert (module.half, module.__file__) == (0.5, "<cell 3>")


def test_a_later_cell_replaces_it_or_is_added_to_it(written: WrittenModules) -> None:
    written.keep("'a_written_engine.py'", "half = 0.5", "<cell 3>")
    import_module("a_written_engine")
    written.keep("-a a_written_engine.py", "whole = 2 * half", "<cell 4>")

    added = import_module("a_written_engine")
    written.keep("a_written_engine.py", "third = 1 / 3", "<cell 5>")
    replaced = import_module("a_written_engine")

    assert (added.half, added.whole) == (0.5, 1.0)
    assert not hasattr(replaced, "half")


@pytest.mark.parametrize("line", ["", "notes.txt", "folder/engine.py"])
def test_what_is_no_module_is_not_kept(written: WrittenModules, line: str) -> None:
    written.keep(line, "half = 0.5", "<cell 3>")

    assert written.find_spec("notes") is None
    assert written.find_spec("engine") is None
