"""Edits of lists: what is gathered in them, in which order, each anew, flat, or one of them."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import nodes_in
from grader.feedback.repair.rules.formulas.quantities import FormulaEdits

GATHERED = "not gathered"
ADDS = {"append": "extend", "extend": "append"}


class ListEdits(FormulaEdits):
    """The edits of the lists of one function."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for placed in self.expressions:
            node = placed.node
            if isinstance(node, (ast.List, ast.Tuple)) and isinstance(node.ctx, ast.Load):
                for left, right in pairwise(node.elts):
                    yield self.exchanged("order of elements", left, right, 1.8)
            elif isinstance(node, ast.ListComp):
                yield from self._flattened(node)
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
                yield from self._each_anew(node)
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                if ast.List in map(type, (node.left, node.right)):
                    text = f"{self.closed(node.right)} + {self.closed(node.left)}"
                    yield self.put("order of elements", node, text, 1.8)
            elif isinstance(node, ast.Call):
                yield from self._of_call(node)
        for one in nodes_in(self.place.node):
            if isinstance(one, ast.Return) and one.value is not None:
                yield from self._longer(one.value)
            elif isinstance(one, ast.For):
                yield from self._longer(one.iter)

    def _longer(self, value: ast.expr) -> Iterator[CandidateEdit]:
        """Give the edits that add to a list that is returned what the object keeps besides."""
        if not isinstance(value, (ast.List, ast.ListComp, ast.Attribute, ast.Call, ast.BinOp)):
            return
        is_display = isinstance(value, ast.List)
        inner = self.text(value)[1:-1].rstrip(", ") if is_display else f"*{self.closed(value)}"
        for other in self.kept:
            if not self.mentions(other):
                for more in (other, f"*{other}"):
                    for parts in ((inner, more), (more, inner)):
                        text = ", ".join(filter(None, parts))
                        yield self.put(GATHERED, value, f"[{text}]", 1.6)

    def _flattened(self, node: ast.ListComp) -> Iterator[CandidateEdit]:
        """Give the edit that gathers the elements of lists, and not the lists."""
        if isinstance(node.elt, ast.Call) and len(node.generators) == 1:
            loop = self.text(node)[1:-1].removeprefix(self.text(node.elt)).strip()
            text = f"[one {loop} for one in {self.text(node.elt)}]"
            yield self.put("list of lists", node, text, 2.2)

    def _each_anew(self, node: ast.BinOp) -> Iterator[CandidateEdit]:
        """Give the edit that makes each element of a list anew, where one is in it many times."""
        if isinstance(node.left, ast.List) and len(node.left.elts) == 1:
            one, count = node.left.elts[0], self.text(node.right)
            if not isinstance(one, ast.Constant):
                text = f"[{self.text(one)} for _ in range({count})]"
                yield self.put("shared element", node, text, 1.2)

    def _of_call(self, node: ast.Call) -> Iterator[CandidateEdit]:
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in ADDS and node.args:
            given = ", ".join(map(self.text, node.args))
            text = f"{self.text(function.value)}.{ADDS[function.attr]}({given})"
            yield self.put("list of lists", node, text, 2)
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Subscript):
            yield from self._of_each(node, function.value)
        if isinstance(function, ast.Name) and function.id == "sum" and node.args:
            yield from self._of_one(node)

    def _of_each(self, node: ast.Call, element: ast.Subscript) -> Iterator[CandidateEdit]:
        """Give the edit that gathers what every element gives, and not one of them alone."""
        call = self.text(node).removeprefix(self.text(element))
        text = f"[one for part in {self.text(element.value)} for one in part{call}]"
        yield self.put("part left out", node, text, 1.8)

    def _of_one(self, node: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edits that take the one element that is asked, and not the sum of them."""
        every = node.args[0]
        if not isinstance(every, (ast.GeneratorExp, ast.ListComp)) or len(every.generators) != 1:
            return
        loop = every.generators[0]
        for index in self.unread:
            element = f"{self.closed(loop.iter)}[{index}]"
            named = [
                one
                for one in nodes_in(every.elt)
                if isinstance(one, ast.Name) and one.id == self.text(loop.target)
            ]
            text, start = self.text(every.elt), self.piece.start(every.elt)
            for one in sorted(named, key=self.piece.start, reverse=True):
                at, end = self.piece.start(one) - start, self.piece.end(one) - start
                text = text[:at] + element + text[end:]
            yield self.put("all for one", node, text, 1.5)
