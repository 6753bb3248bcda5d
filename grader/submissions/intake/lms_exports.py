"""What each system calls the files that it exports: a name → whose file it is, of which attempt."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any, NamedTuple, TypeAlias

from grader.submissions.intake import timestamps
from grader.submissions.kinds import stem_of


class ExportedFile(NamedTuple):
    """A file of somebody's.

    Attributes:
        whose: what tells students apart there.
        name: the file's own, relative to the student's folder; "" where there is none.
        attempt: what a later attempt has more of, see `timestamps.order`.
        full_name: the student's, as it stands there.
        student_id: number or account.
        file_id: what the system calls the participation or the file.
        timestamp: when it was handed in, "" where the name says nothing.
        late: whether the name says that it came late.
        order: more than that of a file that was uploaded before, 0 where the name says nothing.
        first_name: where it is told apart.
        last_name: where it is told apart.
        email: where it is told.
        plain: the file's name without what the system puts into that of a later one.
        instead: what was handed in in place of a file, "" where one was.
        is_about: whether it is a text of the system's own, about the student's attempt.
        has_stamp: whether the system puts a file beside the student's that says when they came.
    """

    whose: str
    name: str
    attempt: str = ""
    full_name: str = ""
    student_id: str = ""
    file_id: str = ""
    timestamp: str = ""
    late: bool = False
    order: int = 0
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    plain: str = ""
    instead: str = ""
    is_about: bool = False
    has_stamp: bool = False


Shape: TypeAlias = Callable[[str], ExportedFile | None]
"""A relative name → whose it is; None where it does not fit."""

CANVAS = re.compile(r"(?P<name>[^/]+?)(?P<late>_LATE)?_(?P<uid>\d+)_(?P<att>\d+)_(?P<file>[^/]+)")
CANVAS_ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<uid>\w+?)_(?P<att>\d+)_(?P<file>[^/]+)")
CANVAS_TYPED = re.compile(
    r"(?P<name>[^/]+?)(?P<late>_LATE)?_(?P<uid>\d+)_(?P<kind>text|link)\.html"
)
CANVAS_ANONYMOUS_TYPED = re.compile(
    r"(?P<late>LATE_)?anon_(?P<uid>[^\W_]+)_(?P<kind>text|link)\.html"
)
MOODLE = re.compile(
    r"(?P<name>[^/]+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>[a-z]+)_?/(?P<file>.+)?"
)
MOODLE_FLAT = re.compile(
    r"(?P<name>[^/]+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>[a-z]+)"
    r"(?:_(?P<file>[^/]+)|\.html)"
)
"""The names in a zip without folders; what a student calls a file cannot make it another's. Whoever
is in no group is in one without a number, called so in the language of whoever has exported it."""

BLACKBOARD = re.compile(
    r"(?P<who>[^/]+_[^/]+)_[^/_\d]+_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>[^/]+)|\.txt)"
)
BRIGHTSPACE = re.compile(
    r"(?:[^/]+/)?(?P<id>\d+-\d+) - (?P<name>[^/]+) - "
    r"(?P<when>(?:(?! - )[^/])*\d(?:(?! - )[^/])*)/(?P<file>.+)?"
)
NBGRADER = re.compile(r"submitted/(?P<student>[^/]+)/(?P<assignment>[^/]+)/(?P<file>.+)?")
PACKED = re.compile(r"\.(?:zip|tar|tgz|tbz2|txz|tar\.\w+)\Z", re.IGNORECASE)
GROUPS = ("student_id", "file_id", "timestamp", "first_name", "last_name", "email")
SUBMITTED = "submitted"
REPEATED = re.compile(r"-\d+(?=(?:\.tar)?\.[^.]+$)", re.IGNORECASE)
TEXT = "a text"


def canvas(name: str) -> ExportedFile | None:
    """Canvas: `antalice_LATE_4711_99_value.py`, anonymous ones, and what was typed there."""
    match = CANVAS_ANONYMOUS.fullmatch(name) or CANVAS.fullmatch(name)
    if match is None:
        return _typed(name)
    groups = match.groupdict()
    return ExportedFile(
        groups["uid"],
        groups["file"],
        full_name=groups.get("name") or "",
        student_id=groups["uid"],
        file_id=groups["att"],
        late=bool(groups["late"]),
        order=int(groups["att"][-18:]),
        plain=REPEATED.sub("", groups["file"]),
    )


def _typed(name: str) -> ExportedFile | None:
    match = CANVAS_ANONYMOUS_TYPED.fullmatch(name) or CANVAS_TYPED.fullmatch(name)
    if match is None:
        return None
    late, instead = bool(match["late"]), f"a {match['kind']}"
    return ExportedFile(
        *(match["uid"], ""),
        full_name=match.groupdict().get("name") or "",
        student_id=match["uid"],
        late=late,
        instead=instead,
    )


def moodle(name: str) -> ExportedFile | None:
    """Moodle: `Alice Ant_2_assignsubmission_file/src/value.py`, or `…_file_value.py`."""
    match = MOODLE.fullmatch(name) or MOODLE_FLAT.fullmatch(name)
    if match is None:
        return None
    name_of, number, is_file = match["name"], match["id"] or "", match["kind"] == "file"
    piece = ExportedFile(number or name_of, match["file"] or "", full_name=name_of, file_id=number)
    return piece if is_file else piece._replace(name="", instead=TEXT)


def blackboard(name: str) -> ExportedFile | None:
    """Blackboard: `Exercise 9_ant_attempt_2026-10-10-10-22-00_value.py`; its `.txt` is no file."""
    return _blackboard(name, 0)


def blackboard_of(names: Iterable[str]) -> Shape:
    """Return the shape of one assignment's files.

    Both its title and an account may hold underscores: what all the names begin with is the title.
    """
    accounts = sorted({one["who"] for one in map(BLACKBOARD.fullmatch, names) if one})
    ends = zip(accounts[0], accounts[-1], strict=False) if accounts[1:] else ()
    same = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    title = same.rfind("_") + 1
    return lambda name: _blackboard(name, title)


def _blackboard(name: str, title: int) -> ExportedFile | None:
    match = BLACKBOARD.fullmatch(name)
    if match is None:
        return None
    who, when = match["who"], timestamps.blackboards(match["when"])
    user = who[title:] if title else who.rpartition("_")[2]
    file = match["file"] or ""
    piece = ExportedFile(user, file, when, student_id=user, timestamp=when)
    return piece._replace(is_about=not file)


def brightspace(name: str) -> ExportedFile | None:
    """Brightspace: `39786-640693 - Alice Ant - Oct 10, 2026 1022 AM/value.py`.

    The date is in the language and the form of whoever has exported it.
    """
    match = BRIGHTSPACE.fullmatch(name)
    if match is None:
        return None
    number, date = match["id"], timestamps.readable(match["when"])
    return ExportedFile(
        number.partition("-")[0],
        match["file"] or "",
        attempt=date,
        full_name=match["name"],
        student_id=number.partition("-")[0],
        file_id=number,
        timestamp=date,
    )


def nbgrader(name: str) -> ExportedFile | None:
    """Match nbgrader's tree: `submitted/ant/ex9/value.ipynb`."""
    match = NBGRADER.fullmatch(name)
    if match is None:
        return None
    student = match["student"]
    return ExportedFile(student, match["file"] or "", student_id=student, has_stamp=True)


def folder(name: str) -> ExportedFile | None:
    """Match a file or a folder for each student, called as the student is."""
    first, _, rest = name.partition("/")
    whose = first if rest else PACKED.sub("", stem_of(first))
    return ExportedFile(whose, rest or first, full_name=whose)


def by_pattern(pattern: re.Pattern[str]) -> Shape:
    """Return the shape of a pattern with named groups, those of nbgrader's collect."""

    def shape(name: str) -> ExportedFile | None:
        match = pattern.search(name)
        if match is None:
            return None
        groups = {group: text or "" for group, text in match.groupdict().items()}
        named = " ".join(filter(None, (groups.get("first_name"), groups.get("last_name"))))
        identity = next(
            (groups[one] for one in ("student_id", "email", "file_id") if groups.get(one)), named
        )
        groups["timestamp"] = timestamps.readable(groups.get("timestamp", ""))
        piece = ExportedFile(identity or name, name, groups["timestamp"], named)
        fields: dict[str, Any] = {one: groups[one] for one in GROUPS if one in groups}
        return piece._replace(**fields)

    return shape


SHAPES: Mapping[str, tuple[str, Shape]] = {
    "canvas": ("Canvas's submissions", canvas),
    "moodle": ("Moodle's submissions", moodle),
    "blackboard": ("Blackboard's submissions", blackboard),
    "brightspace": ("Brightspace's submissions", brightspace),
    "nbgrader": ("nbgrader's tree of submissions", nbgrader),
    "folder": ("a file or folder per student", folder),
}
"""Name → what it is, and how to read it; the last one fits everything."""


def recognise(names: Iterable[str]) -> str:
    """Return the name of the shape that most of some names fit, "folder" where none has a half.

    What lies side by side at the top has a voice each, so that no student has more than one.
    """
    below: dict[str, list[str]] = defaultdict(list)
    for name in names:
        below[name.partition("/")[0]].append(name)
    if SUBMITTED in below and _fits(nbgrader, below[SUBMITTED]):
        return "nbgrader"
    voices = {
        name: sum(_fits(shape, some) for some in below.values())
        for name, (_, shape) in SHAPES.items()
        if name not in ("folder", "nbgrader")
    }
    best = max(voices, key=lambda name: voices[name])
    return best if 2 * voices[best] > len(below) else "folder"


def _fits(shape: Shape, names: Sequence[str]) -> bool:
    return 2 * sum(shape(one) is not None for one in names) > len(names)
