"""The classes of a source that what fails does not use, as it names the operations that it asks."""

import ast
from collections.abc import Collection
from typing import NamedTuple

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import Outline, nodes_in
from grader.feedback.repair.rules.arrays.operation_class import operation_classes


class UnusedClasses(NamedTuple):
    """Where the classes stand: each by its piece, and the characters from its first to its end."""

    spans: tuple[tuple[int, int, int], ...]

    def has(self, one: CandidateEdit) -> bool:
        """Return whether an edit is in one of them."""
        first = min(one.edits)
        return any(
            piece == first.piece and start <= first.start <= end for piece, start, end in self.spans
        )


def unused_classes(
    parts: Outline, own: Conventions | None, asked: Collection[str]
) -> UnusedClasses:
    """Return the classes of operations that nothing of what is asked leads to.

    Args:
        parts: the source's outline.
        own: the engine's conventions, None where there is no engine.
        asked: the names that what fails asks for, and those of the functions that run then.
    """
    classes = operation_classes(parts, own.name if own else "")
    used = {*asked}
    if own is not None:
        for name, method in own.methods.items():
            if name in asked:
                used |= {one.id for one in nodes_in(method) if isinstance(one, ast.Name)}
    for one in classes.values():
        if one.kind.name in used:
            used |= {base.id for base in one.kind.bases if isinstance(base, ast.Name)}
    unused = [one for one in classes.values() if one.kind.name not in used]
    return UnusedClasses(
        tuple(
            (
                one.piece.number,
                one.piece.line_start(one.kind.lineno),
                one.piece.line_start((one.kind.end_lineno or 0) + 1),
            )
            for one in unused
        )
    )
