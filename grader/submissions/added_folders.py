"""Finds in a file's text, which is not run, the folders that it puts on the path of modules.

`sys.path.append("src")` is one, `sys.path.insert(0, str(Path(__file__).parent.parent / "src"))` is
another. What is made of literals, of the file's own place and of the folder it is started in is
worked out; what depends on anything else tells nothing. The rest of the text need not be right.
"""

import ast
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final

ADDS: Final = re.compile(
    r"(?:(?<=[;:])|^)[ \t]*(?:(?:sys\.)?path(?:\.|[ \t]*\+?=|\[)|site\.addsitedir)", re.M
)
MENTIONS: Final = re.compile(r"\bsys\b[^\n]*\bpath\b|\bpath\.(?:append|insert|extend)|\baddsitedir")
ASSIGNS: Final = re.compile(r"^[ \t]*\w+[ \t]*=(?!=)", re.M)
METHODS: Final = ("append", "insert", "extend", "addsitedir")
MOST: Final = 100  # statements that are looked at
MOST_PLACES: Final = 2000  # at which one may begin
LONGEST: Final = 600  # characters of one
DEEPEST: Final = 20  # of an expression
ROOT: Final = "/<handed in>"
START: Final = "/<started>"
SAME: Final = (
    *("abspath", "realpath", "normpath", "fspath", "str", "resolve", "absolute", "as_posix"),
    *("Path", "PurePath", "PosixPath", "expanduser"),
)
NAMES: Final = {"pardir": "..", "curdir": ".", "sep": "/"}


def added_folders(name: str, text: str) -> tuple[str, ...]:
    """Return the folders that a file puts on the path.

    Args:
        name: the file's, relative, with slashes.
        text: its own, or that of a notebook's cells.

    Returns:
        Each below `ROOT`, for the folder that was handed in, or below `START`, for the one in which
        the script stands that was started; a place elsewhere is left out.
    """
    if MENTIONS.search(text) is None:
        return ()
    expression = _Expression(f"{ROOT}/{name}")
    found: dict[str, None] = {}
    for statement in islice(_statements(text), MOST):
        if isinstance(statement, ast.Assign) and _adds(statement) is None:
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    expression.variables[target.id] = expression.value(statement.value)
            continue
        for node in _adds(statement) or ():
            path = expression.value(node)
            if path is not None:
                found[posixpath.join(START, path)] = None
    return tuple(path for path in found if path.startswith((ROOT, START)))


def folders_from(added: str, started: str) -> str | None:
    """Return a folder that was added, relative to what was handed in; None where it is outside.

    Args:
        added: one of `added_folders`.
        started: the folder in which the script stands that was started, relative; "" at the top.
    """
    home = f"{ROOT}/{started}"
    path = posixpath.normpath(added.replace(START, home, 1) if added.startswith(START) else added)
    if path == ROOT:
        return ""
    return path.removeprefix(f"{ROOT}/") if path.startswith(f"{ROOT}/") else None


def _statements(text: str) -> Iterator[ast.stmt]:
    """Yield the statements that assign, or add to the path, each parsed by itself."""
    places = {match.start() for match in (*ASSIGNS.finditer(text), *ADDS.finditer(text))}
    for start in sorted(places)[:MOST_PLACES]:
        lines = text[start : start + LONGEST].split("\n")
        for count in range(1, min(len(lines), 8) + 1):
            try:
                tree = ast.parse("\n".join(lines[:count]).strip())
            except (SyntaxError, ValueError, MemoryError, RecursionError):
                continue
            yield from tree.body
            break


def _adds(statement: ast.stmt) -> list[ast.expr] | None:
    """Return the expressions for the folders that a statement adds, None where it adds none."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function, given = statement.value.func, statement.value.args
        if isinstance(function, ast.Attribute) and function.attr in METHODS and given:
            return _listed(given[-1])
        return None
    if isinstance(statement, ast.AugAssign) and _is_path(statement.target):
        return _listed(statement.value)
    if isinstance(statement, ast.Assign) and any(map(_is_path, statement.targets)):
        value = statement.value
        sides = (value.left, value.right) if isinstance(value, ast.BinOp) else (value,)
        return [one for side in sides for one in _listed(side) if not _is_path(one)]
    return None


def _is_path(target: ast.expr) -> bool:
    target = target.value if isinstance(target, ast.Subscript) else target
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        return (target.value.id, target.attr) == ("sys", "path")
    return isinstance(target, ast.Name) and target.id == "path"


def _listed(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, (ast.List, ast.Tuple)):
        return [one.value if isinstance(one, ast.Starred) else one for one in node.elts]
    return [node]


class _Expression:
    """Works out expressions for a path in one file.

    Attributes:
        variables: the paths that names stand for, None where that is not known.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self.variables: dict[str, str | None] = {}
        self._forms: Mapping[type, Callable[..., str | None]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.JoinedStr: self._joined,
            ast.FormattedValue: lambda node, depth: self.value(node.value, depth),
            ast.BinOp: self._operation,
            ast.Attribute: self._attribute,
            ast.Subscript: self._subscript,
            ast.Call: self._call,
        }

    def value(self, node: ast.expr, depth: int = 0) -> str | None:
        """Return the path that an expression gives, None where that is not known."""
        form = self._forms.get(type(node))
        path = form(node, depth + 1) if form and depth < DEEPEST else None
        return path if path is not None and len(path) <= LONGEST else None

    def _constant(self, node: ast.Constant, _: int) -> str | None:
        return node.value.replace("\\", "/") if isinstance(node.value, str) else None

    def _name(self, node: ast.Name, _: int) -> str | None:
        return self._file if node.id == "__file__" else self.variables.get(node.id)

    def _joined(self, node: ast.JoinedStr, depth: int) -> str | None:
        return self._all("".join, node.values, depth)

    def _operation(self, node: ast.BinOp, depth: int) -> str | None:
        join = {ast.Add: "".join, ast.Div: lambda parts: posixpath.join(*parts)}.get(type(node.op))
        return self._all(join, [node.left, node.right], depth) if join else None

    def _attribute(self, node: ast.Attribute, depth: int) -> str | None:
        if node.attr in NAMES:
            return NAMES[node.attr]
        return self._above(node.value, 1, depth) if node.attr == "parent" else None

    def _subscript(self, node: ast.Subscript, depth: int) -> str | None:
        is_parents = isinstance(node.value, ast.Attribute) and node.value.attr == "parents"
        if is_parents and isinstance(node.slice, ast.Constant) and type(node.slice.value) is int:
            return self._above(node.value.value, node.slice.value + 1, depth)  # type: ignore[attr-defined]
        return None

    def _call(self, node: ast.Call, depth: int) -> str | None:
        function = node.func
        called = function.attr if isinstance(function, ast.Attribute) else ""
        called = function.id if isinstance(function, ast.Name) else called
        if called in ("getcwd", "cwd"):
            return START
        if called == "dirname" and node.args:
            return self._above(node.args[0], 1, depth)
        given = list(node.args)
        if isinstance(function, ast.Attribute) and (called == "joinpath" or not given):
            given.insert(0, function.value)  # a method of the path itself
        if called in ("join", "joinpath") or called in SAME:
            return self._all(lambda parts: posixpath.join(*parts), given, depth)
        return None

    def _all(
        self, join: Callable[[list[str]], str], nodes: list[ast.expr], depth: int
    ) -> str | None:
        """Return what several paths are together, None where one of them is not known."""
        parts = [self.value(node, depth) for node in nodes]
        known = [part for part in parts if part is not None]
        return join(known) if known and len(known) == len(parts) else None

    def _above(self, node: ast.expr, count: int, depth: int) -> str | None:
        path = self.value(node, depth)
        for _ in range(min(count, DEEPEST) if path is not None else 0):
            path = posixpath.dirname(posixpath.normpath(path or "."))
        return path
