"""What a student has written: every script and notebook of theirs, line by line."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from grader.errors import UnreadableSubmission
from grader.similar.tokens import MOST, Token, tokens
from grader.similar.winnowing import fingerprints
from grader.submission import Submission, read

KINDS = (".py", ".ipynb")
MOST_FILES = 64


class Line(NamedTuple):
    """A line, and where it stands.

    Attributes:
        place: the file, and a notebook's cell.
        number: in that file or cell, from 1.
        text: as it is written.
    """

    place: str
    number: int
    text: str


class Written(NamedTuple):
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
    lines: tuple[Line, ...]
    tokens: tuple[Token, ...]
    fingerprints: tuple[tuple[int, int], ...]
    digest: str
    unread: tuple[str, ...] = ()


def written_in(folder: Path) -> Written:
    """Return what a student has written in a folder called by their key."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in KINDS and path.is_file())
    lines: list[Line] = []
    unread = [f"{folder.name}: more than {MOST_FILES} files"] if files[MOST_FILES:] else []
    for file in files[:MOST_FILES]:
        try:
            lines += _lines(read(file), file.relative_to(folder).as_posix())
        except UnreadableSubmission as error:
            unread.append(f"{folder.name}: {error.message}")
    return written(folder.name, lines)._replace(unread=tuple(unread))


def written(key: str, lines: Iterable[Line]) -> Written:
    """Return some lines, taken apart."""
    held = tuple(lines)
    text = "\n".join(line.text for line in held)
    found = tuple(islice(tokens(text), MOST))
    bare = re.sub(r"\s+", "", text)
    return Written(
        key,
        held,
        found,
        tuple(fingerprints([token.kind for token in found])),
        sha256(bare.encode("utf-8", "surrogatepass")).hexdigest() if bare else "",
    )


def lines_of(text: str, place: str) -> Iterator[Line]:
    """Yield the lines of a text."""
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        yield Line(place, number, line)


def _lines(submission: Submission, name: str) -> Iterator[Line]:
    if submission.kind == "script":
        yield from lines_of(submission.source, name)
    for number, cell in enumerate(submission.cells, start=1):
        yield from lines_of(cell, f"{name}, cell {number}")
