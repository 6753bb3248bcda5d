"""Draws inputs that are nearly right: right ones with a part that is something else."""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1, 2**63, 10**30, 0.5, -0.0, 1e308, float("nan"), float("inf")),
    *("", "a", "\0", "\ud800", "\u2028", "\x1b[31m", "ö" * 300, "../a", "/a", "-1", "nan", "0x1p0"),
    *([], {}, [[]], {"a": {}}, [None] * 30),
)
"""Values that a field seldom has."""

BYTES = (
    *(b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"\r", b"\n", b'"', b"'", b",", b";", b"{", b"[", b"]"),
    *(b"\\", b"=", b"/", b"..", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"9" * 40, b" " * 40, b"-"),
)


@st.composite
def changed(draw: st.DrawFn, value: Any, most: int = 3) -> Any:
    """Draw plain data in which up to so many parts are something else, gone, or there twice."""
    held = json.loads(json.dumps(value))
    for _ in range(draw(st.integers(1, most))):
        places = list(_places(held))
        if not places:
            return deepcopy(draw(st.sampled_from(ODD)))
        inside, key = draw(st.sampled_from(places))
        _change(draw, inside, key)
    return held


def _places(value: Any) -> Sequence[tuple[Any, Any]]:
    """Return each part of some data: what it lies in, and its key or place there."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        keys: Sequence[Any] = list(one) if isinstance(one, dict) else range(len(one))
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys if isinstance(one[key], (dict, list))]
    return found


def _change(draw: st.DrawFn, inside: Any, key: Any) -> None:
    how = draw(st.sampled_from(("other", "other", "gone", "twice", "deep")))
    if how == "other":
        inside[key] = deepcopy(draw(st.sampled_from(ODD)))
    elif how == "gone":
        del inside[key]
    elif how == "deep":
        inside[key] = [inside[key]]
    elif isinstance(inside, list):
        inside.insert(key, deepcopy(inside[key]))
    else:
        inside[f"{key} "] = deepcopy(inside[key])


@st.composite
def edited(draw: st.DrawFn, content: bytes, most: int = 6) -> bytes:
    """Draw bytes of which some are others, gone, or there again."""
    held = bytearray(content)
    for _ in range(draw(st.integers(1, most))):
        place = draw(st.integers(0, len(held)))
        length = draw(st.sampled_from((0, 0, 1, 2, 8, len(held))))
        by = draw(st.sampled_from(BYTES) | st.binary(max_size=8))
        held[place : place + length] = by
        if draw(st.integers(0, 9)) == 0:
            del held[place:]
    return bytes(held)


def edited_one_of(contents: Mapping[str, bytes]) -> st.SearchStrategy[tuple[str, bytes]]:
    """Return names and contents, of which the content is edited."""
    return st.sampled_from(sorted(contents)).flatmap(
        lambda name: st.tuples(st.just(name), edited(contents[name]))
    )


PIECES = (
    *("ant", "value.py", "ex9.ipynb", "submitted", "4711", "_", " - ", "-1", "LATE", "anon"),
    *("(1)", "assignsubmission_file", "2026-10-10-10-10-10", "attempt", ".zip", ".PY", "CON"),
    *("~", "=", "'", "/", "..", ":", ".", " ", "\\", "\u0301", "\u2028", "ö", "\0", "\ud800"),
    "Oct 10, 2026 1022 AM",
)

names = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=9).map("".join)
"""Names as systems and people make them, put together anyhow."""
