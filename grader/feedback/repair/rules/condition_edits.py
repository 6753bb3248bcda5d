"""Edits of conditions: comparisons, and which of two ways is taken."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.rules.function_edits import FunctionEdits

COMPARISONS: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Lt: ("<=", ">"),
    ast.LtE: ("<", ">="),
    ast.Gt: (">=", "<"),
    ast.GtE: (">", "<="),
    ast.Eq: ("!=", "is"),
    ast.NotEq: ("==", "is not"),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
}


class ConditionEdits(FunctionEdits):
    """The edits of one function's conditions."""

    def of_comparison(self, node: ast.Compare) -> Iterator[CandidateEdit]:
        """Give the edits of one comparison."""
        left, right = self.text(node.left), self.text(node.comparators[0])
        if len(node.ops) > 1:
            return
        constant = isinstance(node.comparators[0], ast.Constant)
        if isinstance(node.ops[0], (ast.Is, ast.IsNot)) and right == "None":
            yield self.put("condition", node, f"{left} != 0", 3)
        for other in COMPARISONS[type(node.ops[0])]:
            if constant and other.startswith("is"):
                continue
            yield self.put("condition", node, f"{left} {other} {right}", 2.5)
        for name in (f"id({left})", f"{left}"):
            if isinstance(node.ops[0], (ast.In, ast.NotIn)) and name != left:
                sign = "in" if isinstance(node.ops[0], ast.In) else "not in"
                by_identity = f"{name} {sign} [id(one) for one in {right}]"
                yield self.put("visited", node, by_identity, 3)

    def of_choice(self, node: ast.IfExp | ast.BoolOp) -> Iterator[CandidateEdit]:
        """Give the edits of what is taken where a condition holds, and where it does not."""
        if isinstance(node, ast.BoolOp):
            word = " or " if isinstance(node.op, ast.And) else " and "
            yield self.put("condition", node, word.join(map(self.closed, node.values)), 2.5)
            for one in node.values:
                yield self.put("condition", node, self.closed(one), 3)
            return
        body, test, other = map(self.text, (node.body, node.test, node.orelse))
        yield self.put("condition", node, f"{other} if {test} else {body}", 2.5)
        yield self.put("condition", node, self.closed(node.body), 3)
        yield self.put("condition", node, self.closed(node.orelse), 3)
