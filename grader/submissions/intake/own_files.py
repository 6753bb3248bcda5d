"""One student's files as they can lie in a folder, with archives opened and no hostile name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from grader.submissions.intake.archive import (
    is_archive,
    is_unread_archive,
    stem_of_archive,
    unpacked,
)
from grader.submissions.intake.bounded_reading import ONES, UPLOADED, Bounds, FileContent
from grader.submissions.intake.left_out import LeftOut
from grader.submissions.intake.safe_names import UnsafeName, safe
from grader.submissions.intake.spool import ContentStore, bytes_of
from grader.submissions.intake.student_submission import SubmittedFile
from grader.submissions.kinds import kind_of
from grader.submissions.reader import Reader, TooMuchToRead

MOST_FILES: Final = 64
MOST_NESTED: Final = 2  # an archive in the archive that a student handed in
MOST_ARCHIVES: Final = 4  # side by side
UNREAD: Final = "it is an archive of a kind that is not opened here; a zip and a tar are"
SOON_S: Final = 60.0
"""Some systems write the time of the export on what they export: it differs by a second or two."""


class OwnFiles(NamedTuple):
    """The files of one student, sorted by name, and what is left out of them, a line each."""

    files: list[SubmittedFile]
    left_out: list[str]


class _ArchiveReading(NamedTuple):
    read: Reader
    bounds: Bounds
    left_out: list[str]


def own_files(
    contents: Mapping[str, FileContent], uploads: Mapping[str, float], read: Reader
) -> OwnFiles:
    """Return a student's files without a folder around them.

    Where no script lies beside them, archives are opened: one in the place where it lies, several
    into a folder each.

    Args:
        contents: what was handed in, by names that stay below their folder.
        uploads: a name → more than that of what was uploaded before, 0 where nobody knows.
        read: what archives are opened by.
    """
    return _laid_out(contents, uploads, _ArchiveReading(read, ONES, []))


def submitted_files(uploads: Iterable[FileContent], refused: LeftOut) -> list[SubmittedFile]:
    """Return the files of one student's upload, as they can be written into a folder.

    Archives are opened, within the bounds of an upload.

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
        files, left_out = _laid_out(contents, {}, _ArchiveReading(read, UPLOADED, []))
    for line in left_out:
        refused.add_line(line)
    return files


def _laid_out(
    contents: Mapping[str, FileContent], uploads: Mapping[str, float], reading: _ArchiveReading
) -> OwnFiles:
    contents = dict(contents)
    for _ in range(MOST_NESTED):
        archives = _archives(contents)
        if archives:
            contents, uploads = _opened(contents, archives, reading), {}
    for name in _archives(contents):
        reading.left_out.append(f"{name}: archives in archives are opened {MOST_NESTED} deep")
    if any(uploads.values()):
        ages = _ages(uploads, 1)
    else:
        ages = _ages({name: one.changed for name, one in contents.items()}, SOON_S)
    top = _common_folder(contents)
    files = [
        SubmittedFile(name.removeprefix(top), contents[name].content, ages[name])
        for name in sorted(contents)
    ]
    return OwnFiles(_most_telling(list(_writable(files, reading)), reading), reading.left_out)


def _archives(contents: Mapping[str, FileContent]) -> list[str]:
    """Return the names of the archives that are opened: none where a script lies beside them."""
    return [] if any(map(kind_of, contents)) else [name for name in contents if is_archive(name)]


def _opened(
    contents: Mapping[str, FileContent], archives: Sequence[str], reading: _ArchiveReading
) -> dict[str, FileContent]:
    """Return what lies in archives, and beside them; of two with one name that within counts."""
    files = {name: one for name, one in contents.items() if name not in archives}
    for name in archives[:MOST_ARCHIVES]:
        place = f"{stem_of_archive(name)}/" if archives[1:] else ""
        archive = contents[name]._replace(name=name)
        files |= {f"{place}{one.name}": one for one in _inside(archive, reading)}
    for name in archives[MOST_ARCHIVES:]:
        reading.left_out.append(f"{name}: only {MOST_ARCHIVES} archives are opened")
    return files


def _common_folder(names: Iterable[str]) -> str:
    tops = {name.partition("/")[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""


def _inside(archive: FileContent, reading: _ArchiveReading) -> list[FileContent]:
    """Return what lies in an archive, nothing where that takes too much."""
    try:
        files, lines = reading.read(
            unpacked, archive.name, bytes_of(archive.content), reading.bounds
        )
    except TooMuchToRead as error:
        reading.left_out.append(f"{archive.name}: {error.says}")
        return []
    reading.left_out.extend(lines)
    store = ContentStore()
    return [one._replace(content=store.keep(bytes_of(one.content))) for one in files]


def _writable(files: Iterable[SubmittedFile], reading: _ArchiveReading) -> Iterator[SubmittedFile]:
    """Yield the files that can lie beside one another: none is a folder of another's."""
    every = list(files)
    folders = {str(above) for file in every for above in PurePosixPath(file.name).parents}
    for file in every:
        try:
            name = safe(file.name)
        except UnsafeName as error:
            reading.left_out.append(f"{file.name}: {error}")
            continue
        if name in folders:
            reading.left_out.append(f"{name}: a folder has the same name")
            continue
        if is_unread_archive(name):
            reading.left_out.append(f"{name}: {UNREAD}")
        yield file


def _most_telling(files: list[SubmittedFile], reading: _ArchiveReading) -> list[SubmittedFile]:
    """Return as many files as are taken: scripts and notebooks at the top first."""
    if len(files) <= MOST_FILES:
        return files
    reading.left_out.append(f"only {MOST_FILES} of {len(files)} files are taken")
    return sorted(sorted(files, key=_rank)[:MOST_FILES], key=attrgetter("name"))


def _rank(file: SubmittedFile) -> tuple[bool, int, str]:
    """Return a file's rank, the less the more it counts."""
    return kind_of(file.name) == "", file.name.count("/"), file.name


def _ages(times: Mapping[str, float], apart: float) -> dict[str, int]:
    """Return the age of each file in steps: those that are not so far apart are of one."""
    ages, age, before = {}, 0, None
    for name in sorted(times, key=lambda one: (times[one], one)):
        if before is not None and times[name] - before >= apart:
            age += 1
        before, ages[name] = times[name], age
    return ages
