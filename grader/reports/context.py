"""The context in which a report is made for a machine: the file, the place, the time."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple


class ReportContext(NamedTuple):
    """The surroundings of a run that a vendor's format asks for, and that no report holds.

    Attributes:
        path: the submission's, absolute, with whatever is in its name; "" where it is in no file.
        here: the current folder, absolute.
        cells: for a notebook, where in its file the lines of its cells stand; see `notebook_lines`.
        environment: the environment's variables.
        now: seconds since 1970.
        token: what nobody can guess, new for each run.
        hints: whether the probable misconception is named.
    """

    path: str = ""
    here: str = ""
    cells: Sequence[Sequence[int]] = ()
    environment: Mapping[str, str] = MappingProxyType({})
    now: float = 0.0
    token: str = ""
    hints: bool = False
