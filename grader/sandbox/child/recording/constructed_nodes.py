"""The nodes that a submission constructs by itself: leaves, and results of its own operations.

Runs in the student's process.
"""

from collections.abc import Mapping
from types import CodeType, FrameType
from typing import Any

from grader.sandbox.child.recording.entries import AT_ONCE, Entries
from grader.sandbox.child.recording.operations import number_in
from grader.sandbox.protocol import record_codes as codes

COMPREHENSIONS = ("<listcomp>", "<genexpr>", "<setcomp>", "<dictcomp>", "<lambda>")

_len = len


class ConstructedNodes:
    """Makes nodes of objects that have been constructed.

    Attributes:
        have_rules: whether an object can keep a rule by which its gradient goes on.
    """

    def __init__(self, entries: Entries) -> None:
        self.have_rules = False
        self._entries = entries
        self._sites: dict[tuple[CodeType, int], int] = {}

    def settle(self, node: Any, held: dict[str, Any], frame: FrameType) -> None:
        """Make a node of an object that has been constructed."""
        entries = self._entries
        number = number_in(held.get("data"))
        if number is None:
            raise entries.refuse("its objects hold something else than one number")
        if operands := node._recorded_operands:
            field = self.own_field(operands, held, frame)
            entries.waiting.extend((codes.OWN, number, field))
        else:
            entries.waiting.extend((codes.LEAF, number, self._site(frame)))
        node._recorded_node = entries.next_node()
        gradient = number_in(held.get("grad"))
        if gradient:
            entries.waiting.extend((codes.SET_GRAD, node._recorded_node, gradient))
        if entries.operands > AT_ONCE:
            entries.send()

    def own_field(
        self, operands: tuple[Any, ...], held: Mapping[str, Any], frame: FrameType
    ) -> list[Any]:
        """Return the name, the operands and, where they are kept beside them, the slopes."""
        slopes = held.get("slopes")
        if slopes is None and not self.have_rules:
            raise self._entries.refuse("its objects have no rule by which a gradient goes on")
        self._entries.owns = True
        numbers = [one._recorded_node for one in operands]
        self._entries.operands += _len(numbers)
        return [frame.f_code.co_name[:40].strip("_").lower(), numbers, slopes]

    def _site(self, frame: FrameType) -> int:
        """Return a number for the line of a method that makes a leaf, 0 for another line."""
        back: FrameType | None = frame
        while back is not None and back.f_code.co_name in COMPREHENSIONS:
            back = back.f_back
        if back is None or back.f_code.co_varnames[:1] != ("self",):
            return 0
        return self._sites.setdefault((back.f_code, back.f_lineno), _len(self._sites) + 1)
