"""Names that are safe: of files that are written somewhere, and of students that files are for."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_PART = 120  # bytes, with room for what is put beside a file
LONGEST_NAME = 400
LONGEST_KEY = 60
DRIVE = re.compile(r"[A-Za-z]:")
DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{name}{n}" for name in ("com", "lpt") for n in range(10)
}
IGNORED = {"__MACOSX", ".DS_Store", ".ipynb_checkpoints", "__pycache__", "Thumbs.db", ".git"}
NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9._-]+")


class Unsafe(ValueError):
    """A name that leads elsewhere, or nowhere; the text says why, as a clause."""


def safe(name: str) -> str:
    """Return a relative name with slashes, as it may be written below a folder.

    Raises:
        Unsafe: it cannot be.
    """
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name):
        raise Unsafe("its name has control characters")
    if name.startswith(("/", "\\")) or DRIVE.match(name):
        raise Unsafe("its name is absolute")
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts:
        raise Unsafe("its name leads out of its folder")
    if not parts:
        raise Unsafe("it has no name")
    long = any(len(part.encode()) > LONGEST_PART for part in parts)
    if long or len("/".join(parts)) > LONGEST_NAME:
        raise Unsafe("its name is too long")
    if any(_is_device(part) for part in parts):
        raise Unsafe("its name is that of a device")
    return "/".join(parts)


def is_ignored(name: str) -> bool:
    """Return whether a file is one that systems leave behind, and no student wrote."""
    return any(part in IGNORED or part.startswith("._") for part in name.split("/"))


def keys(wanted: Iterable[str]) -> list[str]:
    """Return a key for each text, in their order: safe as a file's name, and no two alike."""
    taken: set[str] = set()
    found = []
    for text in wanted:
        plain = _plain(text)
        key, number = plain, 1
        while key.casefold() in taken:
            number += 1
            key = f"{plain}-{number}"
        taken.add(key.casefold())
        found.append(key)
    return found


def _plain(text: str) -> str:
    """Return a text in letters that any system takes for a file's name."""
    spread = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    plain = NOT_IN_A_KEY.sub("_", spread).strip("._-")[:LONGEST_KEY].strip("._-")
    return f"{plain}_" if _is_device(plain) else plain or "student"


def _is_device(part: str) -> bool:
    return part.partition(".")[0].rstrip(" ").casefold() in DEVICES
