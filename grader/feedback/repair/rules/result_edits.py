"""Edits of what a function gives, and of what becomes of the functions inside of it."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionNode, nodes_in
from grader.feedback.repair.rules.function_edits import FunctionEdits
from grader.feedback.repair.rules.statement_edits import bodies


class ResultEdits(FunctionEdits):
    """The edits of one function's results."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        yield from self._of_results()
        yield from self._of_rules()

    def _of_results(self) -> Iterator[CandidateEdit]:
        """Give the edits of what is returned."""
        returned = list(_returns(self.place.node))
        last = self.place.node.body[-1]
        for node in returned:
            for name in self._returnable():
                if node.value is None or self.text(node.value) != name:
                    weight = 2.0 if name == self.made else 4.0
                    yield self.put("another result", node, f"return {name}", weight)
        if isinstance(last, ast.Expr):
            text = self.text(last.value)
            yield self.put("no result", last, f"return {text}", 1.5)
        for one in nodes_in(self.place.node):
            if isinstance(one, ast.Expr) and (printed := _printed(one)):
                yield self.put("printed", one, f"return {self.text(printed)}", 2)
        if not returned and self.piece.is_alone(last):
            indent = self.piece.indent_of(self.place.node.body[0])
            for name in self._returnable():
                edit = self.piece.inserting_after(last, f"{indent}return {name}\n")
                weight = 1.0 if name == self.made else 2.5
                yield self.line("no result", edit, weight)

    def _returnable(self) -> list[str]:
        local = [name for name in self.names if name not in self.place.parameters]
        return list(dict.fromkeys([*filter(None, [self.made]), *local]))

    def _of_rules(self) -> Iterator[CandidateEdit]:
        """Give the edits by which a rule inside of a method gets to its node."""
        rule = self.conventions.rule if self.conventions else ""
        for inner in self.place.inner():
            parent = _body_of(self.place.node, inner)
            if not rule or parent is None or not self.piece.is_alone(inner):
                continue
            indent = self.piece.indent_of(inner)
            for name in self._returnable():
                line = f"{indent}{name}.{rule} = {inner.name}\n"
                edit = self.piece.inserting_after(inner, line)
                yield self.line("rule not attached", edit, 2)
        for node in nodes_in(self.place.node):
            if isinstance(node, ast.Expr) and isinstance(node.value, (ast.Attribute, ast.Name)):
                text = f"{self.text(node.value)}()"
                yield self.put("not called", node, text, 1.5)


def _body_of(function: FunctionNode, inner: ast.stmt) -> list[ast.stmt] | None:
    return next((body for body in bodies(function) if inner in body), None)


def _returns(function: FunctionNode) -> Iterator[ast.Return]:
    """Give the returns of a function itself, not those of functions inside of it."""
    left: list[ast.AST] = list(function.body)
    while left:
        node = left.pop(0)
        if isinstance(node, ast.Return):
            yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            left += ast.iter_child_nodes(node)


def _printed(node: ast.Expr) -> ast.expr | None:
    """Return what a statement prints, None where it prints nothing, or several things."""
    call = node.value
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print":
        return call.args[0] if len(call.args) == 1 else None
    return None
