"""Runs a script as `__main__`, statement by statement, so that its variables can be looked at.

A SyntaxError anywhere in it comes before its first statement runs, as Python has it. A statement
that raises costs what depends on it: whoever has it run says whether the next ones are.
"""

import __future__

import _ast
import builtins
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any, NamedTuple, cast

from grader.engines.interpreter.execute import Locate, fault_of
from grader.engines.observation import Fault, Place
from grader.engines.text import clean

TREE = 0x400  # ast.PyCF_ONLY_AST, without the 5 ms that importing `ast` takes
DEFINITIONS = (
    *(_ast.Import, _ast.ImportFrom, _ast.FunctionDef, _ast.AsyncFunctionDef, _ast.ClassDef),
)
MARKS = ("%", "!", "?")  # of a notebook's lines
STANDARD = sys.stdlib_module_names
QUITTER = "_sitebuiltins"  # where exit() and quit() are

_threads = sys._current_frames


def _raise(_: _ast.stmt, error: BaseException) -> bool:
    raise error


def _parsed(parse: Callable[[str], _ast.Module], source: str) -> _ast.Module:
    return parse(source)


class Watcher(NamedTuple):
    """What is told of a script that runs, and what it decides.

    Attributes:
        after: is told the last line of each statement that has run, definitions and imports apart.
        begin: is told the number and the line of the next statement, of the last one where some are
            run together; says whether it is run, or nothing more.
        failed: is given a statement and what it has raised; says whether the next ones are run.
        parsed: parses the source by a function, in a way of its own.
        singly: whether no statements are run together, so that each is begun by itself.
    """

    after: Callable[[int], None]
    begin: Callable[[int, int], bool] = lambda _number, _line: True
    failed: Callable[[_ast.stmt, BaseException], bool] = _raise
    parsed: Callable[[Callable[[str], _ast.Module], str], _ast.Module] = _parsed
    singly: bool = False


class _Piece(NamedTuple):
    """Statements that are run together, and their code; `number` is that of the last one."""

    statements: Sequence[_ast.stmt]
    number: int
    code: CodeType


def run(source: str, path: str, names: dict[str, Any], watcher: Watcher) -> None:
    """Run `source` in `names`.

    Args:
        source: a script.
        path: its file, for tracebacks.
        names: the namespace of its module.
        watcher: see there.
    """
    for piece in list(_pieces(source, path, watcher)):
        if not _run(piece, names, watcher):
            return


def run_statement(statement: _ast.stmt, path: str, names: dict[str, Any]) -> None:
    """Run one statement in `names`."""
    exec(_compiled([statement], path, 0), names)


def _run(piece: _Piece, names: dict[str, Any], watcher: Watcher) -> bool:
    """Run a piece, and what stands below a statement in it that fails; return whether to go on."""
    last = piece.statements[-1]
    if not watcher.begin(piece.number, last.lineno):
        return False
    left, code = piece.statements, piece.code
    while left:
        try:
            exec(code, names)
            left = ()
        except BaseException as error:  # a submission may raise anything, SystemExit included
            at = _failing(left, code, error.__traceback__)
            if not watcher.failed(left[at], error):
                return False
            left = left[at + 1 :]
        if left:
            code = _compiled(left, code.co_filename, code.co_flags & ALL_FEATURES)
    watcher.after(last.end_lineno or last.lineno)
    return True


def _failing(
    statements: Sequence[_ast.stmt], code: CodeType, traceback: TracebackType | None
) -> int:
    """Return the index of the statement that has raised."""
    while traceback is not None and traceback.tb_frame.f_code is not code:
        traceback = traceback.tb_next
    if traceback is None:
        return len(statements) - 1
    line, _, column, _ = list(code.co_positions())[traceback.tb_lasti // 2]
    place = line or traceback.tb_lineno, column or 0
    begun = [at for at, one in enumerate(statements) if _start(one) <= place]
    return begun[-1] if begun else 0


def _start(statement: _ast.stmt) -> tuple[int, int]:
    decorators = getattr(statement, "decorator_list", ())
    return min((one.lineno, one.col_offset) for one in (statement, *decorators))


def _pieces(source: str, path: str, watcher: Watcher) -> Iterator[_Piece]:
    """Return the statements, definitions together with what follows them."""

    def parse(text: str) -> _ast.Module:
        tree = cast("_ast.Module", compile(text, path, "exec", TREE, dont_inherit=True))
        if any(map(_matters_to_others, tree.body)):
            compile(text, path, "exec", dont_inherit=True)
        return tree

    tree = watcher.parsed(parse, source)
    features, together = 0, list[_ast.stmt]()
    body = [one for one in tree.body if one is tree.body[0] or not _is_text(one)]
    for number, statement in enumerate(body):
        if isinstance(statement, _ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                features |= getattr(__future__, alias.name).compiler_flag
        together.append(statement)
        alone = watcher.singly or not isinstance(statement, DEFINITIONS)
        if alone or statement is body[-1]:
            yield _Piece(tuple(together), number, _compiled(together, path, features))
            together = []


def _compiled(statements: Iterable[_ast.stmt], path: str, features: int) -> CodeType:
    module = _ast.Module(body=list(statements), type_ignores=[])
    code: CodeType = compile(cast("Any", module), path, "exec", features, dont_inherit=True)
    return code


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


def wants_stand_ins(source: str) -> bool:
    """Return whether a script seems to name something that may have to be stood in for."""
    for text in source.split("\n"):
        line = text.strip()
        if line[:1] in MARKS or line[-1:] == "?":
            return True
        if line.startswith(("import ", "from ", "pip ", "pip3 ", "conda ")):
            names = line.split(None, 1)[1].partition(" import ")[0].split(",")
            if not STANDARD.issuperset(name.strip().partition(".")[0] for name in names):
                return True
    return "get_ipython" in source


def fault_in(error: BaseException, student_file: Locate, running: str) -> Fault:
    """Describe what a statement has raised; a SyntaxError is where it says that it is.

    Args:
        error: what it has raised.
        student_file: see `execute.Implementation`.
        running: the file or cell that it was raised in.
    """
    fault = fault_of(error, error.__traceback__, student_file)
    if isinstance(error, SyntaxError):
        file = student_file(str(error.filename)) or running
        line = error.lineno if type(error.lineno) is int else 1
        return Fault(fault.type, clean(str(error.msg)), Place(file, line, ""))
    if isinstance(error, SystemExit) and (package := ended_by(error, student_file)):
        return fault._replace(message=f"called by {clean(package)}")
    return fault


def ended_by(error: SystemExit, student_file: Locate) -> str:
    """Return the package that ends a script, as argparse does; "" where it ends itself."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None:
        return ""
    frame = traceback.tb_frame
    file, name = frame.f_code.co_filename, frame.f_globals.get("__name__")
    if student_file(file) is not None or QUITTER in file or type(name) is not str:
        return ""
    return name.partition(".")[0]


def has_threads(student_file: Locate) -> bool:
    """Return whether threads of a submission run beside the one that asks, in which it rests."""
    frames = _threads()
    return len(frames) > 1 and any(_is_own(frame, student_file) for frame in frames.values())


def _is_own(frame: FrameType | None, student_file: Locate) -> bool:
    while frame is not None and student_file(frame.f_code.co_filename) is None:
        frame = frame.f_back
    return frame is not None


def main_module(folder: str, path: str) -> ModuleType:
    """Return a fresh `__main__`, whose relative imports find the files beside it."""
    package = ModuleType("_submission")
    package.__path__ = [folder]
    module = ModuleType("__main__")
    module.__dict__.update(__file__=path, __builtins__=builtins, __package__="_submission")
    sys.modules.update({"_submission": package, "__main__": module})
    sys.argv[:] = [path]
    return module


ALL_FEATURES = 0
for _name in __future__.all_feature_names:
    ALL_FEATURES |= getattr(__future__, _name).compiler_flag
