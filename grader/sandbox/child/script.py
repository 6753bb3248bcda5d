"""Runs a script as `__main__`, statement by statement, so that its variables can be looked at.

A SyntaxError anywhere in it comes before its first statement runs, as Python has it.
"""

import __future__

import _ast
import builtins
import sys
from collections.abc import Callable, Iterator
from types import CodeType, ModuleType
from typing import Any, cast

TREE = 0x400  # ast.PyCF_ONLY_AST, without the 5 ms that importing `ast` takes
DEFINITIONS = (
    *(_ast.Import, _ast.ImportFrom, _ast.FunctionDef, _ast.AsyncFunctionDef, _ast.ClassDef),
)


def run(source: str, path: str, names: dict[str, Any], after: Callable[[int], None]) -> None:
    """Run `source` in `names`.

    Args:
        source: a script.
        path: its file, for tracebacks.
        names: the namespace of its module.
        after: is told the last line of each statement that has run, definitions and imports apart.
    """
    for last_line, code in list(_statements(source, path)):
        exec(code, names)
        after(last_line)


def _statements(source: str, path: str) -> Iterator[tuple[int, CodeType]]:
    """Return the statements, definitions together with what follows them."""
    tree = cast("_ast.Module", compile(source, path, "exec", TREE, dont_inherit=True))
    if any(map(_matters_to_others, tree.body)):
        compile(source, path, "exec", dont_inherit=True)
    features, together = 0, []
    body = [one for one in tree.body if one is tree.body[0] or not _is_text(one)]
    for statement in body:
        if isinstance(statement, _ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                features |= getattr(__future__, alias.name).compiler_flag
        together.append(statement)
        if not isinstance(statement, DEFINITIONS) or statement is body[-1]:
            module = _ast.Module(body=together, type_ignores=[])
            code = compile(cast("Any", module), path, "exec", features, dont_inherit=True)
            yield statement.end_lineno or statement.lineno, code
            together = []


def _matters_to_others(statement: _ast.stmt) -> bool:
    """Return whether a statement can be wrong because of where it stands among others."""
    if isinstance(statement, _ast.ImportFrom):
        return statement.module == "__future__"
    return isinstance(statement, _ast.Global)


def _is_text(statement: _ast.stmt) -> bool:
    """Return whether a statement is nothing but a text: first in a piece, it would document it."""
    return (
        isinstance(statement, _ast.Expr)
        and isinstance(statement.value, _ast.Constant)
        and isinstance(statement.value.value, str)
    )


def main_module(folder: str, path: str) -> ModuleType:
    """Return a fresh `__main__`, whose relative imports find the files beside it."""
    package = ModuleType("_submission")
    package.__path__ = [folder]
    module = ModuleType("__main__")
    module.__dict__.update(__file__=path, __builtins__=builtins, __package__="_submission")
    sys.modules.update({"_submission": package, "__main__": module})
    sys.argv[:] = [path]
    return module
