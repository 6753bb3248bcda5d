"""Whose each file is: what a course looks like, and which shape its names have."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from grader.errors import Misused
from grader.submissions.intake.archive import is_archive
from grader.submissions.intake.bounded_reading import FileContent, Listing
from grader.submissions.intake.left_out import LeftOut
from grader.submissions.intake.lms import gradescope
from grader.submissions.intake.lms.canvas_names import canvas_of
from grader.submissions.intake.lms_exports import (
    NBGRADER,
    SUBMITTED,
    ExportedFile,
    Shape,
    blackboard_of,
    by_pattern,
    recognise,
)
from grader.submissions.intake.lms_exports import SHAPES as NAMED
from grader.submissions.intake.nobodys_files import is_nobodys
from grader.submissions.intake.one_student import are_one_students, is_usual
from grader.submissions.kinds import kind_of, stem_of

GRADESCOPE = "gradescope"
SHAPES: Mapping[str, str] = {
    **{name: says for name, (says, _) in NAMED.items()},
    GRADESCOPE: "Gradescope's export",
}

OF_ONE_ASSIGNMENT: Mapping[str, Callable[[Iterable[str]], Shape]] = {
    "blackboard": blackboard_of,
    "canvas": canvas_of,
}
"""The systems of which one name alone does not say whose it is, and those beside it do."""


class OwnedFile(NamedTuple):
    """A file, and whose it is.

    Attributes:
        piece: whose, and what else its name says.
        file: the file; None where somebody handed in, and nothing of it is taken.
        typed: what was typed in place of a file, or what the system says of the attempt.
        left_out: the name of a file that is not taken, and why; "" where none is.
    """

    piece: ExportedFile
    file: FileContent | None
    typed: FileContent | None = None
    left_out: str = ""


class IntakeOptions(NamedTuple):
    """The options for reading what was handed in, where it is not for us to find out.

    Attributes:
        shape: one of SHAPES.
        pattern: a regular expression with named groups, see `lms_exports.by_pattern`.
        assignment: which one of nbgrader's tree.
        exercises: what is graded: the assignment may be called so.
        names_in: the code page of names of which an archive does not say it.
    """

    shape: str | None = None
    pattern: str | None = None
    assignment: str | None = None
    exercises: tuple[str, ...] = ()
    names_in: str = ""


class CourseSource(NamedTuple):
    """What a course was found in: its name, and whether it is a folder, and no archive."""

    name: str
    is_folder: bool


class BadPattern(Misused):
    """A pattern is no regular expression, or names no student."""

    def __init__(self, pattern: str, reason: str) -> None:
        super().__init__(
            f"--pattern {pattern!r}: {reason}",
            hint=r"name a group, as in (?P<student_id>\w+)_(?P<timestamp>[-\d]+)\.py",
        )


class WhichAssignment(Misused):
    """A tree of nbgrader's holds several assignments, or not the one that was named."""

    def __init__(self, assignments: Iterable[str]) -> None:
        names = ", ".join(sorted(assignments)) or "none"
        super().__init__(
            f"which assignment is to be graded? The tree holds {names}",
            hint="--assignment NAME says it",
        )


def owned_files(
    listing: Listing, source: CourseSource, options: IntakeOptions, refused: LeftOut
) -> tuple[str, list[OwnedFile]]:
    """Return the name of the shape, "" for a pattern, and everything with whose it is.

    Args:
        listing: what there is.
        source: where it was found.
        options: what people say of it.
        refused: takes what is nobody's.

    Raises:
        BadPattern: the pattern is none.
        WhichAssignment: there are several.
        NothingToGrade: Gradescope's file cannot be read.
    """
    if options.pattern:
        return "", list(_matched(listing, _pattern(options.pattern), refused))
    about = gradescope.about_in(listing.files, anywhere=options.shape == GRADESCOPE)
    if options.shape == GRADESCOPE or (about and not options.shape):
        if about is None:
            raise gradescope.UnreadMetadata("there is none")
        return GRADESCOPE, [OwnedFile(*one) for one in gradescope.pieces(listing.files, about)]
    listing = _without_top(listing, source, options.shape)
    if options.shape in (None, "folder"):
        listing = _of_students(listing, source, options.shape, refused)
    name = options.shape or _recognised(listing, source)
    if name == "nbgrader":
        listing = _of_one_assignment(_below_submitted(listing), options)
    shapes_of = OF_ONE_ASSIGNMENT.get(name)
    shape = shapes_of(_names(listing)) if shapes_of else NAMED[name][1]
    return name, list(_matched(listing, shape, refused))


def holds_students(listing: Listing, source: CourseSource, options: IntakeOptions) -> bool:
    """Return whether an archive that lies there alone holds a course, and not one submission.

    Args:
        listing: of the archive.
        source: where it lies; in a folder, scripts side by side are those of whose it is.
        options: what people say of the course.
    """
    if options.pattern or options.shape:
        return options.shape != "folder"
    names = _names(listing)
    if gradescope.about_in(listing.files) or recognise(names) != "folder":
        return True
    folders = {_top(name) for name in names if "/" in name}
    beside = len(folders) > 1 or not source.is_folder
    return beside and _are_students(listing, source._replace(is_folder=True))


def _pattern(pattern: str) -> Shape:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise BadPattern(pattern, str(error)) from error
    if not {"student_id", "file_id", "email", "last_name"} & compiled.groupindex.keys():
        raise BadPattern(pattern, "no group of it says who handed in")
    return by_pattern(compiled)


def _matched(listing: Listing, shape: Shape, refused: LeftOut) -> Iterator[OwnedFile]:
    for one in listing.files:
        piece = shape(one.name)
        if piece is None:
            refused.add(one.name, "its name does not say whose it is")
        else:
            yield OwnedFile(piece, one) if piece.name else OwnedFile(piece, None, one)
    for name in listing.others:
        piece = shape(name)
        if piece is not None:
            reason = listing.reasons.get(name, "")
            left_out = f"{piece.name or name}: {reason}" if reason else ""
            yield OwnedFile(piece._replace(name=""), None, left_out=left_out)


def _names(listing: Listing) -> list[str]:
    return [one.name for one in listing.files] + listing.others


def _recognised(listing: Listing, source: CourseSource) -> str:
    names = _names(listing)
    inside = source.is_folder and source.name == SUBMITTED
    if inside and all(name.count("/") >= 2 for name in names if not name.endswith("/")):
        return "nbgrader"
    return recognise(names)


def _below_submitted(listing: Listing) -> Listing:
    """Return a tree of nbgrader's as it is below the folder of a course."""
    if any(name.startswith(f"{SUBMITTED}/") for name in _names(listing)):
        return listing
    return _below(SUBMITTED, listing)


def _of_one_assignment(listing: Listing, options: IntakeOptions) -> Listing:
    matches = {name: NBGRADER.fullmatch(name) for name in _names(listing)}
    of = {name: match["assignment"] for name, match in matches.items() if match}
    assignments = set(of.values())
    named = {options.assignment} if options.assignment else assignments & {*options.exercises}
    only = len(assignments) == 1 and not options.assignment
    chosen = assignments if only else assignments & named
    if len(chosen) != 1:
        raise WhichAssignment(assignments)
    return listing.renamed(lambda name: name if of.get(name) in chosen else "")


def _without_top(listing: Listing, source: CourseSource, shape: str | None) -> Listing:
    """Return a listing without the folder around all of it, as archives often have one."""
    names = _names(listing)
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or any("/" not in name for name in names) or SUBMITTED in tops:
        return listing
    inner = listing.renamed(lambda name: name.partition("/")[2])
    if all(name.startswith(f"{SUBMITTED}/") for name in _names(inner)):
        return inner
    if shape == "nbgrader" or (
        source.is_folder and (shape == "folder" or source.name == SUBMITTED)
    ):
        return listing
    if recognise(names) != "folder":
        return listing
    return inner if shape not in (None, "folder") or _are_students(inner, source) else listing


def _are_students(listing: Listing, source: CourseSource) -> bool:
    """Return whether what lies side by side is a student's each, and not one's together."""
    if recognise(_names(listing)) != "folder":
        return True
    files = [one for one in listing.files if not is_nobodys(_top(one.name))]
    names = {one.name for one in files if "/" not in one.name}
    folders = {_top(one.name) for one in files if "/" in one.name}
    if are_one_students(files) or any(map(is_usual, folders)):
        return False
    if len(folders) > 1:
        return True
    if folders and not names:
        return not source.is_folder  # the folder of a course with one student in it
    return len(names | folders) > 1 and all(map(_is_submission, names))


def _is_submission(name: str) -> bool:
    return kind_of(name) != "" or is_archive(name)


def _of_students(
    listing: Listing, source: CourseSource, shape: str | None, refused: LeftOut
) -> Listing:
    """Return a listing without what is nobody's; all of it is one's where that is to be seen."""
    if shape is None and recognise(_names(listing)) != "folder":
        return listing
    if shape is None and are_one_students(listing.files):
        return _below(stem_of(source.name) or "student", listing)
    kept = []
    for one in listing.files:
        if is_nobodys(_top(one.name)):
            refused.add(one.name, "it is nobody's submission")
        else:
            kept.append(one)
    others = [name for name in listing.others if not is_nobodys(_top(name))]
    return listing._replace(files=kept, others=others)


def _top(name: str) -> str:
    top, slash, _ = name.partition("/")
    return top + slash


def _below(folder: str, listing: Listing) -> Listing:
    """Return a listing below a folder."""
    return listing.renamed(lambda name: f"{folder}/{name}")
