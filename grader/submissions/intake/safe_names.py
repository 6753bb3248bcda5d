"""Names that are safe: of files that are written somewhere, and of students that files are for."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

LONGEST_PART = 240  # bytes: systems write 255, and something may be put beside a file
LONGEST_NAME = 400
LONGEST_KEY = 60
TELLING = 6  # letters of a hash
DRIVE = re.compile(r"[A-Za-z]:")
DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{name}{n}" for name in ("com", "lpt") for n in range(10)
}
IGNORED = {"__MACOSX", ".DS_Store", ".ipynb_checkpoints", "__pycache__", "Thumbs.db", ".git"}
NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9._-]+")


class UnsafeName(ValueError):
    """A name that leads elsewhere, or nowhere; the text says why, as a clause."""


class UnwritableName(UnsafeName):
    """A name that leads nowhere else, and that not every system can write."""


def safe(name: str) -> str:
    """Return a relative name with slashes, as it may be written below a folder.

    Raises:
        UnwritableName: not every system can.
        UnsafeName: it leads elsewhere.
    """
    parts = contained(name).split("/")
    long = any(len(part.encode()) > LONGEST_PART for part in parts)
    if long or len("/".join(parts)) > LONGEST_NAME:
        raise UnwritableName("its name is too long")
    if any(_is_device(part) for part in parts):
        raise UnwritableName("its name is that of a device")
    return "/".join(parts)


def contained(name: str) -> str:
    """Return a relative name with slashes that stays below its folder, however long it is.

    Raises:
        UnsafeName: it leads elsewhere.
    """
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name):
        raise UnsafeName("its name has control characters")
    if name.startswith(("/", "\\")) or DRIVE.match(plain(name)):
        raise UnsafeName("its name is absolute")
    parts = plain(name).split("/")
    if ".." in parts:
        raise UnsafeName("its name leads out of its folder")
    if parts == [""]:
        raise UnsafeName("it has no name")
    return "/".join(parts)


def plain(name: str) -> str:
    """Return a name with slashes, and nothing between them that means nothing.

    An accent may be a letter's own or stand behind it, as macOS has it: it is the same name.
    """
    parts = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", "."))


def is_ignored(name: str) -> bool:
    """Return whether a file is one that systems leave behind, and no student wrote."""
    return any(part in IGNORED or part.startswith("._") for part in name.split("/"))


class NameParts(NamedTuple):
    """The parts of a student's key.

    Attributes:
        name: as it was found.
        identity: what tells students apart there.
    """

    name: str
    identity: str


def keys(students: Iterable[NameParts]) -> list[str]:
    """Return a key for each student, in their order: safe as a file's name, and no two alike.

    A key depends on nobody else, so that it stays when somebody comes or goes. Where its plain
    letters do not say who it is, it ends in some that do. Where some systems take two names for
    one, alice's and Alice's say, the one in small letters stays: whoever comes with other letters
    takes nobody's key.
    """
    stems = [(_key(one), one.identity or one.name) for one in students]
    small = {stem.casefold() for stem, identity in stems if identity == identity.casefold()}
    taken: set[str] = set()
    student_keys = []
    for stem, identity in stems:
        is_other = identity != identity.casefold() and stem.casefold() in small
        begin = key = f"{stem}-{_digest(identity)}" if is_other else stem
        number = 1
        while key.casefold() in taken:
            number += 1
            key = f"{begin}-{number}"
        taken.add(key.casefold())
        student_keys.append(key)
    return student_keys


def _key(student: NameParts) -> str:
    text = "_".join(dict.fromkeys(filter(None, student)))
    stem = _letters(text)
    identity = student.identity or student.name
    if identity and identity.isascii() and _letters(identity) in stem and len(text) <= LONGEST_KEY:
        return stem
    return f"{stem}-{_digest(identity)}"


def _digest(identity: str) -> str:
    return sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:TELLING]


def _letters(text: str) -> str:
    """Return a text in letters that any system takes for a file's name."""
    spread = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    stem = NOT_IN_A_KEY.sub("_", spread).strip("._-")[:LONGEST_KEY].strip("._-")
    head, dot, rest = stem.partition(".")
    return f"{head}_{dot}{rest}" if _is_device(stem) else stem or "student"


def _is_device(part: str) -> bool:
    return part.partition(".")[0].rstrip(" ").casefold() in DEVICES
