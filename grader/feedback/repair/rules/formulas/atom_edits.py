"""Edits of formulas by which one quantity takes the place of another one, or of a number."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.rules.formulas.quantities import FormulaEdits

KIND = "quantity"


class AtomEdits(FormulaEdits):
    """The edits of single quantities of one function."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them: at one place, at all of them, and two that change places."""
        groups: dict[str, list[ast.expr]] = {}
        for placed in self.atoms:
            groups.setdefault(self.text(placed.node), []).append(placed.node)
        for text, nodes in groups.items():
            for other in self.quantities:
                if other != text:
                    yield from self._replaced(nodes, text, other)
        for text, nodes in groups.items():
            for other, others in groups.items():
                if text < other:
                    edits = [self.put(KIND, one, other, 0) for one in nodes]
                    edits += [self.put(KIND, one, text, 0) for one in others]
                    yield from self.together("operands swapped", edits, 2.7)
        yield from self._numbers()

    def _replaced(self, nodes: list[ast.expr], text: str, other: str) -> Iterator[CandidateEdit]:
        weight = self._weight(text, other)
        edits = [self.put(KIND, one, other, weight) for one in nodes]
        yield from edits
        yield from self.together(KIND, edits, weight + 0.1)

    def _weight(self, text: str, other: str) -> float:
        """Return how likely one is meant for the other: what nothing reads is the likeliest."""
        if other in self.unread:
            return 1.0
        is_alike = text.count(".") == other.count(".") and text.count("[") == other.count("[")
        return 2.5 if is_alike else 3.0

    def _numbers(self) -> Iterator[CandidateEdit]:
        """Give the edits by which a quantity takes the place of a number, or of a node of one."""
        groups: dict[str, list[ast.expr]] = {}
        for placed in self.expressions:
            node = placed.node
            number = node.args[0] if isinstance(node, ast.Call) and self.makes_node(node) else node
            if isinstance(number, ast.Constant) and not isinstance(number.value, bool):
                groups.setdefault(self.text(node), []).append(node)
        for nodes in groups.values():
            for other in self.quantities:
                weight = 0.8 if other in self.unread else 2.6
                edits = [self.put(KIND, one, other, weight) for one in nodes]
                yield from edits
                yield from self.together(KIND, edits, weight + 0.1)
