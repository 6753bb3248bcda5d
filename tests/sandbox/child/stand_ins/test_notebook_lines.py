"""Lines that only a notebook has do in a script what they do there."""

import builtins
import sys
from types import ModuleType
from typing import Any

import pytest

from grader.sandbox.child.stand_ins import notebook_lines
from grader.sandbox.child.stand_ins.notebook_lines import ScriptShell, parsed


def parse(text: str) -> Any:
    return compile(text, "value.py", "exec", 0x400)


PASSED_OVER = [
    "%matplotlib inline",
    "!pip install numpy",
    "  !ls",
    "pip install tqdm",
    "Value?",
    "?Value",
    "%%time",
    "%load_ext autoreload",
]


@pytest.mark.parametrize("line", PASSED_OVER)
def test_a_line_of_a_notebook_is_passed_over_and_told(line: str) -> None:
    block = "if True:\n" if line.startswith(" ") else ""

    tree, errors = parsed(f"a = 1\n{block}{line}\nb = 2\n", parse)

    assert [error.lineno for error in errors] == [3 if block else 2]
    assert tree.body[-1].lineno == (4 if block else 3)


@pytest.mark.parametrize(
    ("line", "held"),
    [("%time x = 3", 3), ("x = !ls", []), ("x = %pwd", None), ("%timeit -n 3 x = 4", 4)],
)
def test_what_a_magic_runs_or_gives_is_kept(line: str, held: object) -> None:
    names: dict[str, Any] = {}

    tree, _ = parsed(line, parse)
    exec(compile(tree, "value.py", "exec"), names)

    assert names["x"] == held


@pytest.mark.parametrize("source", ["x = (1,", "a = 1\n  b = 2", "!ls\nx ==== 1", "class\n"])
def test_any_other_error_stays(source: str) -> None:
    with pytest.raises(SyntaxError) as plain:
        parse(source.replace("!ls", "pass"))
    with pytest.raises(SyntaxError) as caught:
        parsed(source, parse)

    assert (caught.value.msg, caught.value.lineno) == (plain.value.msg, plain.value.lineno)


def test_a_line_that_begins_with_a_per_cent_sign_and_is_python_is_kept() -> None:
    tree, errors = parsed("x = (7\n% 4)\ns = '''\n%matplotlib\n'''", parse)

    assert errors == []
    assert len(tree.body) == 2


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", module)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    return module


def test_a_cell_below_a_magic_is_run_and_one_of_another_language_is_not(main: ModuleType) -> None:
    shell = ScriptShell()

    shell.run_cell_magic("time", "", "class Value:\n    pass\n")
    shell.run_cell_magic("capture", "out", "x = 1")
    shell.run_cell_magic("bash", "", "ls -l | wc")
    shell.run_line_magic("time", "y = 2")
    shell.run_line_magic("matplotlib", "inline")

    assert (main.x, main.y, main.Value.__name__) == (1, 2, "Value")


def test_commands_are_not_run(main: ModuleType) -> None:
    shell = ScriptShell()

    assert shell.system("false") is None
    assert shell.getoutput("echo 1") == []
    assert shell.magic("load_ext autoreload") is None


def test_a_module_that_is_written_can_be_imported(main: ModuleType) -> None:
    ScriptShell().run_cell_magic("writefile", "written_by_a_script.py", "held = 7\n")

    assert __import__("written_by_a_script").held == 7
    del sys.modules["written_by_a_script"]


def test_a_script_that_does_not_speak_of_the_shell_gets_none(monkeypatch: Any, main: Any) -> None:
    monkeypatch.delattr(builtins, "get_ipython", raising=False)

    notebook_lines.install("x = 1")
    assert not hasattr(builtins, "get_ipython")

    notebook_lines.install("get_ipython().system('ls')")
    assert type(builtins.get_ipython()) is ScriptShell  # type: ignore[attr-defined]
    del builtins.get_ipython  # type: ignore[attr-defined]
