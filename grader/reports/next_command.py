"""The command that a report proposes, so that it can be pasted."""

from typing import NamedTuple


class NextCommand(NamedTuple):
    """The words of the command line that comes next.

    Attributes:
        exercise: that comes next; None after a track's last.
        path: of the submission; "" for its name.
        options: that named the folders of the exercises, with a blank before them.
    """

    exercise: str | None = None
    path: str = ""
    options: str = ""
