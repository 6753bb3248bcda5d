"""Edits of the function within a walk that meets one node, and then what that was made from."""

import ast
import textwrap
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionNode, nodes_in
from grader.feedback.repair.rules.function_edits import FunctionEdits

VISIT = """\
if {node} not in {seen}:
    {seen}.{add}({node})
    for {child} in {node}.{children}:
        {visit}({child})
    {order}.append({node})
"""
LISTED = """\
if {node} not in {order}:
    for {child} in {node}.{children}:
        {visit}({child})
    {order}.append({node})
"""
KEEPING = ("append", "add", "extend", "update")


class VisitEdits(FunctionEdits):
    """The edits of the functions inside of one function that meet a node each."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for inner in self.place.inner():
            if inner.args.args and inner.body[0].lineno > inner.lineno:
                yield from self._met_again(inner)
                yield from self._whole(inner)

    def _met_again(self, inner: FunctionNode) -> Iterator[CandidateEdit]:
        """Give the edits by which the function goes on with each of what a loop goes through."""
        for loop in nodes_in(inner):
            if not isinstance(loop, ast.For) or not isinstance(loop.target, ast.Name):
                continue
            if not self.is_below(loop.body[0]):
                continue
            call = f"{inner.name}({loop.target.id})"
            for node in loop.body:
                if isinstance(node, ast.Expr) and self.text(node) != call:
                    yield self.put("not met again", node, call, 2.6)
            line = f"{self.piece.indent_of(loop.body[0])}{call}\n"
            edit = self.piece.inserting_after(loop.body[-1], line)
            yield self.line("not met again", edit, 2.6)

    def _whole(self, inner: FunctionNode) -> Iterator[CandidateEdit]:
        """Give the edits that have the function meet each node once, after what it was made from.

        The names, and what stands around it, stay those of the source.
        """
        own, first = self.conventions, inner.body[0]
        kept = self._kept()
        if own is None or not own.children or not kept:
            return
        loops = (one for one in nodes_in(inner) if isinstance(one, ast.For))
        targets = [one.target.id for one in loops if isinstance(one.target, ast.Name)]
        words = {
            "node": inner.args.args[0].arg,
            "child": next(iter(targets), "child"),
            "children": own.children,
            "visit": inner.name,
        }
        indent = self.piece.indent_of(first)
        for order in kept:
            ways = [
                VISIT.format(**words, seen=seen, order=order, add="add" if is_set else "append")
                for seen, is_set in kept.items()
                if seen != order
            ]
            for way in ways or [LISTED.format(**words, order=order)]:
                lines = textwrap.indent(way, indent)
                edit = self.piece.replacing_lines(first, inner.body[-1], lines)
                yield self.line("visit", edit, 4.3)

    def _kept(self) -> dict[str, bool]:
        """Return the names of what nodes are kept in, and whether each is a set."""
        found: dict[str, bool] = {}
        for node in nodes_in(self.place.node):
            attribute = node if isinstance(node, ast.Attribute) and node.attr in KEEPING else None
            if attribute is not None and isinstance(attribute.value, ast.Name):
                name, is_set = attribute.value.id, attribute.attr in ("add", "update")
                found[name] = found.get(name, False) or is_set
            for name, start in _begun(node):
                if isinstance(start, ast.List) and not start.elts:
                    found.setdefault(name, False)
                elif self.text(start) == "set()":
                    found[name] = True
        return found


def _begun(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Give the names that a statement sets, and what each begins with."""
    for target in node.targets if isinstance(node, ast.Assign) else ():
        assert isinstance(node, ast.Assign)
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for one, value in zip(target.elts, node.value.elts, strict=False):
                if isinstance(one, ast.Name):
                    yield one.id, value
