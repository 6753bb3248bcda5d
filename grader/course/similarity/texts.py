"""The text of a student: every script and notebook of theirs, line by line."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from grader.course.similarity.executed_text import SAYS, executes_its_engine
from grader.course.similarity.tokens import MOST, Token, tokens
from grader.course.similarity.winnowing import fingerprints
from grader.engines.text import visible
from grader.errors import NothingToGrade
from grader.submissions.kinds import kind_of
from grader.submissions.reader import TooMuchToRead
from grader.submissions.submission import LARGEST_SCRIPT, Reads, Submission, directly, read

MOST_FILES = 64

MOST_LINES: Final = 100_000
"""So many lines of a student are held: an empty one costs a hundred bytes, a notebook has 64 MB."""

BEGINNING: Final = (
    f"all but the beginning, for it is longer than {MOST:,} tokens, {MOST_LINES:,} lines"
    f" or {LARGEST_SCRIPT >> 20} MB"
)


class TextLine(NamedTuple):
    """A line, and where it stands.

    Attributes:
        place: the file, and a notebook's cell.
        number: in that file or cell, from 1.
        text: as it is written.
    """

    place: str
    number: int
    text: str


class StudentText(NamedTuple):
    """A student's text, taken apart.

    Attributes:
        key: the student's.
        lines: of all their files, one after another.
        tokens: of these lines; a token's line counts in them.
        fingerprints: each with the token at which it begins.
        digest: the same for two texts that are the same but for blanks; "" for no text at all.
        unread: what could not be read, a line each.
    """

    key: str
    lines: tuple[TextLine, ...]
    tokens: tuple[Token, ...]
    fingerprints: tuple[tuple[int, int], ...]
    digest: str
    unread: tuple[str, ...] = ()


def text_in(folder: Path, read_by: Reads = directly) -> StudentText:
    """Return the text of a student, from a folder called by their key.

    Args:
        folder: the student's.
        read_by: calls a function with its arguments, here or in a Reader.
    """
    files = sorted(path for path in folder.rglob("*") if kind_of(path.name) and path.is_file())
    unread = [f"{folder.name}: more than {MOST_FILES} files"] if files[MOST_FILES:] else []
    lines = _read(folder, files[:MOST_FILES], unread, read_by)
    text = text_of(folder.name, _bounded(lines))
    if len(text.tokens) == MOST or next(lines, None):
        unread.append(f"{folder.name}: {BEGINNING}")
    if executes_its_engine("\n".join(line.text for line in text.lines)):
        unread.append(f"{folder.name}: {SAYS}")
    return text._replace(unread=tuple(unread))


def text_of(key: str, lines: Iterable[TextLine]) -> StudentText:
    """Return some lines, taken apart."""
    all_lines = tuple(lines)
    joined = "\n".join(line.text for line in all_lines)
    first_tokens = tuple(islice(tokens(joined), MOST))
    bare = re.sub(r"\s+", "", joined)
    return StudentText(
        key,
        all_lines,
        first_tokens,
        tuple(fingerprints([token.kind for token in first_tokens])),
        sha256(bare.encode("utf-8", "surrogatepass")).hexdigest() if bare else "",
    )


def lines_of(text: str, place: str) -> Iterator[TextLine]:
    """Yield the lines of a text."""
    for number, line in enumerate(StringIO(text), start=1):  # one at a time: there may be millions
        yield TextLine(place, number, line.removesuffix("\n"))


def _read(
    folder: Path, files: Iterable[Path], unread: list[str], read_by: Reads
) -> Iterator[TextLine]:
    """Yield the lines of some files, and note those that cannot be read."""
    for file in files:
        try:
            yield from _lines(read_by(read, file), file.relative_to(folder).as_posix())
        except TooMuchToRead as error:
            unread.append(f"{folder.name}: {visible(file.name)} {error.says}")
        except NothingToGrade as error:
            unread.append(f"{folder.name}: {error.message}")


def _bounded(lines: Iterable[TextLine]) -> Iterator[TextLine]:
    """Yield the lines that are compared of one student."""
    room = LARGEST_SCRIPT
    for line in islice(lines, MOST_LINES):
        yield line._replace(text=line.text[:room])
        room -= len(line.text) + 1
        if room <= 0:
            return


def _lines(submission: Submission, name: str) -> Iterator[TextLine]:
    if submission.kind == "script":
        yield from lines_of(submission.source, name)
    for number, cell in enumerate(submission.cells, start=1):
        yield from lines_of(cell, f"{name}, cell {number}")
