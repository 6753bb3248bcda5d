"""Guards a checkout where machines grade: a student hands in files, and no link out of them.

The checkout is a stranger's. A link in it would have the grader read what the student must not see,
the instructor's own solution say, or write where nobody else may.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from grader.engines.text import visible
from grader.errors import NothingToGrade, UnwritableOutput, at
from grader.integrations.ci.place import CiSystem
from grader.reports.files import beside


class LeadsOut(NothingToGrade):
    """The submission is a link to something that was not handed in."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} leads out of the folder that was handed in",
            hint="hand in the file itself, and no link to another",
        )


def see_inside(path: str, named: str | None, place: CiSystem) -> None:
    """See that a submission lies where it was handed in, whatever links lead to it.

    Args:
        path: the submission's.
        named: what the command line calls the submission, None where it was looked for.
        place: where this is.

    Raises:
        LeadsOut: it lies elsewhere.
    """
    checkout = os.path.abspath(place.checkout or ".")
    if named and not _is_below(os.path.abspath(named), checkout):
        folder = named if os.path.isdir(named) else os.path.dirname(named) or "."
        checkout = os.path.abspath(folder)  # somebody else's, who wrote the command line
    if not _is_below(os.path.realpath(path), os.path.realpath(checkout)):
        raise LeadsOut(visible(os.path.basename(path)))


def clear(paths: Iterable[str]) -> None:
    """Take away what lies where a report will be written: one that was committed is no report.

    Raises:
        UnwritableOutput: it cannot be taken away.
    """
    for path in map(Path, paths):
        for old in (path, beside(path)):
            try:
                with suppress(FileNotFoundError):
                    shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
            except OSError as error:
                raise UnwritableOutput(at(old), error.strerror or str(error)) from error


def _is_below(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder
