"""Files that travel with a request, and are put into the folder where a submission will run.

A name that leads out of that folder is refused on both sides of the line.
"""

import os
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Sequence

DEEPEST = 4
LONGEST = 255  # bytes of one name, on every file system


def wrap(files: Iterable[tuple[str, bytes]]) -> list[list[str]]:
    """Return files as JSON can hold them.

    Args:
        files: relative names, with slashes, and what they hold.

    Raises:
        ValueError: a name is not one of a file below a folder.
    """
    return [
        [_checked(name), b2a_base64(content, newline=False).decode()] for name, content in files
    ]


def unwrap(parcel: Iterable[Sequence[str]], folder: str) -> None:
    """Write files into an empty folder, in which nobody else writes.

    Raises:
        ValueError: a name is not one of a file below a folder.
        OSError: one of them is there twice, or there is no room.
    """
    for name, content in parcel:
        path = os.path.join(folder, *_checked(name).split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "xb") as file:
            file.write(a2b_base64(content))


def _checked(name: str) -> str:
    parts = name.split("/")
    if len(parts) > DEEPEST or not all(_is_plain(part) for part in parts):
        raise ValueError(f"no name of a file below a folder: {name!r}")
    return name


def _is_plain(part: str) -> bool:
    return (
        part not in ("", ".", "..")
        and not any(character in part for character in "\0\\:")
        and len(part.encode("utf-8", "surrogateescape")) <= LONGEST
    )
