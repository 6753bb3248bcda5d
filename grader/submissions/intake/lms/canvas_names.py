"""Tells a number in a student's name from Canvas's own in the name of a file.

`student_1_4711_99_value.py` is of user 1, who calls a file `99_value.py`, or of user 4711: Canvas
keeps the number at the end of a name. One name alone does not tell; those beside it do.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from typing import Final, NamedTuple, TypeAlias

from grader.submissions.intake.lms_exports import CANVAS, ExportedFile, Shape, canvas

TWO_WAYS: Final = re.compile(
    r"(?P<name>[^/]+?_\d+)(?P<late>_LATE)?_(?P<uid>\d+)_(?P<att>\d+)_(?P<file>[^/]+)"
)


_Size: TypeAlias = tuple[int, int]


class _CanvasIds(NamedTuple):
    user: str
    attachment: str
    file: str


def canvas_of(names: Iterable[str]) -> Shape:
    """Return the shape of one assignment's files, in which a student's name may have a number."""
    every = list(names)
    second = {name: match for name in every if (match := TWO_WAYS.fullmatch(name))}
    plain = {name: match for name in every if (match := CANVAS.fullmatch(name))}
    if not second.keys() <= plain.keys():
        second = {name: match for name, match in second.items() if name in plain}
    firsts = {name: _reading(plain[name]) for name in second}
    others = {name: _reading(match) for name, match in second.items()}
    sure = [_reading(match) for name, match in plain.items() if name not in second]
    users, sizes = {one.user for one in sure}, set(map(_size, sure))
    named = {name for name in second if _is_in_the_name(firsts[name], others[name], users, sizes)}
    if not sure and _are_alike(others) > _are_alike(firsts):
        named = set(second)
    repeated = Counter(one.attachment for one in (*others.values(), *sure))
    named = {name for name in named if repeated[others[name].attachment] == 1}
    return lambda name: _with_number(second[name]) if name in named else canvas(name)


def _is_in_the_name(
    first: _CanvasIds, other: _CanvasIds, users: Set[str], sizes: Set[_Size]
) -> bool:
    """Return whether the numbers of others are more like those of the second reading."""
    if (first.user in users) != (other.user in users):
        return other.user in users
    return _distance(other, sizes) < _distance(first, sizes)


def _distance(reading: _CanvasIds, sizes: Set[_Size]) -> int:
    """Return by how many digits numbers differ from the nearest of others."""
    user, attachment = _size(reading)
    return min((abs(user - one) + abs(attachment - two) for one, two in sizes), default=0)


def _size(reading: _CanvasIds) -> _Size:
    return len(reading.user), len(reading.attachment)


def _are_alike(readings: Mapping[str, _CanvasIds]) -> int:
    """Return how many files are called as another one's is."""
    counts = Counter(one.file for one in readings.values())
    return sum(count for count in counts.values() if count > 1)


def _reading(match: re.Match[str]) -> _CanvasIds:
    return _CanvasIds(match["uid"], match["att"], match["file"])


def _with_number(match: re.Match[str]) -> ExportedFile | None:
    name, late = match["name"], match["late"] or ""
    read = canvas(f"x{late}_{match['uid']}_{match['att']}_{match['file']}")
    return read._replace(full_name=name) if read else None
