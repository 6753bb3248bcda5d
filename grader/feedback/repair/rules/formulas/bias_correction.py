"""Edits that correct moving averages for their start at 0."""

import ast
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import nodes_in, target_of
from grader.feedback.repair.rules.formulas.quantities import FormulaEdits, rest_of
from grader.feedback.repair.rules.loops.loop_lines import number_of


class BiasCorrection(FormulaEdits):
    """The edits of the moving averages of one function."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give the edits that divide moving averages by 1 minus their share's power.

        Source: D. P. Kingma and J. Ba, Adam, 2014, section 3.
        """
        every: list[CandidateEdit] = []
        for text, share in self._averages().items():
            reads = [one.node for one in self.atoms if self.text(one.node) == text]
            later = [one for one in reads if not self._is_in_own_average(one, text)]
            for count in self._counts():
                edits = tuple(
                    self.piece.replacing(one, f"({text} / (1 - {share} ** {count}))")
                    for one in later
                )
                if edits:
                    name = self.place.node.name
                    every.append(CandidateEdit("bias correction", edits, name, 1.4))
        yield from every
        yield from self.together("bias correction", every, 1.5)

    def _averages(self) -> dict[str, str]:
        """Return the moving averages: the text of each, and the share of it that stays."""
        found: dict[str, str] = {}
        for node in nodes_in(self.place.node):
            if isinstance(node, (ast.Assign, ast.AugAssign)):
                target = self.text(target_of(node))
                for one in nodes_in(node.value):
                    rest = rest_of(one)
                    if rest is not None and not isinstance(rest, ast.BinOp):
                        found.setdefault(target, self.text(rest))
        return found

    def _is_in_own_average(self, node: ast.expr, text: str) -> bool:
        for one in nodes_in(self.place.node):
            if isinstance(one, (ast.Assign, ast.AugAssign)) and node in nodes_in(one):
                return self.text(target_of(one)) == text
        return False

    def _counts(self) -> list[str]:
        """Return the texts of what counts the calls."""
        return [text for text, start in self.kept.items() if number_of(start) in (0, 1)]
