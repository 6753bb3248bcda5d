"""Puts the stand-ins in place that a submission may want, all of which are loaded by then."""

import sys
from typing import Any, NamedTuple

from grader.sandbox.child.stand_ins import colab, notebook_lines, progress_bars
from grader.sandbox.child.stand_ins.missing_imports import import_what_is_there

STANDARD = sys.stdlib_module_names


class StandInFunctions(NamedTuple):
    """The functions that a run of statements needs of the stand-ins."""

    parsed: Any = notebook_lines.parsed
    import_what_is_there: Any = import_what_is_there


def install(source: str) -> StandInFunctions:
    """Put them in place.

    Args:
        source: of a script; empty for a notebook, which has a shell of its own.
    """
    progress_bars.install()
    colab.install()
    notebook_lines.install(source)
    return StandInFunctions()
