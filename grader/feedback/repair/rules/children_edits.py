"""Edits by which a node knows what it was made from, and begins with what it needs."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import nodes_in


class ChildrenEdits:
    """The edits of one engine's children, and of its constructor."""

    def __init__(self, conventions: Conventions) -> None:
        self._conventions = conventions
        self._piece = conventions.piece

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        yield from self._given_children()
        yield from self._set_in_constructor()

    def _given_children(self) -> Iterator[CandidateEdit]:
        """Give the edits by which a result is told what it was made from."""
        for method in self._conventions.methods.values():
            operands = [one.arg for one in method.args.args]
            if method.name == "__init__" or not operands:
                continue
            for node in nodes_in(method):
                called = node.func if isinstance(node, ast.Call) else None
                if isinstance(called, ast.Name) and called.id == self._conventions.name:
                    assert isinstance(node, ast.Call)
                    yield from self._told(node, operands, method.name)

    def _told(self, node: ast.Call, operands: list[str], method: str) -> Iterator[CandidateEdit]:
        argument = self._conventions.children_argument
        tuples = [one for one in node.args if isinstance(one, (ast.Tuple, ast.List, ast.Set))]
        ways = [", ".join(operands[:count]) + "," * (count == 1) for count in (2, 1)]
        for way in dict.fromkeys(ways if len(operands) > 1 else ways[1:]):
            if tuples:
                edit = self._piece.replacing(tuples[0], f"({way})")
                yield CandidateEdit("children", (edit,), method, 2.5)
            elif argument and not any(one.arg == argument for one in node.keywords):
                at = self._piece.end(node) - 1
                edit = TextEdit(self._piece.number, at, at, f", {argument}=({way})")
                yield CandidateEdit("children", (edit,), method, 2.5)

    def _set_in_constructor(self) -> Iterator[CandidateEdit]:
        """Give the edits that set in the constructor what it does not."""
        init, own = self._conventions.methods.get("__init__"), self._conventions
        if init is None or init.body[-1].lineno == init.lineno:
            return
        last, this = init.body[-1], init.args.args[0].arg if init.args.args else "self"
        indent = self._piece.indent_of(init.body[0])
        for name, value in ((own.grad, "0.0"), (own.rule, "lambda: None"), (own.children, "()")):
            if name:
                line = f"{indent}{this}.{name} = {value}\n"
                edit = self._piece.inserting_after(last, line)
                yield CandidateEdit("line missing", (edit,), "__init__", 4)
