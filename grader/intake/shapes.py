"""What each system calls the files that it exports: a name → whose file it is, of which attempt."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias


class Piece(NamedTuple):
    """A file of somebody's.

    Attributes:
        whose: what tells students apart there.
        name: the file's own, relative to the student's folder.
        attempt: what a later attempt has more of; attempts are compared as texts.
        full_name: the student's, as it stands there.
        student_id: number or account.
        file_id: what the system calls the participation or the file.
        timestamp: when it was handed in, "" where the name says nothing.
        late: whether the name says that it came late.
        order: more than that of a file that was uploaded before, 0 where the name says nothing.
        first_name: where it is told apart.
        last_name: where it is told apart.
        email: where it is told.
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


Shape: TypeAlias = Callable[[str], Piece | None]
"""A relative name → whose it is; None where it does not fit."""

CANVAS = re.compile(r"(?P<name>[^/]+?)(?P<late>_LATE)?_(?P<uid>\d+)_(?P<att>\d+)_(?P<file>[^/]+)")
CANVAS_ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<uid>\w+?)_(?P<att>\d+)_(?P<file>[^/]+)")
MOODLE = re.compile(r"(?P<name>[^/]+)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)_?/(?P<file>.+)")
BLACKBOARD = re.compile(
    r"[^/]+?_(?P<user>[^/_]+)_[^/_\d]+_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>[^/]+)|\.txt)"
)
BRIGHTSPACE = re.compile(
    r"(?:[^/]+/)?(?P<id>\d+-\d+) - (?P<name>[^/]+) - "
    r"(?P<when>[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,4} [AP]M)/(?P<file>.+)"
)
NBGRADER = re.compile(r"(?:[^/]+/)*submitted/(?P<student>[^/]+)/(?P<assignment>[^/]+)/(?P<file>.+)")
GROUPS = ("student_id", "file_id", "timestamp", "first_name", "last_name", "email")
REPEATED = re.compile(r"-\d+(?=\.[^.]+$)")


def canvas(name: str) -> Piece | None:
    """Canvas: `antalice_LATE_4711_99_value.py`, and anonymous ones."""
    found = CANVAS_ANONYMOUS.fullmatch(name) or CANVAS.fullmatch(name)
    if found is None:
        return None
    told = found.groupdict()
    return Piece(
        told["uid"],
        told["file"],
        full_name=told.get("name") or "",
        student_id=told["uid"],
        file_id=told["att"],
        late=bool(told["late"]),
        order=int(told["att"][-18:]),
    )


def moodle(name: str) -> Piece | None:
    """Moodle: `Alice Ant_2_assignsubmission_file/src/value.py`."""
    found = MOODLE.fullmatch(name)
    if found is None or found["kind"] != "file":
        return None
    number = found["id"]
    return Piece(number, found["file"], full_name=found["name"], file_id=number)


def blackboard(name: str) -> Piece | None:
    """Blackboard: `Exercise 9_ant_attempt_2026-10-10-10-22-00_value.py`; its `.txt` is no file."""
    found = BLACKBOARD.fullmatch(name)
    if found is None:
        return None
    when, user = found["when"], found["user"]
    date = datetime.strptime(when, "%Y-%m-%d-%H-%M-%S")
    return Piece(user, found["file"] or "", when, student_id=user, timestamp=date.isoformat())


def brightspace(name: str) -> Piece | None:
    """Brightspace: `39786-640693 - Alice Ant - Oct 10, 2026 1022 AM/value.py`."""
    found = BRIGHTSPACE.fullmatch(name)
    if found is None:
        return None
    number, date = found["id"], _brightspace_date(found["when"])
    return Piece(
        number.partition("-")[0],
        found["file"],
        attempt=date,
        full_name=found["name"],
        student_id=number.partition("-")[0],
        file_id=number,
        timestamp=date,
    )


def nbgrader(name: str) -> Piece | None:
    """Match nbgrader's tree: `submitted/ant/ex9/value.ipynb`."""
    found = NBGRADER.fullmatch(name)
    if found is None:
        return None
    student = found["student"]
    return Piece(student, found["file"], student_id=student)


def folder(name: str) -> Piece | None:
    """Match a file or a folder for each student, called as the student is."""
    first, _, rest = name.partition("/")
    whose = first if rest else re.sub(r"\.(py|ipynb|zip|tar|tgz|tar\.\w+)$", "", first)
    return Piece(whose, rest or first, full_name=whose)


def by_pattern(pattern: re.Pattern[str]) -> Shape:
    """Return the shape of a pattern with named groups, those of nbgrader's collect."""

    def shape(name: str) -> Piece | None:
        found = pattern.search(name)
        if found is None:
            return None
        told = {group: text or "" for group, text in found.groupdict().items()}
        named = " ".join(filter(None, (told.get("first_name"), told.get("last_name"))))
        identity = next(
            (told[one] for one in ("student_id", "email", "file_id") if told.get(one)), named
        )
        piece = Piece(identity or name, name.rpartition("/")[2], told.get("timestamp", ""), named)
        fields: dict[str, Any] = {one: told[one] for one in GROUPS if one in told}
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


def recognised(names: Iterable[str]) -> str:
    """Return the name of the shape that most of some names fit, "folder" where none has a half."""
    held = list(names)
    fits = {
        name: sum(shape(one) is not None for one in held)
        for name, (_, shape) in SHAPES.items()
        if name != "folder"
    }
    best = max(fits, key=lambda name: fits[name])
    return best if 2 * fits[best] > len(held) else "folder"


def _brightspace_date(text: str) -> str:
    """Return "Oct 10, 2026 1022 AM" as ISO 8601; as it is where it is no date."""
    day, clock, half = text.rsplit(" ", 2)
    with suppress(ValueError):
        spread = f"{day} {int(clock):04} {half}"
        return datetime.strptime(spread, "%b %d, %Y %I%M %p").isoformat()
    return text
