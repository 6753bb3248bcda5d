"""What surrounds a report that is made for a machine: the file, the place, the time."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple


class Setting(NamedTuple):
    """What a vendor's format asks for that is not in the report.

    Attributes:
        path: the submission's, absolute, with whatever is in its name; "" where it is in no file.
        here: the current folder, absolute.
        cells: for a notebook, where in its file the lines of its cells stand; see `cell_lines`.
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
