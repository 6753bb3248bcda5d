"""Edits of operators: another one, its sides swapped, or one of them left out."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.rules.function_edits import FunctionEdits

OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
OTHERS = {"+": "-*", "-": "+", "*": "+/", "/": "*"}
ORDERED: dict[type[ast.operator], str] = {
    ast.Sub: "-",
    ast.Div: "/",
    ast.Pow: "**",
    ast.MatMult: "@",
}


class OperatorEdits(FunctionEdits):
    """The edits of one function's operators."""

    def of_operator(self, node: ast.BinOp, parent: ast.AST) -> Iterator[CandidateEdit]:
        """Give the edits of one operator and of its two sides."""
        left, right = self.closed(node.left), self.closed(node.right)
        for other in OTHERS.get(OPERATORS.get(type(node.op), ""), ""):
            text = self.bound(f"{left} {other} {right}", parent)
            yield self.put(_kind(node, parent), node, text, 3)
        if isinstance(node.op, ast.FloorDiv):
            yield self.put("operator", node, self.bound(f"{left} / {right}", parent), 2)
        if type(node.op) in ORDERED:
            text = self.bound(f"{right} {ORDERED[type(node.op)]} {left}", parent)
            yield self.put("operands swapped", node, text, 2)
        if isinstance(node.op, ast.Add):
            yield self.put("sign", node, self.bound(f"{left} + (-{right})", parent), 2.5)
        if isinstance(node.op, ast.Pow):
            yield from self._of_power(node.right)
        yield from self._of_sides(node, parent)

    def _of_sides(self, node: ast.BinOp, parent: ast.AST) -> Iterator[CandidateEdit]:
        """Give the edits that leave one side alone."""
        is_less = isinstance(node.op, ast.Sub) and isinstance(node.right, ast.Constant)
        of_less = _kind(node, parent) if is_less else "operator"
        kind = "factor too much" if of_less == "operator" else of_less
        yield self.put(kind, node, self.bound(self.text(node.left), parent), 2.5)
        if not isinstance(node.op, ast.Pow):
            minus = f"-{self.closed(node.right)}"
            text = minus if isinstance(node.op, ast.Sub) else self.text(node.right)
            yield self.put("factor too much", node, self.bound(text, parent), 2.5)

    def _of_power(self, exponent: ast.expr) -> Iterator[CandidateEdit]:
        text = self.closed(exponent)
        for other in (f"({text} - 1)", f"({text} + 1)"):
            if not isinstance(exponent, ast.Constant):
                yield self.put("exponent", exponent, other, 2)


def _kind(node: ast.BinOp, parent: ast.AST) -> str:
    """Return the kind of another operator's edit, which is told apart in an exponent."""
    power = parent if isinstance(parent, ast.BinOp) else None
    is_exponent = power and isinstance(power.op, ast.Pow) and node is power.right
    return "exponent" if is_exponent else "operator"
