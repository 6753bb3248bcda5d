"""Edits of statements: what is returned, kept, called, repeated, and in which order."""

import ast
import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionNode, nodes_in
from grader.feedback.repair.rules.function_edits import FunctionEdits

UNIT = "    "


class StatementEdits(FunctionEdits):
    """The edits of one function's statements."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for body in bodies(self.place.node):
            if body is self.place.node.body:
                body = self.place.body  # noqa: PLW2901  (without the text that documents it)
            if all(map(self.piece.is_alone, body[1:])) and self.is_below(body[0]):
                yield from self._of_order(body)
        yield from self._of_guards()
        yield from self._of_unasked()
        yield from self._of_shortcuts()
        yield from self._of_visited()
        yield from self._of_defaults()

    def _of_order(self, body: Sequence[ast.stmt]) -> Iterator[CandidateEdit]:
        for one, other in pairwise(body):
            text = self.piece.lines_of(other) + self.piece.lines_of(one)
            edit = self.piece.replacing_lines(one, other, text)
            yield self.line("order of lines", edit, 2.5)
        for one in body:
            if len(body) > 1 and self.piece.is_alone(one):
                edit = self.piece.replacing_lines(one, one, "")
                if _refuses(one):
                    yield self.line("condition", edit, 2)
                else:
                    yield self.line("line too much", edit, 3.5)
        for at, one in enumerate(body):
            yield from self._of_depth(one, body[at + 1 :])

    def _of_depth(self, one: ast.stmt, after: Sequence[ast.stmt]) -> Iterator[CandidateEdit]:
        """Give the edits that take a line out of a loop's or a condition's end, or into it."""
        if not isinstance(one, (ast.For, ast.While, ast.If)) or one.orelse:
            return
        inner, last = self._indent_in(one), one.body[-1]
        outer = self.piece.indent_of(one)
        if len(one.body) > 1 and self.piece.is_alone(last):
            moved = _indented(self.piece.lines_of(last), outer)
            edit = self.piece.replacing_lines(last, last, moved)
            yield self.line("depth of a line", edit, 2.5)
        if after and self.is_below(one.body[0]):
            moved = _indented(self.piece.lines_of(after[0]), inner)
            edit = self.piece.replacing_lines(after[0], after[0], moved)
            yield self.line("depth of a line", edit, 2.5)
        if self.is_below(one.body[0]) and isinstance(one, ast.If):
            text = "".join(_indented(self.piece.lines_of(node), outer) for node in one.body)
            edit = self.piece.replacing_lines(one, one, text)
            yield self.line("condition", edit, 3)

    def _of_guards(self) -> Iterator[CandidateEdit]:
        """Give the edits that take the else branch, or the first one, of a condition alone."""
        for node in nodes_in(self.place.node):
            if isinstance(node, ast.If) and node.orelse and self.is_below(node.orelse[0]):
                outer = self.piece.indent_of(node)
                for branch in (node.orelse, node.body):
                    if isinstance(branch[0], ast.If) or not self.is_below(branch[0]):
                        continue
                    lines = "".join(map(self.piece.lines_of, branch))
                    edit = self.piece.replacing_lines(node, node, _indented(lines, outer))
                    yield self.line("condition", edit, 3)

    def _of_unasked(self) -> Iterator[CandidateEdit]:
        """Give the edits by which a condition asks for a parameter that nothing asks for."""
        taken = self.place.node.args
        read = {one.id for one in nodes_in(self.place.node) if isinstance(one, ast.Name)}
        defaults = zip(reversed(taken.args), reversed(taken.defaults), strict=False)
        unread = [
            one.arg
            for one, default in defaults
            if isinstance(default, ast.Constant) and isinstance(default.value, bool)
            if one.arg not in read
        ]
        for node in nodes_in(self.place.node):
            for name in unread if isinstance(node, ast.If) else ():
                assert isinstance(node, ast.If)
                for way in (f"{name} and", f"not {name} and"):
                    yield self.put("condition", node.test, f"{way} {self.closed(node.test)}", 2.4)

    def _of_shortcuts(self) -> Iterator[CandidateEdit]:
        """Give the edit that leaves out all conditions that end the function before its end."""
        early = [
            node
            for node in self.place.body[:-1]
            if isinstance(node, ast.If) and not node.orelse and self.piece.is_alone(node)
            if isinstance(node.body[-1], ast.Return)
        ]
        if early:
            edits = tuple(self.piece.replacing_lines(node, node, "") for node in early)
            yield CandidateEdit("condition", edits, self.place.node.name, 3.3)

    def _of_visited(self) -> Iterator[CandidateEdit]:
        """Give the edits that keep track of what was visited."""
        for node in nodes_in(self.place.node):
            if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
                continue
            test = node.test
            if not isinstance(test.ops[0], (ast.NotIn, ast.In)) or not self.is_below(node.body[0]):
                continue
            seen, name = self.text(test.comparators[0]), self.text(test.left)
            into = node.body if isinstance(test.ops[0], ast.NotIn) else None
            for add in ("add", "append"):
                line = f"{seen}.{add}({name})\n"
                if into is not None:
                    text = self._indent_in(node) + line
                    edit = self.piece.inserting_before(into[0], text)
                else:
                    edit = self.piece.inserting_after(node, self.piece.indent_of(node) + line)
                yield self.line("visited", edit, 2.3)

    def _of_defaults(self) -> Iterator[CandidateEdit]:
        """Give the edits that keep a node's own copy of what is shared by a default."""
        shared = [one for one in self.place.node.args.defaults if isinstance(one, ast.List)]
        if not shared:
            return
        for node in nodes_in(self.place.node):
            value = node.value if isinstance(node, ast.Assign) else None
            if isinstance(value, ast.Name) and value.id in self.place.parameters:
                yield self.put("children", value, f"list({value.id})", 2)

    def _indent_in(self, node: ast.For | ast.While | ast.If) -> str:
        if self.is_below(node.body[0]):
            return self.piece.indent_of(node.body[0])
        return self.piece.indent_of(node) + UNIT


def bodies(function: FunctionNode) -> Iterator[list[ast.stmt]]:
    """Give the statements that stand together in a function, at every depth."""
    for node in nodes_in(function):
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body:
                yield body


def _refuses(node: ast.stmt) -> bool:
    """Return whether a statement does nothing but refuse what a function is given."""
    is_guard = isinstance(node, ast.If) and not node.orelse and isinstance(node.body[0], ast.Raise)
    return is_guard or isinstance(node, (ast.Assert, ast.Raise))


def _indented(lines: str, indent: str) -> str:
    return textwrap.indent(textwrap.dedent(lines), indent)
