"""Takes in what a course handed in: recognises its shape, and chooses what counts of each."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from html import unescape
from pathlib import Path

from grader.engines.text import visible
from grader.errors import NothingToGrade, at
from grader.submissions.intake import timestamps
from grader.submissions.intake.archive import files_in, is_archive, nested
from grader.submissions.intake.bounded_reading import BOUNDS, FileContent, Listing
from grader.submissions.intake.entry_times import are_of_handing_in
from grader.submissions.intake.left_out import MOST_TOLD_OF_ONE, LeftOut
from grader.submissions.intake.lms.blackboard_texts import AttemptText, attempt_text
from grader.submissions.intake.lms.code_pages import code_page
from grader.submissions.intake.lms.online_text import online_text
from grader.submissions.intake.lms_exports import REPEATED, TEXT, ExportedFile, recognise
from grader.submissions.intake.nobodys_files import is_nobodys
from grader.submissions.intake.own_files import own_files
from grader.submissions.intake.ownership import (
    SHAPES,
    CourseSource,
    IntakeOptions,
    OwnedFile,
    holds_students,
    owned_files,
)
from grader.submissions.intake.safe_names import NameParts, keys
from grader.submissions.intake.spool import bytes_of
from grader.submissions.intake.student_submission import Intake, StudentSubmission, SubmittedFile
from grader.submissions.kinds import kind_of, stem_of
from grader.submissions.own_modules import imports_in
from grader.submissions.reader import Reader, TooMuchToRead
from grader.submissions.student import Student

TYPED = "text.py"  # what was typed in place of a file
DATED = "moodle"
"""The shape whose zip dates each entry by when that file was handed in, in the server's zone."""

LINK, LONGEST_LINK = "a link", 64 << 10
ADDRESS = re.compile(rb"https?://[!#-&(-;=?-~]{1,2000}")
STAMP = "timestamp.txt"  # nbgrader's
LONGEST_STAMP = 100  # bytes


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
    listing, source = _listing(where, options, refused)
    name, everything = owned_files(listing, source, options, refused)
    with Reader() as read:
        students = _by_student(_with_names(everything, read))
        if not students:
            raise NobodyHandedIn(at(where))
        student_keys = keys(_name_parts(pieces[0].piece) for pieces in students)
        submissions = [
            _submission(key, pieces, refused, read)
            for key, pieces in zip(student_keys, students, strict=True)
        ]
    if name == DATED:
        submissions = _dated(submissions, list(map(_entry_time, students)))
    submissions.sort(key=lambda one: one.student.key)
    files = sum(len(one.files) for one in submissions)
    says = SHAPES.get(name, f"names like {options.pattern}")
    shape = f"{says}: {_counted(len(submissions), 'student')}, {_counted(files, 'file')}"
    return Intake(shape, tuple(submissions), refused.lines(), refused.doubts())


def _listing(where: Path, options: IntakeOptions, refused: LeftOut) -> tuple[Listing, CourseSource]:
    """Return the listing of a course, or of the one archive in it that holds one."""
    page = code_page(options.names_in)
    source = CourseSource(where.name, where.is_dir())
    listing = files_in(where, refused, BOUNDS, page)
    theirs = [one for one in listing.files if not is_nobodys(one.name)]
    if len(theirs) != 1 or not is_archive(theirs[0].name):
        return listing, source
    if recognise([theirs[0].name]) != "folder":
        return listing, source  # a student's, as its name says
    inside = LeftOut()
    inner = nested(theirs[0], inside, BOUNDS, page)
    if not holds_students(inner, source, options):
        return listing, source
    refused.take_over(inside)
    return inner, source._replace(is_folder=False)


def _with_names(everything: Iterable[OwnedFile], read: Reader) -> list[OwnedFile]:
    """Return files with the names that a system writes into a text beside them."""
    files = list(everything)
    texts: dict[str, AttemptText] = {}
    for one in files:
        if one.piece.is_about and one.typed:
            with suppress(TooMuchToRead):
                user = one.piece.student_id
                texts[one.typed.name] = read(attempt_text, bytes_of(one.typed.content), user)
    names = {
        one.piece.whose: texts[one.typed.name].name
        for one in files
        if one.typed and one.typed.name in texts and texts[one.typed.name].name
    }
    return [_with_name(one, names.get(one.piece.whose, ""), texts) for one in files]


def _with_name(one: OwnedFile, name: str, texts: Mapping[str, AttemptText]) -> OwnedFile:
    piece = one.piece._replace(full_name=name) if name else one.piece
    if not piece.is_about or one.typed is None:
        return one._replace(piece=piece)
    text = texts.get(one.typed.name, AttemptText()).typed
    typed = one.typed._replace(content=text.encode()) if text else None
    return OwnedFile(piece._replace(instead=TEXT if typed else ""), None, typed, one.left_out)


def _by_student(everything: Iterable[OwnedFile]) -> list[list[OwnedFile]]:
    by_student: dict[str, list[OwnedFile]] = defaultdict(list)
    for one in everything:
        by_student[one.piece.whose].append(one)
    return [by_student[whose] for whose in sorted(by_student)]


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
    contents = {name: one.file for name, one in files if one.file}
    kept_files, left_out = own_files(contents, {name: one.piece.order for name, one in files}, read)
    for line in left_out:
        refused.add_line(f"{visible(key)}: {line}")
    left_out = [*(one.left_out for one in counted if one.left_out), *left_out]
    if not any(kind_of(one.name) for one in kept_files):
        typed, remarks = _typed(counted, bool(kept_files), read)
        kept_files, notes = [*kept_files, *typed], notes + remarks
    piece = counted[0].piece
    student = Student(
        *(key, piece.full_name, piece.student_id, piece.file_id),
        *(piece.first_name, piece.last_name, piece.email),
    )
    late = any(one.piece.late for one in counted)
    return StudentSubmission(
        *(student, tuple(kept_files), _timestamp(counted), late, "; ".join(notes)),
        tuple(left_out[:MOST_TOLD_OF_ONE]),
    )


def _typed(
    counted: Sequence[OwnedFile], has_files: bool, read: Reader
) -> tuple[list[SubmittedFile], list[str]]:
    """Return the script that was typed in place of a file, if one was, and what is to be said."""
    texts = [one.typed for one in counted if one.typed and one.piece.instead == TEXT]
    problem = ""
    for text in texts:
        try:
            found = read(online_text, bytes_of(text.content))
        except TooMuchToRead as error:
            problem = error.says
            continue
        if found.script:
            script = SubmittedFile(TYPED, found.script.encode("utf-8", "replace"))
            return [script], [f"the text that was handed in is graded as {TYPED}"]
        problem = problem or found.problem
    if has_files:
        return [], []
    remarks = _substitutes(counted)
    return [], remarks + ([f"the text is no Python: {visible(problem, 200)}"] if problem else [])


def _of_attempts(attempts: Collection[str]) -> Iterator[str]:
    if len(attempts) == 1:
        return
    yield f"the newest of {len(attempts)} attempts counts"
    unclear = sorted(one for one in attempts if not timestamps.is_clear(one))
    if unclear:
        yield f"which is the newest is not sure, as {unclear[0]!r} is no date that is known"


def _substitutes(counted: Sequence[OwnedFile]) -> list[str]:
    """Return what was handed in in place of a file, a sentence each."""
    typed = {one.piece.instead: one.typed for one in counted if one.piece.instead}
    links = {what: _link(text) for what, text in typed.items() if what == LINK}
    return [
        f"{what} was handed in, and no file" + (f": {links[what]}" if links.get(what) else "")
        for what in sorted(typed)
    ]


def _link(page: FileContent | None) -> str:
    """Return the address that a page leads to, "" where it names none."""
    found = ADDRESS.search(bytes_of(page.content)[:LONGEST_LINK]) if page else None
    return visible(unescape(found[0].decode("ascii")), 200) if found else ""


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
