"""Finds in a submission's text, which is not run, where a class uses an imported package.

What cannot be parsed, or is too much, tells nothing. Names are resolved as Python does, by the last
binding in the module; where a function binds a name itself, it is the function's own.
"""

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from grader.engines.observation import BorrowedPackage, Place
from grader.engines.syntax import LARGEST, parse

MAGIC = re.compile(r"^([ \t]*)(?:[%!?].*|[\w.]+\?{1,2})$", re.MULTILINE)
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
CANNOT_TELL = (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError)


class _GlobalUse(NamedTuple):
    """A global that is used, or where `package` is not empty a package that is imported."""

    name: str
    line: int
    package: str = ""


class _BoundName(NamedTuple):
    """The meaning of a name of the module: a forbidden package, or something to look into."""

    package: str
    file: str
    nodes: tuple[ast.AST, ...] = ()


def without_magics(cell: str) -> str:
    """Return the text of a cell with `pass` for each line that only a notebook has."""
    return MAGIC.sub(r"\1pass", cell)


def forbidden_imports(
    pieces: Sequence[tuple[str, str]], names: Collection[str], forbids: Collection[str]
) -> BorrowedPackage | None:
    """Return the first use of a forbidden package by what is graded, None where none can be told.

    Args:
        pieces: the file or cell, and its text; together they are one module.
        names: of the classes and functions that are graded.
        forbids: packages, by their top-level names.
    """
    if sum(len(text) for _, text in pieces) > LARGEST:
        return None
    try:
        return _ImportedModule(pieces, frozenset(forbids)).borrowed_by(names)
    except CANNOT_TELL:
        return None


class _ImportedModule:
    """The names of a module, and what they stand for."""

    def __init__(self, pieces: Iterable[tuple[str, str]], forbids: frozenset[str]) -> None:
        self._forbids = forbids
        self._bound: dict[str, _BoundName] = {}
        self._added: dict[str, list[_BoundName]] = {}
        for file, text in pieces:
            for statement in _statements(text):
                self._bind(statement, file)

    def borrowed_by(self, names: Collection[str]) -> BorrowedPackage | None:
        """Return the first use of a forbidden package by one of `names`, or by what it uses."""
        for name in names:
            waiting, seen = [name], {name}
            for one in waiting:
                bound = self._bound.get(one)
                for file, use in self._uses_of(one):
                    package = use.package or self._package_of(use.name)
                    if package:
                        return BorrowedPackage(name, package, Place(file, use.line, ""))
                    if use.name not in seen:
                        seen.add(use.name)
                        waiting.append(use.name)
                if one == name and bound and bound.package:
                    line = getattr(bound.nodes[0], "lineno", 1)
                    return BorrowedPackage(name, bound.package, Place(bound.file, line, ""))
        return None

    def _package_of(self, name: str) -> str:
        return self._bound[name].package if name in self._bound else ""

    def _uses_of(self, name: str) -> Iterator[tuple[str, _GlobalUse]]:
        """Return the uses by the code behind a name, and by what is put into it from outside."""
        bound = [self._bound[name]] if name in self._bound else []
        for one in (*bound, *self._added.get(name, ())):
            global_uses = _GlobalUses(self._forbids)
            for node in () if one.package else one.nodes:
                global_uses.look(node, frozenset())
            yield from ((one.file, use) for use in global_uses.uses)

    def _bind(self, statement: ast.stmt, file: str) -> None:
        """Note what a statement of the module binds; within one, a forbidden package wins."""
        new: dict[str, _BoundName] = {}
        for node in _inside(statement):
            for name, bound in self._bindings(node, file):
                if name not in new or not new[name].package:
                    new[name] = bound
            if not isinstance(node, ast.Assign):
                continue
            for target in node.targets:
                if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                    added = self._added.setdefault(target.value.id, [])
                    added.append(_BoundName("", file, (node.value,)))
        self._bound |= new

    def _bindings(self, node: ast.AST, file: str) -> Iterator[tuple[str, _BoundName]]:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name, package in _imports(node, self._forbids):
                yield name, _BoundName(package, file, (node,) if package else ())
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, _BoundName("", file, (node,))
        elif isinstance(node, ast.Assign):
            package = self._alias(node.value)
            for target in node.targets:
                yield from (
                    (one.id, _BoundName(package, file, (node if package else node.value,)))
                    for one in ast.walk(target)
                    if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
                )
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, _BoundName("", file)

    def _alias(self, value: ast.AST) -> str:
        """Return the package where `value` is "torch", or "torch.nn" and so on, under any name."""
        while isinstance(value, ast.Attribute):
            value = value.value
        return self._package_of(value.id) if isinstance(value, ast.Name) else ""


def _statements(text: str) -> list[ast.stmt]:
    """Return the statements of a script or a cell, none where it cannot be parsed."""
    try:
        return parse(text).body
    except CANNOT_TELL:
        return []


def _inside(statement: ast.AST) -> list[ast.AST]:
    """Return a statement and what is in it, in order; of functions and classes, themselves only."""
    nodes: list[ast.AST] = []
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Assign)):
            waiting += reversed(list(ast.iter_child_nodes(node)))
    return nodes


def _imports(
    node: ast.Import | ast.ImportFrom, forbids: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Return each name that an import binds, with the forbidden package or "" for another one."""
    for alias in node.names:
        module = alias.name
        if isinstance(node, ast.ImportFrom):
            module = "" if node.level else node.module or ""
        top = module.partition(".")[0]
        first = alias.name if isinstance(node, ast.ImportFrom) else alias.name.partition(".")[0]
        yield alias.asname or first, top if top in forbids else ""


class _GlobalUses:
    """The globals that code uses, and the forbidden packages that it imports, in order."""

    def __init__(self, forbids: Collection[str]) -> None:
        self.uses: list[_GlobalUse] = []
        self._forbids = forbids

    def look(self, node: ast.AST | None, hidden: frozenset[str]) -> None:
        """Look through code in which the names of `hidden` are no globals."""
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) and node.id not in hidden:
                self.uses.append(_GlobalUse(node.id, node.lineno))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            packages = (package for _, package in _imports(node, self._forbids) if package)
            self.uses += [_GlobalUse("", node.lineno, package) for package in packages]
        elif isinstance(node, FUNCTIONS):
            self._look_at_function(node, hidden)
        elif isinstance(node, ast.ClassDef):
            self._look_at_class(node, hidden)
        elif isinstance(node, ast.AnnAssign):
            self.look(node.value, hidden)  # an annotation computes nothing
        elif node is not None:
            for child in ast.iter_child_nodes(node):
                self.look(child, hidden)

    def _look_at_class(self, node: ast.ClassDef, hidden: frozenset[str]) -> None:
        for part in (*node.bases, *node.keywords, *node.decorator_list):
            self.look(part, hidden)
        own = hidden | _bound_in(node.body)  # which its methods do not see
        for part in node.body:
            self.look(part, hidden if isinstance(part, FUNCTIONS) else own)

    def _look_at_function(self, node: Function, hidden: frozenset[str]) -> None:
        arguments, body = node.args, node.body if isinstance(node.body, list) else [node.body]
        decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
        for outside in (*arguments.defaults, *arguments.kw_defaults, *decorators):
            self.look(outside, hidden)
        every = (
            *arguments.posonlyargs,
            *arguments.args,
            *arguments.kwonlyargs,
            arguments.vararg,
            arguments.kwarg,
        )
        own = hidden | {argument.arg for argument in every if argument} | _bound_in(body)
        for part in body:
            self.look(part, own)


def _bound_in(body: Iterable[ast.AST]) -> frozenset[str]:
    """Return the names that code binds itself, those that it declares global left out."""
    bound: set[str] = set()
    outside: set[str] = set()
    waiting = list(body)
    for node in waiting:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            bound.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {name for name, _ in _imports(node, ())}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        elif isinstance(node, ast.Global):
            outside.update(node.names)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return frozenset(bound - outside)
