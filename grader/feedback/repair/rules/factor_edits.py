"""Edits of what is worked out: one more factor, or a node made of a number."""

import ast
from collections.abc import Iterator
from functools import cached_property

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import nodes_in
from grader.feedback.repair.rules.function_edits import FunctionEdits
from grader.feedback.repair.rules.method_edits import made_from

MADE = "out"


class FactorEdits(FunctionEdits):
    """The edits of one function's factors."""

    @cached_property
    def upstream(self) -> list[str]:
        """Return what the gradient that arrives at the result may be called, the likeliest first.

        A rule inside of a method is given it, or reads it off the result.
        """
        given = [one.arg for inner in self.place.inner() for one in inner.args.args[:1]]
        made = [f"{name}.{self.grad}" for name in (self.made, MADE) if name in self.names]
        lambdas = [
            node.args.args[0].arg
            for node in nodes_in(self.place.node)
            if isinstance(node, ast.Lambda) and node.args.args
        ]
        return list(dict.fromkeys([*made, *lambdas, *given]))

    def multiplied(self, value: ast.expr, *, together: bool) -> Iterator[CandidateEdit]:
        """Give the edits that put one more factor to what is worked out, or to its parts.

        Args:
            value: what is worked out.
            together: whether the same factor may be missing at other places of the function, too.
        """
        parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]
        for part in parts:
            text = self.text(part)
            closed = f"({text})" if not isinstance(part, (ast.Name, ast.Attribute)) else text
            if isinstance(part, (ast.Lambda, ast.Dict, ast.Set, ast.Starred)) or self.makes_node(
                part
            ):
                continue
            if text == self.made or text in self.place.parameters:
                continue
            is_one = isinstance(part, ast.Constant) and part.value == 1
            if isinstance(part, ast.BinOp) and isinstance(part.op, (ast.Mult, ast.Pow)):
                closed = text
            for factor in self._factors():
                weight = 2 if factor in self.upstream else 3.5
                text = factor if is_one else f"{closed} * {factor}"
                change = f"* {factor}" if together else ""
                kind = "upstream missing" if factor in self.upstream else "factor missing"
                yield self.put(kind, part, text, weight, change)

    def made_a_node(self, value: ast.expr) -> Iterator[CandidateEdit]:
        """Give the edits that make a node of a number that is worked out."""
        own = self.conventions
        if own is None or self.place.kind is not own.kind or self.makes_node(value):
            return
        text, operands = self.text(value), ", ".join(self.place.parameters[:2])
        yield self.put("plain number", value, f"{own.name}({text})", 3)
        if given := made_from(own, self.place.node.name, operands):
            yield self.put("plain number", value, f"{own.name}({text}{given})", 2.9)

    def _factors(self) -> list[str]:
        fields = [f"{name}.{field}" for name in self.names for field in (self.grad, self.data)]
        plain = [name for name in self.names if name not in ("self", self.made)]
        return list(dict.fromkeys([*self.upstream, *fields, *plain]))
