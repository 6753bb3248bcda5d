"""Edits of what is made of nodes: a function on them missing or too much, or a graph cut off."""

import ast
import re
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import called_name, nodes_in
from grader.feedback.repair.rules.expression_edits import PlacedExpression
from grader.feedback.repair.rules.formulas.quantities import FormulaEdits
from grader.feedback.repair.rules.function_edits import LOOSE
from grader.feedback.repair.rules.method_edits import FUNCTIONS

KIND = "function"
CALLED = (ast.Name, ast.Subscript, ast.Call)
VALUES = (ast.Return, ast.Assign, ast.UnaryOp, ast.ListComp, ast.GeneratorExp, ast.Lambda)


class NodeEdits(FormulaEdits):
    """The edits of what one function makes of nodes."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        own = self.conventions
        functions = [name for name in FUNCTIONS if own is not None and name in own.methods]
        for placed in self.expressions:
            node = placed.node
            if isinstance(node, ast.Call):
                yield from self._of_call(node, functions)
                yield from self._detached(node, functions)
            yield from self._put_on(placed, functions)
        for one in nodes_in(self.place.node):
            if isinstance(one, ast.Assign) and isinstance(one.value, ast.Name):
                for name in functions:
                    text = f"[one.{name}() for one in {self.text(one.value)}]"
                    yield self.put("function missing", one.value, text, 2.2)

    def _of_call(self, node: ast.Call, functions: list[str]) -> Iterator[CandidateEdit]:
        """Give the edits that leave a function out, or take another."""
        called = node.func
        if not isinstance(called, ast.Attribute) or called.attr not in functions or node.args:
            return
        inner = self.text(called.value)
        yield self.put("call too much", node, inner, 1.8)
        for name in functions:
            if name != called.attr:
                yield self.put(KIND, node, f"{inner}.{name}()", 2)

    def _put_on(self, placed: PlacedExpression, functions: list[str]) -> Iterator[CandidateEdit]:
        node, parent = placed.node, placed.parent
        is_value = isinstance(parent, VALUES) and node in (
            *(getattr(parent, name, None) for name in ("value", "elt", "operand", "body")),
        )
        is_operand = isinstance(parent, ast.BinOp) and isinstance(node, CALLED)
        if not (is_value or is_operand) or isinstance(
            node, (ast.Constant, ast.Tuple, ast.List, ast.ListComp)
        ):
            return
        for function in self.unread if is_value else ():
            if function.startswith(f"{self.this}."):
                whole = f"{function}({self.text(node)})"
                yield self.put("function missing", node, whole, 1.6)
        for name in functions:
            text = f"({self.text(node)})" if isinstance(node, LOOSE) else self.text(node)
            yield self.put("function missing", node, f"{text}.{name}()", 2.6 if is_operand else 2)

    def _detached(self, node: ast.Call, functions: list[str]) -> Iterator[CandidateEdit]:
        """Give the edit that works with nodes, where a node is made of their numbers."""
        if not self.makes_node(node) or len(node.args) != 1:
            return
        inner = node.args[0]
        text = self.text(inner)
        for one in sorted(
            (one for one in nodes_in(inner) if isinstance(one, ast.Call) and one.args),
            key=lambda one: -self.piece.start(one),
        ):
            name = called_name(one)
            if name in functions:
                at = self.piece.start(one) - self.piece.start(inner)
                end = self.piece.end(one) - self.piece.start(inner)
                text = f"{text[:at]}{self.closed(one.args[0])}.{name}(){text[end:]}"
        nodes = re.sub(rf"\.{re.escape(self.data)}\b", "", text)
        if nodes != text or text != self.text(inner):
            yield self.put("detached", node, f"({nodes})", 1.2)
