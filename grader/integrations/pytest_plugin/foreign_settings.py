"""Refuses settings of pytest's that lie with the submission, and are whoever's handed it in.

pytest takes the word after an option that it does not know yet for a path, and obeys the settings
it finds there: `addopts` would load a stranger's module, or leave out the checks that fail. It has
read them by the time that a plugin is asked anything, so that the run ends here, with the form in
which an option's value is no path.
"""

import os
from pathlib import Path

import pytest

ENDS = "settings of pytest's lie with the submission: {where}"
HINT = "write --submission={path}, so that pytest does not look for settings there"


def refuse(config: pytest.Config, submission: str | None) -> None:
    """Refuse settings that lie where the submission does, unless pytest was started there.

    Args:
        config: pytest's, as far as it is known before it loads a conftest.py.
        submission: the path of what is graded, None where it is looked for where pytest started.

    Raises:
        UsageError: there are some.
    """
    if submission is None:
        return
    started = Path(os.path.realpath(config.invocation_params.dir))
    path = Path(os.path.realpath(started / submission))
    folder = path if path.is_dir() else path.parent
    for settings in filter(None, (config.inipath, config.rootpath)):
        place = Path(os.path.realpath(settings))
        place = place if place.is_dir() else place.parent
        with_it = folder.is_relative_to(place) or place.is_relative_to(folder)
        if with_it and not started.is_relative_to(place):
            says, hint = ENDS.format(where=settings), HINT.format(path=submission)
            raise pytest.UsageError(f"{says} ({hint})")
