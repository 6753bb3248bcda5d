"""How a share gets the shape of its operand, which was spread over more entries than it has."""

import ast
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import FunctionNode, FunctionPlace, Outline, PieceText, nodes_in

SUMMED = """\
while {share}.ndim > len({shape}):
    {share} = {share}.sum(axis=0)
for axis, size in enumerate({shape}):
    if size == 1:
        {share} = {share}.sum(axis=axis, keepdims=True)
return {share}
"""
NAME = "summed_to"
OF_SHARE, OF_BOTH = 1, 2  # parameters


class Fitting(NamedTuple):
    """The ways of a source to fit a share.

    Attributes:
        package: the name of the package of arrays.
        piece: where a function for it can be added.
        helper: the source's own function for it, None where it has none.
        by_shape: whether that is given a shape, and not an array.
    """

    package: str
    piece: PieceText
    helper: FunctionNode | None
    by_shape: bool

    def fitted(self, share: str, number: str) -> Iterator[tuple[str, TextEdit | None]]:
        """Give the texts of a share that has its operand's shape, with what must be added for it.

        Args:
            share: its text.
            number: the operand's array.
        """
        if not self.package:
            return
        if self.helper is not None:
            if f"{self.helper.name}(" not in share:
                given = f"{number}.shape" if self.by_shape else number
                yield f"{self.helper.name}({share}, {given})", None
            return
        body = textwrap.indent(SUMMED.format(share="share", shape="shape"), "    ")
        end = len(self.piece.text)
        added = TextEdit(self.piece.number, end, end, f"\n\n\ndef {NAME}(share, shape):\n{body}")
        yield f"{NAME}({share}, {number}.shape)", added

    def repaired_helper(self) -> Iterator[CandidateEdit]:
        """Give the edits of the source's own function: all of it, or a part that is missing."""
        helper = self.helper
        if helper is None or helper.body[0].lineno == helper.lineno:
            return
        place = FunctionPlace(self.piece, helper, None)
        share, shape = place.parameters[:OF_BOTH]
        given = shape if self.by_shape else f"{shape}.shape"
        indent, first, last = self.piece.indent_of(place.body[0]), place.body[0], place.body[-1]
        lines = textwrap.indent(SUMMED.format(share=share, shape=given), indent)
        whole = self.piece.replacing_lines(first, last, lines)
        yield CandidateEdit("shape", (whole,), helper.name, 4.4)
        parts = lines.split(f"{indent}for ")
        for before, text in ((first, parts[0]), (last, f"{indent}for " + parts[1])):
            part = text.partition(f"{indent}return")[0]
            edit = self.piece.inserting_before(before, part)
            yield CandidateEdit("shape", (edit,), helper.name, 2.6)


def fitting_of(parts: Outline, package: str, piece: PieceText) -> Fitting:
    """Return the ways of a source to fit a share.

    Args:
        parts: its outline.
        package: the name of its package of arrays, "" where it has none.
        piece: where its engine stands.
    """
    for place in parts.functions:
        if place.kind is None and len(place.parameters) == OF_BOTH and package:
            text = place.piece.of(place.node)
            is_named = any(
                word in place.node.name for word in ("broadcast", "fit", "reduce", "sum")
            )
            if ".sum(" in text or is_named:
                return Fitting(package, place.piece, place.node, _is_given_shapes(parts, place))
    return Fitting(package, piece, None, by_shape=True)


def _is_given_shapes(parts: Outline, place: FunctionPlace) -> bool:
    """Return whether a function is called with a shape for its second argument."""
    for piece in parts.pieces:
        for node in nodes_in(piece.tree):
            if not isinstance(node, ast.Call) or len(node.args) != OF_BOTH:
                continue
            if isinstance(node.func, ast.Name) and node.func.id == place.node.name:
                return piece.of(node.args[1]).endswith(".shape")
    return "shape" in place.parameters[1]
