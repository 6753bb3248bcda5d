"""Takes in what a course handed in: recognises its shape, and chooses what counts of each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from operator import attrgetter
from pathlib import Path, PurePosixPath

from grader.engines.text import visible
from grader.errors import NothingToGrade, at
from grader.submissions.intake import timestamps
from grader.submissions.intake.archive import files_in, is_archive, nested, unpacked
from grader.submissions.intake.bounded_reading import (
    BOUNDS,
    ONES,
    UPLOADED,
    Bounds,
    FileContent,
    LeftOut,
    Listing,
)
from grader.submissions.intake.entry_times import are_of_handing_in
from grader.submissions.intake.lms_exports import REPEATED, ExportedFile, recognise
from grader.submissions.intake.nobodys_files import is_nobodys
from grader.submissions.intake.ownership import (
    SHAPES,
    CourseSource,
    IntakeOptions,
    OwnedFile,
    holds_students,
    owned_files,
)
from grader.submissions.intake.safe_names import NameParts, UnsafeName, keys, safe
from grader.submissions.intake.spool import ContentStore, bytes_of
from grader.submissions.intake.student_submission import Intake, StudentSubmission, SubmittedFile
from grader.submissions.kinds import kind_of, stem_of
from grader.submissions.own_modules import imports_in
from grader.submissions.reader import Reader, TooMuchToRead
from grader.submissions.student import Student

MOST_FILES = 64
MOST_NESTED = 2  # an archive in the archive that a student handed in
DATED = "moodle"
"""The shape whose zip dates each entry by when that file was handed in, in the server's zone."""

STAMP = "timestamp.txt"  # nbgrader's
LONGEST_STAMP = 100  # bytes
SOON_S = 60.0
"""Some systems write the time of the export on what they export: it differs by a second or two."""


class NobodyHandedIn(NothingToGrade):
    """There is no submission of anybody's in what was named."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} holds no submissions", hint="--from says what it is; see grade batch --help"
        )


def take_in(where: Path, options: IntakeOptions = IntakeOptions()) -> Intake:  # noqa: B008  (it is frozen)
    """Return every student's submission; nothing is written, and nothing is run.

    Args:
        where: a folder, a zip or a tar.
        options: how to read it.

    Raises:
        UnopenedFile: it cannot be opened.
        TooMuch: it is more than can be taken in.
        BadPattern: the pattern is none.
        WhichAssignment: a tree of nbgrader's holds several.
        NobodyHandedIn: there is nothing in it.
    """
    refused = LeftOut()
    source = CourseSource(where.name, where.is_dir())
    listing = files_in(where, refused)
    if inner := _course_inside(listing, source, options, refused):
        listing, source = inner, source._replace(is_folder=False)
    name, everything = owned_files(listing, source, options, refused)
    by_student: dict[str, list[OwnedFile]] = defaultdict(list)
    for one in everything:
        by_student[one.piece.whose].append(one)
    if not by_student:
        raise NobodyHandedIn(at(where))
    students = sorted(by_student.items())
    student_keys = keys(_name_parts(pieces[0].piece) for _, pieces in students)
    with Reader() as read:
        submissions = [
            _submission(key, pieces, refused, read)
            for key, (_, pieces) in zip(student_keys, students, strict=True)
        ]
    if name == DATED:
        submissions = _dated(submissions, [_entry_time(pieces) for _, pieces in students])
    submissions.sort(key=lambda one: one.student.key)
    files = sum(len(one.files) for one in submissions)
    says = SHAPES.get(name, f"names like {options.pattern}")
    shape = f"{says}: {_counted(len(submissions), 'student')}, {_counted(files, 'file')}"
    return Intake(shape, tuple(submissions), refused.lines(), refused.doubts())


def _course_inside(
    listing: Listing, source: CourseSource, options: IntakeOptions, refused: LeftOut
) -> Listing | None:
    """Return the course in the one archive that lies there, None where there is no such thing."""
    theirs = [one for one in listing.files if not is_nobodys(one.name)]
    if len(theirs) != 1 or not is_archive(theirs[0].name):
        return None
    if recognise([theirs[0].name]) != "folder":
        return None  # a student's, as its name says
    inside = LeftOut()
    inner = nested(theirs[0], inside, BOUNDS)
    if not holds_students(inner, source, options):
        return None
    refused.take_over(inside)
    return inner


def _name_parts(piece: ExportedFile) -> NameParts:
    number = piece.student_id or piece.file_id
    return NameParts(piece.full_name, number or piece.whose)


def _submission(
    key: str, pieces: Sequence[OwnedFile], refused: LeftOut, read: Reader
) -> StudentSubmission:
    attempts = {one.piece.attempt for one in pieces}
    newest = max(attempts, key=timestamps.order)
    counted = [one for one in pieces if one.piece.attempt == newest]
    files, replaced = _latest(counted, read)
    notes = [*_of_attempts(attempts), *replaced]
    kept_files = _files(key, files, refused, read)
    if not kept_files:
        notes += [f"{what} was handed in, and no file" for what in _substitutes(counted)]
    if len(kept_files) > MOST_FILES:
        refused.add(key, f"only {MOST_FILES} of {len(kept_files)} files are taken")
        kept_files = sorted(sorted(kept_files, key=_rank)[:MOST_FILES], key=attrgetter("name"))
    piece = counted[0].piece
    student = Student(
        *(key, piece.full_name, piece.student_id, piece.file_id),
        *(piece.first_name, piece.last_name, piece.email),
    )
    late = any(one.piece.late for one in counted)
    return StudentSubmission(
        student, tuple(kept_files), _timestamp(counted), late, "; ".join(notes)
    )


def _rank(file: SubmittedFile) -> tuple[bool, int, str]:
    """Return a file's rank, the less the more it counts: scripts and notebooks at the top first."""
    return kind_of(file.name) == "", file.name.count("/"), file.name


def _of_attempts(attempts: Collection[str]) -> Iterator[str]:
    if len(attempts) == 1:
        return
    yield f"the newest of {len(attempts)} attempts counts"
    unclear = sorted(one for one in attempts if not timestamps.is_clear(one))
    if unclear:
        yield f"which is the newest is not sure, as {unclear[0]!r} is no date that is known"


def _substitutes(counted: Sequence[OwnedFile]) -> list[str]:
    return sorted({one.piece.instead for one in counted} - {""})


def _latest(
    counted: Sequence[OwnedFile], read: Reader
) -> tuple[list[tuple[str, OwnedFile]], list[str]]:
    """Return the files of which there is no later one, which Canvas calls `value-1.py`."""
    by_name = {one.piece.name: one for one in counted if one.file and not _is_stamp(one)}
    latest: dict[str, str] = {}
    notes = []
    for name in sorted(by_name, key=_repetition):
        plain = by_name[name].piece.plain
        stands_for = plain if plain in by_name else name
        if stands_for in latest:
            notes.append(f"{latest[stands_for]} was handed in again as {name}, which counts")
        latest[stands_for] = name
    kept = {name: by_name[name] for name in latest.values()}
    return [(_called(name, kept, read), one) for name, one in kept.items()], notes


def _called(name: str, by_name: Mapping[str, OwnedFile], read: Reader) -> str:
    """Return the name that a file had before Canvas put a number into it, if another imports it."""
    plain = by_name[name].piece.plain
    if plain in ("", name):
        return name
    others = (held.file for one, held in by_name.items() if one != name and kind_of(one))
    modules: set[str] = set()
    for one in filter(None, others):
        with suppress(TooMuchToRead):  # which is said when it is graded
            text = read(imports_in, one.name, bytes_of(one.content))
            modules |= {module.name for module in text.modules}
    return plain if stem_of(plain) in modules else name


def _repetition(name: str) -> tuple[int, str]:
    number = REPEATED.search(name)
    return (int(number[0][1:]) if number else 0), name


def _files(
    key: str, counted: Sequence[tuple[str, OwnedFile]], refused: LeftOut, read: Reader
) -> list[SubmittedFile]:
    """Return a student's files without a folder around them; a single archive is opened, once."""
    contents = {name: one.file for name, one in counted if one.file}
    uploads: Mapping[str, float] = {name: one.piece.order for name, one in counted}
    return _laid_out(key, contents, uploads, (refused, ONES, read))


def submitted_files(uploads: Iterable[FileContent], refused: LeftOut) -> list[SubmittedFile]:
    """Return the files of one student's upload, as they can be written into a folder.

    A single archive is opened, within the bounds of an upload.

    Args:
        uploads: named as they came, by whoever sent them.
        refused: told of what is left out.
    """
    contents = {}
    for one in uploads:
        try:
            name = safe(one.name)
        except UnsafeName as error:
            refused.add(one.name, str(error))
            continue
        contents[name] = one._replace(name=name)
    with Reader() as read:
        files = _laid_out("", contents, {}, (refused, UPLOADED, read))
    if len(files) > MOST_FILES:
        refused.add("the upload", f"only {MOST_FILES} of {len(files)} files are taken")
        files = sorted(sorted(files, key=_rank)[:MOST_FILES], key=attrgetter("name"))
    return files


def _laid_out(
    key: str,
    contents: Mapping[str, FileContent],
    uploads: Mapping[str, float],
    reading: tuple[LeftOut, Bounds, Reader],
) -> list[SubmittedFile]:
    """Return files without a folder around them; a single archive is opened, once."""
    refused, _, _ = reading
    contents = dict(contents)
    for _ in range(MOST_NESTED):
        archives = [one for name, one in contents.items() if is_archive(name)]
        if len(archives) != 1 or any(map(kind_of, contents)):
            break
        inside = _archive_files(key, archives[0], reading)
        contents, uploads = _others(contents) | inside, {}
    if any(uploads.values()):
        ages = _ages(uploads, 1)
    else:
        ages = _ages({name: one.changed for name, one in contents.items()}, SOON_S)
    tops = {name.partition("/")[0] for name in contents}
    top = f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in contents) else ""
    files = [
        SubmittedFile(name.removeprefix(top), contents[name].content, ages[name])
        for name in sorted(contents)
    ]
    return list(_writable(key, files, refused))


def _archive_files(
    key: str, archive: FileContent, reading: tuple[LeftOut, Bounds, Reader]
) -> dict[str, FileContent]:
    refused, bounds, read = reading
    try:
        files, left_out = read(unpacked, archive.name, bytes_of(archive.content), bounds)
    except TooMuchToRead as error:
        refused.add(archive.name, error.says)
        return {}
    for line in left_out:
        refused.add(key or archive.name, line)
    store = ContentStore()
    return {one.name: one._replace(content=store.keep(bytes_of(one.content))) for one in files}


def _others(contents: Mapping[str, FileContent]) -> dict[str, FileContent]:
    """Return the files beside an archive that is opened; one of the same name in it is later."""
    return {name: one for name, one in contents.items() if not is_archive(name)}


def _writable(
    key: str, files: Iterable[SubmittedFile], refused: LeftOut
) -> Iterator[SubmittedFile]:
    """Yield the files that can lie beside one another: none is a folder of another's."""
    every = list(files)
    folders = {str(above) for file in every for above in PurePosixPath(file.name).parents}
    for file in every:
        if file.name in folders:
            refused.add(f"{key}/{file.name}", "a folder has the same name")
        else:
            yield file


def _ages(times: Mapping[str, float], apart: float) -> dict[str, int]:
    """Return the age of each file in steps: those that are not so far apart are of one."""
    ages, age, before = {}, 0, None
    for name in sorted(times, key=lambda one: (times[one], one)):
        if before is not None and times[name] - before >= apart:
            age += 1
        before, ages[name] = times[name], age
    return ages


def _timestamp(counted: Sequence[OwnedFile]) -> str:
    """Return the time of handing in; when a file was changed says little, once it is copied."""
    latest = max((one.piece.timestamp for one in counted), key=timestamps.order)
    if latest:
        return latest
    for one in counted:
        if _is_stamp(one) and one.file:
            text = bytes_of(one.file.content)[:LONGEST_STAMP].decode("utf-8", "replace")
            return timestamps.readable(visible(text.strip()))
    return ""


def _is_stamp(one: OwnedFile) -> bool:
    """Return whether nbgrader has written a file; elsewhere a student may have called one so."""
    return one.piece.name == STAMP and one.piece.has_stamp


def _entry_time(pieces: Sequence[OwnedFile]) -> str:
    return max((one.file.dated for one in pieces if one.file), default="")


def _dated(
    submissions: Sequence[StudentSubmission], dates: Sequence[str]
) -> list[StudentSubmission]:
    """Return the submissions with the dates of their entries, if those are of handing in."""
    if not are_of_handing_in(dates):
        return list(submissions)
    return [
        one._replace(timestamp=one.timestamp or date)
        for one, date in zip(submissions, dates, strict=True)
    ]


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
