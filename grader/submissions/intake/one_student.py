"""Tells whether files that lie side by side are one student's together, or a student's each."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from grader.submissions.intake.bounded_reading import FileContent
from grader.submissions.intake.nobodys_files import is_nobodys
from grader.submissions.intake.spool import bytes_of
from grader.submissions.kinds import kind_of, stem_of
from grader.submissions.own_modules import imports_in, used_files

USUAL: Final = re.compile(
    r"(?:main|run|demo|values?|scalar|tensor|engine|autograd|micrograd|nn|mlp|neuron|layers?"
    r"|train(?:ing)?|tests?|test_.*|.*_tests?|utils?|plots?|draw|graph|data|model|network|solution"
    r"|src|source|lib|code|scripts?|notebooks?|docs?|figures?|images?|assets"
    r"|(?:ex|ext|hw|part|task|exercise|homework|v)[ _-]?\d+)",
    re.IGNORECASE,
)
"""What people call their scripts and folders; nobody is called so."""

MOST: Final = 64
MOST_BYTES: Final = 4 << 20


def is_usual(name: str) -> bool:
    """Return whether a script or a folder is called as many are, and nobody is."""
    return USUAL.fullmatch(stem_of(name.rstrip("/"))) is not None


def are_one_students(files: Sequence[FileContent]) -> bool:
    """Return whether what lies side by side makes up one submission.

    All folders have names of folders. All scripts have names of scripts, or import one that has, or
    are imported by one: two students who have copied from each other have names of their own.

    Args:
        files: of a folder, and below it.
    """
    theirs = [one for one in files if not is_nobodys(_top(one.name))]
    folders = {_top(one.name) for one in theirs if "/" in one.name}
    scripts = {one.name: one for one in theirs if "/" not in one.name and kind_of(one.name)}
    if not all(map(is_usual, folders)) or len(scripts) > MOST:
        return False
    if not folders and len(scripts) < 2:
        return False
    usual = {name for name in scripts if is_usual(name)}
    if len(usual) == len(scripts):
        return True
    if not usual or sum(len(bytes_of(one.content)) for one in scripts.values()) > MOST_BYTES:
        return False
    uses = {name: _uses(one, scripts.keys()) for name, one in scripts.items()}
    return all(
        name in usual or uses[name] & usual or any(name in uses[one] for one in usual)
        for name in scripts
    )


def _top(name: str) -> str:
    top, slash, _ = name.partition("/")
    return top + slash


def _uses(file: FileContent, names: Collection[str]) -> set[str]:
    return used_files(imports_in(file.name, bytes_of(file.content)), "", [""], names)
