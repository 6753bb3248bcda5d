"""The outline of a source: its functions, with the text of each part, and where it stands."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeAlias, TypeVar

from grader.engines.syntax import parse
from grader.feedback.repair.edit import Pieces, TextEdit

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Located: TypeAlias = ast.expr | ast.stmt | ast.arg
Found = TypeVar("Found")


def kept_by(node: ast.AST, name: str, find: Callable[[], Iterable[Found]]) -> tuple[Found, ...]:
    """Return what is found in a part of a tree.

    The part keeps it, under a name: every maker of edits goes over the same.
    """
    known = vars(node)
    if name not in known:
        known[name] = tuple(find())
    found: tuple[Found, ...] = known[name]
    return found


def nodes_in(node: ast.AST) -> tuple[ast.AST, ...]:
    """Return a part of a tree and all parts of it, nearer ones first."""
    return kept_by(node, "nodes_in", lambda: ast.walk(node))


def called_name(node: ast.Call) -> str:
    """Return the last part of a called function's name, "" where it has none."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def target_of(node: ast.Assign | ast.AugAssign) -> ast.expr:
    """Return what a statement sets, the first of several."""
    return node.targets[0] if isinstance(node, ast.Assign) else node.target


class PieceText:
    """One piece of a source, and where its parts stand in it, in characters."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.text = text
        self._lines = [f"{line}\n" for line in text.split("\n")]
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    @cached_property
    def tree(self) -> ast.Module:
        """Its tree.

        Raises:
            SyntaxError: it cannot be parsed; a ValueError where it holds a null byte.
        """
        return parse(self.text)

    def at(self, line: int, column: int) -> int:
        """Return the offset of a place, whose column counts bytes of UTF-8."""
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        if text.isascii():
            return self._starts[line - 1] + min(column, len(text))
        return self._starts[line - 1] + len(text.encode()[:column].decode(errors="replace"))

    def start(self, node: Located) -> int:
        """Return where a part begins."""
        return self.at(node.lineno, node.col_offset)

    def end(self, node: Located) -> int:
        """Return where a part ends."""
        return self.at(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)

    def of(self, node: Located) -> str:
        """Return the text of a part."""
        return self.text[self.start(node) : self.end(node)]

    def replacing(self, node: Located, text: str) -> TextEdit:
        """Return the edit that puts a text in the place of a part."""
        return TextEdit(self.number, self.start(node), self.end(node), text)

    def line_start(self, line: int) -> int:
        """Return where a line begins; the one after the last is the end."""
        return self._starts[min(line - 1, len(self._starts) - 1)]

    def indent_of(self, node: ast.stmt) -> str:
        """Return what stands before a statement that begins its line."""
        line = self._lines[node.lineno - 1]
        return line[: len(line) - len(line.lstrip())]

    def is_alone(self, node: ast.stmt) -> bool:
        """Return whether a statement has its lines for itself."""
        before = self.text[self.line_start(node.lineno) : self.start(node)]
        after = self.text[self.end(node) : self.line_start((node.end_lineno or 0) + 1)]
        return not before.strip() and not after.partition("#")[0].strip()

    def lines_of(self, node: ast.stmt) -> str:
        """Return the whole lines of a statement, each with its end."""
        text = self.text[self.line_start(node.lineno) : self.line_start((node.end_lineno or 0) + 1)]
        return text if text.endswith("\n") else text + "\n"

    def replacing_lines(self, first: ast.stmt, last: ast.stmt, text: str) -> TextEdit:
        """Return the edit that puts lines in the place of those of some statements."""
        start, end = self.line_start(first.lineno), self.line_start((last.end_lineno or 0) + 1)
        return TextEdit(self.number, start, end, text)

    def inserting_after(self, node: ast.stmt, text: str) -> TextEdit:
        """Return the edit that inserts lines below a statement."""
        at = self.line_start((node.end_lineno or 0) + 1)
        missing = "\n" if at and self.text[at - 1 : at] != "\n" else ""
        return TextEdit(self.number, at, at, missing + text)

    def inserting_before(self, node: ast.stmt, text: str) -> TextEdit:
        """Return the edit that inserts lines above a statement."""
        at = self.line_start(node.lineno)
        return TextEdit(self.number, at, at, text)


class FunctionPlace(NamedTuple):
    """A function of a source, with the functions inside of it.

    Attributes:
        piece: where it stands.
        node: its tree.
        kind: the class whose method it is, None of another function.
    """

    piece: PieceText
    node: FunctionNode
    kind: ast.ClassDef | None

    @property
    def body(self) -> list[ast.stmt]:
        """Its statements, without the text that documents it."""
        first = self.node.body[0]
        documents = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        return self.node.body[1:] if documents and len(self.node.body) > 1 else self.node.body

    @property
    def parameters(self) -> list[str]:
        """The names of its parameters."""
        taken = self.node.args
        return [one.arg for one in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]

    def inner(self) -> tuple[FunctionNode, ...]:
        """Return the functions inside of it."""
        return kept_by(self.node, "inner", self._inner)

    def _inner(self) -> Iterator[FunctionNode]:
        for node in nodes_in(self.node):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node is not self.node:
                yield node


class Outline(NamedTuple):
    """What a source defines.

    Attributes:
        pieces: its pieces that can be parsed.
        classes: its classes at the top, with the piece of each.
        functions: its functions, and the methods of its classes.
    """

    pieces: tuple[PieceText, ...]
    classes: tuple[tuple[PieceText, ast.ClassDef], ...]
    functions: tuple[FunctionPlace, ...]


def outline(pieces: Pieces) -> Outline:
    """Return the outline of a source; a piece that cannot be parsed is left out."""
    known: list[PieceText] = []
    classes: list[tuple[PieceText, ast.ClassDef]] = []
    functions: list[FunctionPlace] = []
    for number, text in enumerate(pieces):
        piece = PieceText(number, text)
        try:
            tree = piece.tree
        except (SyntaxError, ValueError):  # a cell of magics, or a null byte
            continue
        known.append(piece)
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                classes.append((piece, node))
                functions += [FunctionPlace(piece, one, node) for one in _functions(node.body)]
        functions += [FunctionPlace(piece, one, None) for one in _functions(tree.body)]
    return Outline(tuple(known), tuple(classes), tuple(functions))


def _functions(body: list[ast.stmt]) -> list[FunctionNode]:
    return [one for one in body if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
