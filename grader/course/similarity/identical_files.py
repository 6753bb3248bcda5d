"""Files that several students handed in the same, whatever they are worth."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from grader.submissions.kinds import kind_of


class IdenticalFiles(NamedTuple):
    """A file that several have.

    Attributes:
        keys: the students'.
        names: what they call it, each once.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]


def identical_files(root: Path, given: Iterable[str]) -> list[IdenticalFiles]:
    """Return the files that several students have, the most frequent first.

    Likeness leaves out what is short, and what the solution has too; the same bytes twice are worth
    a look all the same.

    Args:
        root: a folder for each student, called by their key.
        given: the texts that everyone was given: whoever hands those in has copied nobody.
    """
    everyones = {_digest(text.encode()) for text in given}
    holders: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, path in _files(root):
        content = path.read_bytes()
        digest = _digest(content)
        if content.strip() and digest not in everyones:
            holders[digest].append((key, path.name))
    found = [
        IdenticalFiles(
            tuple(dict.fromkeys(key for key, _ in some)),
            tuple(dict.fromkeys(name for _, name in some)),
        )
        for some in holders.values()
    ]
    several = [one for one in found if len(one.keys) > 1]
    return sorted(several, key=lambda one: (-len(one.keys), one.keys))


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        for path in sorted(folder.rglob("*")):
            if kind_of(path.name) and path.is_file():
                yield folder.name, path


def _digest(content: bytes) -> str:
    """Return a digest that is the same however lines end: a system may change that on the way."""
    return sha256(content.replace(b"\r\n", b"\n").strip()).hexdigest()
