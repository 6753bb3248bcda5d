"""Finds where packages lie that are to be withheld: in every folder of packages there is to see."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

FOLDERS = ("site-packages", "dist-packages")
Places = Mapping[str, tuple[str, ...]]
"""A package's name → its folders and files."""


def package_folders(shown: Iterable[str], site: Sequence[str]) -> list[str]:
    """Return the folders of packages: those of this Python, and of others that can be seen.

    Args:
        shown: folders of the machine that are to be seen.
        site: the folders where packages are installed for this Python.
    """
    around = [one for folder in shown for one in (folder, *_below(folder, ("lib", "local/lib")))]
    others = (one for folder in around for one in _of_pythons(folder))
    return list(dict.fromkeys(map(os.path.realpath, (*site, *others))))


def package_places(names: Iterable[str], folders: Iterable[str]) -> Places:
    """Return where packages lie; what is not installed is left out.

    Args:
        names: their top-level names.
        folders: see `package_folders`.
    """
    wanted, places = frozenset(names), dict[str, tuple[str, ...]]()
    for folder in folders:
        with suppress(OSError):
            for entry in sorted(os.listdir(folder)):
                if (name := entry.partition(".")[0]) in wanted:
                    place = os.path.realpath(os.path.join(folder, entry))
                    places[name] = (*places.get(name, ()), place)
    return places


def _of_pythons(folder: str) -> Iterator[str]:
    if os.path.basename(folder) in FOLDERS:
        yield folder
    inside = []
    with suppress(OSError):
        inside = [one for one in os.listdir(folder) if one.startswith("python")]
    yield from _below(folder, [os.path.join(one, name) for one in inside for name in FOLDERS])


def _below(folder: str, names: Iterable[str]) -> list[str]:
    paths = (os.path.join(folder, name) for name in names)
    return [path for path in paths if os.path.isdir(path)]
