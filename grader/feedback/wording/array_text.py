"""Puts an Array into words: its entries as text, and where two Arrays first differ."""

from math import isfinite, prod

from grader.engines.compare import RELATIVE, same_number
from grader.engines.observation import Array

LONGEST = 200


def text_of_array(array: Array) -> str:
    """Return the entries as nested lists, to six digits, cut where that grows too long."""
    text = _nested(array.entries, array.shape)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def difference(label: str, want: Array, got: Array) -> str:
    """Return in a sentence how `got`, which is called `label`, differs from `want`."""
    if got.shape != want.shape:
        return f"{label} has the shape {got.shape}, expected {want.shape}"
    if not want.entries:
        return f"{label} has no entries"
    pairs = list(zip(want.entries, got.entries, strict=True))
    wrong = [index for index, pair in enumerate(pairs) if not same_number(*pair, RELATIVE)]
    if not wrong:
        return f"{label} is {text_of_array(got)}, expected {text_of_array(want)}"
    expected, entry = pairs[wrong[0]]
    many = f" ({len(wrong)} of {len(pairs)} entries differ)" if len(wrong) > 1 else ""
    return f"{label}{_place(wrong[0], want.shape)} is {entry}, expected {expected}{many}"


def _place(index: int, shape: tuple[int, ...]) -> str:
    """Return the place of an entry as Python writes it, "[1, 0]" say."""
    places = []
    for size in reversed(shape):
        index, place = divmod(index, size)
        places.append(str(place))
    return f"[{', '.join(reversed(places))}]"


def _nested(entries: tuple[float, ...], shape: tuple[int, ...]) -> str:
    if not shape:
        return _number(entries[0])
    step = prod(shape[1:])
    rows = (entries[row * step : (row + 1) * step] for row in range(shape[0]))
    return f"[{', '.join(_nested(row, shape[1:]) for row in rows)}]"


def _number(entry: float) -> str:
    text = f"{entry + 0.0:.6g}"  # -0.0 is 0.0 to a reader
    return text if not isfinite(entry) or "." in text or "e" in text else f"{text}.0"
