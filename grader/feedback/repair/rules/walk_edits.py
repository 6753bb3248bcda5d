"""Edits of the walk back: its seed, its direction, zeroes before it, or all of it."""

import ast
import textwrap
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import nodes_in
from grader.feedback.repair.rules.function_edits import FunctionEdits

VISITS = """\
order, seen = [], set()

def visit(node):
    if id(node) not in seen:
        seen.add(id(node))
        for child in {children}:
            visit(child)
        order.append(node)

visit({this})
"""
WALK = f"""{VISITS}{{this}}.{{grad}} = 1.0
for node in reversed(order):
    {{act}}
"""
ORDER = f"""{VISITS}return {{order}}
"""


class WalkEdits(FunctionEdits):
    """The edits of one function that goes over a graph."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for node in nodes_in(self.place.node):
            if isinstance(node, ast.For):
                yield from self._of_loop(node)
        parameters, body = self.place.parameters, self.place.body
        if parameters and body and body[0].lineno > self.place.node.lineno:
            yield from self._of_start(body, parameters[0])
        if self.place.kind is not None and "zero" in self.place.node.name and parameters:
            yield from self._zeroed(body)
        if self._is_pass():
            yield from self._cleared(body)
        if self._is_pass() and body[0].lineno > self.place.node.lineno:
            yield from self._whole(body)
        elif self._lists_nodes():
            yield from self._order(body)

    def _cleared(self, body: list[ast.stmt]) -> Iterator[CandidateEdit]:
        """Give the edits that empty a list of all rules once it has been gone through."""
        loops = [node for node in body if isinstance(node, ast.For)]
        over = [name for loop in loops for name in nodes_in(loop.iter)]
        names = {name.id for name in over if isinstance(name, ast.Name)}
        for name in sorted(names - {*self.names, *self.place.parameters, "reversed"}):
            line = f"{self.piece.indent_of(body[-1])}{name}.clear()\n"
            yield self.line("line missing", self.piece.inserting_after(body[-1], line), 3)

    def _zeroed(self, body: list[ast.stmt]) -> Iterator[CandidateEdit]:
        """Give the edit that sets the gradients of all nodes below back to 0."""
        own = self.conventions
        if own is None or not own.children or body[0].lineno == self.place.node.lineno:
            return
        children, act = f"node.{own.children}", f"node.{own.grad} = 0.0"
        text = VISITS.format(children=children, this=self.place.parameters[0])
        text += f"for node in order:\n    {act}\n"
        lines = textwrap.indent(text, self.piece.indent_of(body[0]))
        edit = self.piece.replacing_lines(body[0], body[-1], lines)
        yield self.line("zeroing", edit, 4.6)

    def _is_pass(self) -> bool:
        name = self.place.node.name
        return self.place.kind is not None and "backward" in name and name.strip("_") == name

    def _lists_nodes(self) -> bool:
        """Return whether a function goes over a graph, and returns a list of what it has found."""
        node, own = self.place.node, self.conventions
        if own is None or not own.children or not self.place.parameters:
            return False
        returns = [one for one in node.body if isinstance(one, ast.Return) and one.value]
        reads = {one.attr for one in nodes_in(node) if isinstance(one, ast.Attribute)}
        is_below = self.place.body[0].lineno > node.lineno
        is_kept = bool(reads & {"append", "extend", "insert"})
        return bool(returns) and is_kept and own.children in reads and is_below

    def _order(self, body: list[ast.stmt]) -> Iterator[CandidateEdit]:
        """Give the edits that put a right list of all nodes in the place of what is listed."""
        own, indent = self.conventions, self.piece.indent_of(body[0])
        children = f"node.{own.children}" if own else ""
        for order in ("order", "order[::-1]"):
            text = ORDER.format(children=children, this=self.place.parameters[0], order=order)
            lines = textwrap.indent(text, indent)
            edit = self.piece.replacing_lines(body[0], body[-1], lines)
            yield self.line("the walk", edit, 4.6)

    def _of_loop(self, node: ast.For) -> Iterator[CandidateEdit]:
        text = self.text(node.iter)
        if not isinstance(node.iter, ast.Call) and not text.endswith("[::-1]"):
            yield self.put("direction of the walk", node.iter, f"reversed({text})", 2)
        elif not text.startswith(("reversed(", "range(")):
            yield self.put("direction of the walk", node.iter, f"reversed(list({text}))", 2.5)
        lists = self.conventions.lists if self.conventions else ()
        for name in lists if self.place.parameters else ():
            every = f"{name}({self.place.parameters[0]})"
            if name != self.place.node.name and name not in text:
                yield self.put("part left out", node.iter, every, 2.6)
        for one in node.body:
            if isinstance(one, ast.Pass) and "zero" in self.place.node.name:
                zero = f"{self.text(node.target)}.{self.grad} = 0.0"
                yield self.put("zeroing", one, zero, 2)

    def _of_start(self, body: list[ast.stmt], this: str) -> Iterator[CandidateEdit]:
        """Give the edits that set a gradient where a function begins, or before its last part."""
        loops = [one for one in body if isinstance(one, (ast.For, ast.While))]
        for value, kind in (("1.0", "seed"), ("0.0", "added instead of set")):
            for node in [body[0], *loops[-1:]]:
                line = f"{self.piece.indent_of(node)}{this}.{self.grad} = {value}\n"
                edit = self.piece.inserting_before(node, line)
                weight = 2.5 if "backward" in self.place.node.name else 4
                yield self.line(kind, edit, weight)

    def _whole(self, body: list[ast.stmt]) -> Iterator[CandidateEdit]:
        """Give the edits that put a right walk in the place of the whole one."""
        own = self.conventions
        if own is None or not own.children:
            return
        this, indent = self.place.parameters[0], self.piece.indent_of(body[0])
        children, rule = f"node.{own.children}", f"node.{own.rule}"
        pairs = f"[one for one, *_ in node.{own.children}]"
        with_slopes = (
            f"for child, slope in {children}:\n        child.{own.grad} += slope * node.{own.grad}"
        )
        ways = [(children, f"if {rule}:\n        {rule}()")] if own.rule else []
        ways += [(children, f"if {rule}:\n        {rule}(node.{own.grad})")] if own.rule else []
        ways += [(pairs, with_slopes)] if not own.rule else []
        for at, (below, act) in enumerate(ways):
            text = WALK.format(children=below, this=this, grad=own.grad, act=act)
            lines = textwrap.indent(text, indent)
            edit = self.piece.replacing_lines(body[0], body[-1], lines)
            yield self.line("the walk", edit, 5 + at / 10)
