"""Has a fresh interpreter find what Python has on Windows or macOS, and no more.

What Python has there is read off typeshed, which mypy brings: its stubs say which names exist on
which system. Modules of the standard library that are loaded already keep the whole, since theirs
are written for each system; what is imported afterwards sees what is left.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import mypy

STUBS = Path(mypy.__file__).parent / "typeshed" / "stdlib"
MODULES = ("os", "signal", "time", "select")
UNIX = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "crypt", "nis")

PREAMBLE = """
def _leave(loaded, hidden, missing, platform):
    import contextlib, importlib, sys, types
    for name in loaded:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    from select import POLLIN, poll
    for name in hidden:
        less = importlib.import_module(name)
        whole = types.ModuleType(name)
        whole.__dict__.update(less.__dict__)
        for module in [*sys.modules.values()]:
            for known in [known for known, value in vars(module).items() if value is less]:
                setattr(module, known, whole)
        for one in hidden[name]:
            less.__dict__.pop(one, None)
    sys.modules.update(dict.fromkeys(missing))
    sys.platform = platform
    if platform == "win32":
        def peek(handle, size):
            watched = poll()
            watched.register(handle, POLLIN)
            return (bool(watched.poll(0)), 0)
        winapi, msvcrt = map(types.ModuleType, ("_winapi", "msvcrt"))
        winapi.PeekNamedPipe, msvcrt.get_osfhandle = peek, int
        sys.modules |= {"_winapi": winapi, "msvcrt": msvcrt}
"""


def preamble(platform: str, loaded: Sequence[str]) -> str:
    """Return code that leaves an interpreter on Linux with what Python has on another system.

    Args:
        platform: as `sys.platform` has it, "win32" or "darwin".
        loaded: modules to load first, which keep the whole.
    """
    hidden = {name: sorted(_names(name, "linux") - _names(name, platform)) for name in MODULES}
    missing = UNIX if platform == "win32" else ()
    return f"{PREAMBLE}_leave({loaded!r}, {hidden!r}, {missing!r}, {platform!r})\n"


def interpreter(folder: Path, before: str) -> Path:
    """Make a Python that runs `before` ahead of what it is given with -c, and return its path."""
    script = folder / "python"
    code = f"import sys; exec({before!r}); sys.argv[1:2], code = [], sys.argv[1]; exec(code)"
    (folder / "before.py").write_text(code, encoding="utf-8")
    script.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -I -S "{folder / "before.py"}" "$4" "$5"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    return script


@cache
def _names(module: str, platform: str) -> frozenset[str]:
    """Return the names that a module has on a system."""
    files = (STUBS / f"{module}.pyi", STUBS / module / "__init__.pyi")
    stub = next(file for file in files if file.exists())
    return frozenset(_defined(ast.parse(stub.read_text(encoding="utf-8")).body, platform))


def _defined(body: Sequence[ast.stmt], platform: str) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.If):
            holds = _holds(statement.test, platform)
            yield from _defined(statement.body if holds else statement.orelse, platform)
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id
        elif isinstance(statement, ast.Assign):
            yield from (one.id for one in statement.targets if isinstance(one, ast.Name))
        elif isinstance(statement, ast.ImportFrom):
            yield from (one.asname or one.name for one in statement.names)


def _holds(condition: ast.expr, platform: str) -> bool:
    """Return whether a stub's condition holds: on the system, and on this version of Python."""
    code = compile(ast.Expression(condition), "<stub>", "eval")
    system = type("system", (), {"platform": platform, "version_info": sys.version_info})
    return bool(eval(code, {"sys": system, "TYPE_CHECKING": True}))
