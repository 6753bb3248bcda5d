"""Lays out rows of text in columns, whose last two wrap to the width that there is."""

import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

GAP = "  "
LEAST, MOST = 78, 100
WRAPPING = 2


class _Wrapper(textwrap.TextWrapper):
    """Breaks a line at spaces and within paths, and not at hyphens: options are to be copied."""

    wordsep_simple_re = re.compile(r"(\s+|(?<=\S/)(?=\S))")


def width() -> int:
    """Return the width to lay a table out for: the terminal's, within reason."""
    return min(max(shutil.get_terminal_size().columns, LEAST), MOST)


def table(rows: Sequence[Sequence[str]], columns: int) -> str:
    """Return rows as lines of text.

    Args:
        rows: of as many cells each; the last two of a row wrap where they need to.
        columns: how long a line may become.
    """
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    fixed = widths[:-WRAPPING]
    room = columns - sum(fixed) - len(GAP) * (len(widths) - 1)
    widths = [*fixed, *_shared(widths[-WRAPPING], widths[-1], room)]
    return "\n".join(line for row in rows for line in _lines(row, widths))


def _shared(left: int, right: int, room: int) -> tuple[int, int]:
    """Return the widths of two columns that want to be `left` and `right` wide."""
    half = room // WRAPPING
    left = min(left, max(half, room - right))
    return left, min(right, room - left)


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    pairs = zip(row, widths, strict=True)
    wrapped = [_wrapped(cell, wide) or [""] for cell, wide in pairs]
    for cells in zip_longest(*wrapped, fillvalue=""):
        padded = (f"{cell:<{wide}}" for cell, wide in zip(cells, widths, strict=True))
        yield GAP.join(padded).rstrip()


def _wrapped(cell: str, wide: int) -> list[str]:
    return _Wrapper(max(wide, 1), break_on_hyphens=False).wrap(cell)
