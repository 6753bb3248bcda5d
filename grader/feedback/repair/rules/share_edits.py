"""Edits of what a node gets: how a share is kept, what it is multiplied by, what it should be."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionPlace, nodes_in, target_of
from grader.feedback.repair.rules.factor_edits import FactorEdits
from grader.feedback.repair.rules.function_edits import FunctionEdits
from grader.feedback.repair.rules.textbook_rules import shares_of, value_of

SIGNS = {ast.Add: "+=", ast.Sub: "-="}


class ShareEdits(FunctionEdits):
    """The edits of one function's shares and results."""

    def __init__(self, place: FunctionPlace, conventions: Conventions | None) -> None:
        super().__init__(place, conventions)
        self._factors = FactorEdits(place, conventions)

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for node in nodes_in(self.place.node):
            if isinstance(node, (ast.Assign, ast.AugAssign)):
                target = target_of(node)
                if isinstance(target, (ast.Attribute, ast.Subscript)):
                    yield from self._of_keeping(node, target)
                    yield from self._of_share(node, target)
                    yield from self._of_start(node, target)
                is_share = isinstance(target, ast.Attribute) and target.attr == self.grad
                yield from self._factors.multiplied(node.value, together=is_share)
            elif isinstance(node, ast.Return) and node.value is not None:
                yield from self._factors.multiplied(node.value, together=True)
                yield from self._factors.made_a_node(node.value)
            elif isinstance(node, ast.Call):
                yield from self._of_value(node)
            elif isinstance(node, ast.Lambda):
                yield from self._factors.multiplied(node.body, together=True)
            elif isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.ctx, ast.Load):
                yield from self._factors.multiplied(node, together=True)
                yield from self._of_tuple(node)
        yield from self._missing_shares()

    def _of_keeping(
        self, node: ast.Assign | ast.AugAssign, target: ast.expr
    ) -> Iterator[CandidateEdit]:
        """Give the edits of `=`, `+=` and `-=`."""
        left, right = self.text(target), self.text(node.value)
        own = SIGNS.get(type(node.op), "?") if isinstance(node, ast.AugAssign) else "="
        if own == "=" and isinstance(node.value, (ast.Constant, ast.Lambda)):
            return  # what is set there is no share
        for sign in ("+=", "-=", "="):
            if own not in (sign, "?"):
                kind = "overwritten" if own == "=" else "added instead of set"
                kind = kind if "=" in (own, sign) else "sign of a share"
                weight = 1.5 if sign == "+=" else 2
                change = f"{own} {sign} {left.rpartition('.')[2]}"
                yield self.put(kind, node, f"{left} {sign} {right}", weight, change)

    def _of_start(
        self, node: ast.Assign | ast.AugAssign, target: ast.expr
    ) -> Iterator[CandidateEdit]:
        """Give the edits of what a gradient, a rule or the children begin with."""
        if not isinstance(target, ast.Attribute) or isinstance(node, ast.AugAssign):
            return
        own, name = self.conventions, self.place.node.name
        rule, children = (own.rule, own.children) if own else ("", "")
        if name == "__init__":
            begins = {self.grad: "0.0", rule: "lambda: None", children: "()"}
            text = begins.get(target.attr, "")
            if target.attr and text and text != self.text(node.value):
                yield self.put("first value", node.value, text, 2.5)
            for argument in self._arguments_of(target.attr):
                kind = "children" if target.attr == children else "first value"
                if argument != self.text(node.value):
                    yield self.put(kind, node.value, argument, 2.5)
        elif target.attr == self.grad:
            for text, kind in (("1.0", "seed"), ("0.0", "added instead of set")):
                if text != self.text(node.value):
                    yield self.put(kind, node.value, text, 2.4 if "backward" in name else 4)

    def _arguments_of(self, attribute: str) -> list[str]:
        """Return the constructor's arguments that an attribute may be meant to keep."""
        own, parameters = self.conventions, self.place.parameters[1:]
        if own is not None and attribute == own.children and own.children_argument:
            return [own.children_argument]
        return [one for one in parameters if one.strip("_") == attribute.strip("_")]

    def _of_share(
        self, node: ast.Assign | ast.AugAssign, target: ast.expr
    ) -> Iterator[CandidateEdit]:
        """Give the edit that puts the right share in the place of what stands there."""
        if not isinstance(target, ast.Attribute) or target.attr != self.grad:
            return
        owner = self.text(target.value)
        for upstream in self._factors.upstream:
            share = self._right_shares(upstream).get(owner)
            if share and share != self.text(node.value):
                yield self.put("formula", node.value, share, 4)
                left = self.text(target)
                yield self.put("formula", node, f"{left} += {share}", 4.5)

    def _of_tuple(self, node: ast.Tuple | ast.List) -> Iterator[CandidateEdit]:
        """Give the edits that put right shares, or slopes, into a tuple of them.

        One a position: `lambda g: (g, -g)`; or one beside its operand: `(self, 1.0)`.
        """
        for upstream in (*self._factors.upstream, "1.0"):
            shares = self._right_shares(upstream)
            if len(node.elts) == len(shares):
                for part, share in zip(node.elts, shares.values(), strict=True):
                    if self.text(part) not in (share, *shares):
                        yield self.put("formula", part, share, 4)
            if len(node.elts) == 2 and (share := shares.get(self.text(node.elts[0]), "")):
                yield self.put("formula", node.elts[1], share, 4)

    def _right_shares(self, upstream: str) -> dict[str, str]:
        functions = self.conventions.functions if self.conventions else ""
        words = {"up": upstream, "out": f"{self.made}.{self.data}", "functions": functions}
        return shares_of(self.place.node.name, self.place.parameters, self.data, words)

    def _of_value(self, node: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edit that puts the right number into the result."""
        if not self.makes_node(node) or not node.args or self.conventions is None:
            return
        name, parameters = self.place.node.name, self.place.parameters
        right = value_of(name, parameters, self.data, self.conventions.functions)
        if right and right != self.text(node.args[0]):
            yield self.put("value", node.args[0], right, 4)

    def _missing_shares(self) -> Iterator[CandidateEdit]:
        """Give the edits that add a share for an operand that gets none."""
        for inner in self.place.inner():
            last = inner.body[-1]
            if not self.piece.is_alone(last):
                continue
            for upstream in self._factors.upstream:
                for owner, share in self._right_shares(upstream).items():
                    indent = self.piece.indent_of(last)
                    line = f"{indent}{owner}.{self.grad} += {share}\n"
                    edit = self.piece.inserting_after(last, line)
                    yield self.line("share missing", edit, 4.5)
