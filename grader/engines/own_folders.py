"""The places of the grader's own folders: the package, the reference engine, the exercises.

The repository has the last two beside the package. A wheel has them inside it, in `shipped/`, so
that it takes one name of those that others install beside it.
"""

import os

NAME = "grader"
SHIPPED = "shipped"
BESIDE = ("reference", "exercises")


def ours_in(folder: str) -> list[str]:
    """Return the grader's folders in a folder on Python's path, none where it is not there."""
    package = os.path.join(folder, NAME)
    if not os.path.isdir(package):
        return []
    beside = () if os.path.isdir(os.path.join(package, SHIPPED)) else BESIDE
    return [package, *(os.path.join(folder, name) for name in beside)]


PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(PACKAGE)
_INSIDE = os.path.join(PACKAGE, SHIPPED)
_HOME = _INSIDE if os.path.isdir(_INSIDE) else ROOT
REFERENCE, EXERCISES = (os.path.join(_HOME, name) for name in BESIDE)
