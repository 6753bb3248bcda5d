"""A place where submissions are graded by machines, and what it wants to be told."""

from typing import NamedTuple


class CiSystem(NamedTuple):
    """A place where submissions are graded, and what it wants.

    Attributes:
        name: the place's, as people call it.
        says: what is done there, in a sentence without its end.
        submission: where the submission lies; "" for the current folder.
        checkout: the folder with all that a student may hand in; "" for the current folder.
        log: the format of what is printed.
        reports: the format and the path of each report that is written besides.
        outputs: the file for lines of name and value; "" where none is wanted.
        well: whether it ends well however the checks come out, since the score is in a file.
    """

    name: str
    says: str
    submission: str = ""
    checkout: str = ""
    log: str = "text"
    reports: tuple[tuple[str, str], ...] = ()
    outputs: str = ""
    well: bool = False


class CiBundle(NamedTuple):
    """The contents of what is written for a place, so that it grades by itself.

    Attributes:
        exercises: as the command line of `grade ci` has them.
        install: what pip installs there.
        python: which Python, "3.12" say.
        fail_under: see `threshold.Threshold`; "" for all points.
        own: the exercises that are not grade's: path below the folder of exercises → content.
        wheels: packages to install without a network: file's name → content.
    """

    exercises: tuple[str, ...]
    install: str
    python: str = "3.12"
    fail_under: str = ""
    own: tuple[tuple[str, bytes], ...] = ()
    wheels: tuple[tuple[str, bytes], ...] = ()


Files = dict[str, bytes]
"""A path relative to where the place wants it → content."""
