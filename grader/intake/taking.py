"""Takes in what a course handed in: recognises its shape, and chooses what counts of each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from grader.errors import Misused, NothingToGrade, at
from grader.intake import gradescope
from grader.intake.archive import Found, Refused, files_in, is_archive, nested
from grader.intake.handed import File, Handed, TakenIn
from grader.intake.names import keys
from grader.intake.shapes import REPEATED, Piece, Shape, by_pattern, recognised
from grader.intake.shapes import SHAPES as NAMED
from grader.intake.stored import bytes_of
from grader.marks import Student

MOST_FILES = 64
GRADESCOPE = "gradescope"
SHAPES: Mapping[str, str] = {
    **{name: says for name, (says, _) in NAMED.items()},
    GRADESCOPE: "Gradescope's export",
}
STAMP = "timestamp.txt"  # nbgrader's
SOON_S = 60.0
"""Some systems write the time of the export on what they export: it differs by a second or two."""
Owned = tuple[Piece, Found]


class Choice(NamedTuple):
    """How to read what was handed in, where it is not for us to find out.

    Attributes:
        shape: one of SHAPES.
        pattern: a regular expression with named groups, see `shapes.by_pattern`.
    """

    shape: str | None = None
    pattern: str | None = None


class BadPattern(Misused):
    """A pattern is no regular expression, or names no student."""

    def __init__(self, pattern: str, reason: str) -> None:
        super().__init__(
            f"--pattern {pattern!r}: {reason}",
            hint=r"name a group, as in (?P<student_id>\w+)_(?P<timestamp>[-\d]+)\.py",
        )


class NobodyHandedIn(NothingToGrade):
    """There is no submission of anybody's in what was named."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} holds no submissions", hint="--from says what it is; see grade batch --help"
        )


def take_in(where: Path, choice: Choice = Choice()) -> TakenIn:  # noqa: B008  (it is frozen)
    """Return what every student handed in; nothing is written, and nothing is run.

    Args:
        where: a folder, a zip or a tar.
        choice: how to read it.

    Raises:
        Unopened: it cannot be opened.
        BadPattern: the pattern is none.
        NobodyHandedIn: there is nothing in it.
    """
    refused = Refused()
    found = files_in(where, refused)
    name, owned = _owned(found, choice, refused)
    by_student: dict[str, list[Owned]] = defaultdict(list)
    for piece, one in owned:
        by_student[piece.whose].append((piece, one))
    if not by_student:
        raise NobodyHandedIn(at(where))
    students = sorted(by_student.items())
    wanted = keys(_wanted(pieces) for _, pieces in students)
    handed = [
        _handed(key, pieces, refused) for key, (_, pieces) in zip(wanted, students, strict=True)
    ]
    handed.sort(key=lambda one: one.student.key)
    files = sum(len(one.files) for one in handed)
    says = SHAPES.get(name, f"names like {choice.pattern}")
    shape = f"{says}: {_counted(len(handed), 'student')}, {_counted(files, 'file')}"
    return TakenIn(shape, tuple(handed), refused.lines())


def _owned(found: list[Found], choice: Choice, refused: Refused) -> tuple[str, list[Owned]]:
    """Return the name of the shape, and every file with whose it is."""
    if choice.pattern:
        return "", list(_matched(found, _pattern(choice.pattern), refused))
    about = gradescope.about_in(found)
    if choice.shape == GRADESCOPE or (about and not choice.shape):
        if about is None:
            raise gradescope.Unread("there is none")
        return GRADESCOPE, list(gradescope.pieces(found, about))
    stripped = _without_top(found)
    name = choice.shape or recognised(one.name for one in stripped)
    chosen = found if name == "nbgrader" else stripped
    return name, list(_matched(chosen, NAMED[name][1], refused))


def _pattern(pattern: str) -> Shape:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise BadPattern(pattern, str(error)) from error
    if not {"student_id", "file_id", "email", "last_name"} & compiled.groupindex.keys():
        raise BadPattern(pattern, "no group of it says who handed in")
    return by_pattern(compiled)


def _matched(found: Iterable[Found], shape: Shape, refused: Refused) -> Iterator[Owned]:
    for one in found:
        piece = shape(one.name)
        if piece is None:
            refused.add(one.name, "its name does not say whose it is")
        else:
            yield piece, one


def _without_top(found: list[Found]) -> list[Found]:
    """Return the files without the folder that all of them are in, as archives often have one."""
    tops = {one.name.partition("/")[0] for one in found}
    if len(tops) != 1 or any("/" not in one.name for one in found):
        return found
    inner = [one._replace(name=one.name.partition("/")[2]) for one in found]
    if recognised(one.name for one in found) != "folder":
        return found
    is_one_students = all("/" not in one.name for one in inner) and not _are_students(inner)
    return found if is_one_students else inner


def _are_students(found: Sequence[Found]) -> bool:
    """Return whether files that lie side by side are a student's each, and not one's together."""
    return len(found) > 1 or recognised(one.name for one in found) != "folder"


def _wanted(pieces: Sequence[Owned]) -> str:
    """Return what a student's key is made of."""
    piece = pieces[0][0]
    number = piece.student_id or piece.file_id
    return "_".join(dict.fromkeys(filter(None, (piece.full_name, number)))) or piece.whose


def _handed(key: str, pieces: Sequence[Owned], refused: Refused) -> Handed:
    newest = max(piece.attempt for piece, _ in pieces)
    counted = [(piece, one) for piece, one in pieces if piece.attempt == newest]
    attempts = len({piece.attempt for piece, _ in pieces})
    notes = [f"the newest of {attempts} attempts counts"] if attempts > 1 else []
    counted, replaced = _latest(counted)
    notes += [f"{name} was handed in again as {again}, which counts" for name, again in replaced]
    files = _files(counted, refused)
    if len(files) > MOST_FILES:
        refused.add(key, f"only {MOST_FILES} of {len(files)} files are taken")
        files = files[:MOST_FILES]
    piece = counted[0][0]
    student = Student(
        *(key, piece.full_name, piece.student_id, piece.file_id),
        *(piece.first_name, piece.last_name, piece.email),
    )
    late = any(piece.late for piece, _ in counted)
    return Handed(student, tuple(files), _timestamp(counted), late, "; ".join(notes))


def _latest(counted: Sequence[Owned]) -> tuple[list[Owned], list[tuple[str, str]]]:
    """Return the files of which there is no later one: Canvas calls that `value-1.py`."""
    found: dict[str, Owned] = {}
    replaced = []
    names = {piece.name for piece, _ in counted}
    for piece, one in sorted(counted, key=lambda held: _again(held[0].name)):
        plain = REPEATED.sub("", piece.name)
        name = plain if plain in names else piece.name
        if name in found and piece.name != found[name][0].name:
            replaced.append((found[name][0].name, piece.name))
        found[name] = piece, one
    return [found[name] for name in sorted(found)], replaced


def _again(name: str) -> tuple[int, str]:
    number = REPEATED.search(name)
    return (int(number[0][1:]) if number else 0), name


def _files(counted: Sequence[Owned], refused: Refused) -> list[File]:
    """Return a student's files without a folder around them; a single archive is opened, once."""
    uploads = {piece.name: piece.order for piece, _ in counted}
    held = [(piece.name, one) for piece, one in counted if piece.name and piece.name != STAMP]
    if len(held) == 1 and is_archive(held[0][0]):
        held = [(one.name, one) for one in nested(held[0][1], refused)]
    tops = {name.partition("/")[0] for name, _ in held}
    if len(tops) == 1 and all("/" in name for name, _ in held):
        held = [(name.partition("/")[2], one) for name, one in held]
    if any(uploads.get(name) for name, _ in held):
        ages = _ages({name: uploads[name] for name, _ in held}, 1)
    else:
        ages = _ages({name: one.changed for name, one in held}, SOON_S)
    return [
        File(name, one.content, ages[name]) for name, one in sorted(held, key=lambda one: one[0])
    ]


def _ages(times: Mapping[str, float], apart: float) -> dict[str, int]:
    """Return which file is newer than which: those that are not so far apart are of an age."""
    ages, age, before = {}, 0, None
    for name in sorted(times, key=lambda one: (times[one], one)):
        if before is not None and times[name] - before >= apart:
            age += 1
        before, ages[name] = times[name], age
    return ages


def _timestamp(counted: Sequence[Owned]) -> str:
    """Return when it was handed in; when a file was changed says little, once it is copied."""
    said = max(piece.timestamp for piece, _ in counted)
    if said:
        return said
    for piece, one in counted:
        if piece.name == STAMP:
            return _nbgraders(bytes_of(one.content).decode("utf-8", "replace").strip())
    return ""


def _nbgraders(text: str) -> str:
    """Return nbgrader's "2026-10-10 10:22:00.000000 UTC" as ISO 8601."""
    plain = text.removesuffix(" UTC") + ("+00:00" if text.endswith(" UTC") else "")
    try:
        return datetime.fromisoformat(plain).isoformat()
    except ValueError:
        return ""


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
