"""Selects what pytest runs: checks of ours, and tests of others.

The submission is no argument of pytest's. Where it is named as one, by a check's id as pytest
prints it, the argument is kept from pytest, which would import what lies there.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from grader.integrations.pytest_plugin.settings import EXERCISES, SELECTED, SUBMISSION

BETWEEN = "::"


def exercises(config: pytest.Config) -> list[str]:
    """Return the names of the exercises to grade."""
    return list(config.getoption(EXERCISES) or config.getini(EXERCISES))


def place(config: pytest.Config) -> str | None:
    """Return the path of the submission, None where it is to be looked for."""
    return _place(config, config.getoption(SUBMISSION))


def _place(config: pytest.Config, path: str | None) -> str | None:
    """Return the option's path, or that of a file of settings, relative to that file."""
    if path:
        return path
    setting = str(config.getini(SUBMISSION))
    if not setting:
        return None
    return str((config.inipath.parent if config.inipath else config.rootpath) / setting)


def arguments_left(config: pytest.Config, path: str | None, words: Sequence[str]) -> list[str]:
    """Return the arguments that pytest may look at before it knows what is handed in.

    Args:
        config: pytest's, which has not taken in its options yet.
        path: the option's value.
        words: the arguments.
    """
    where = _place(config, path)
    return [word for word in words if where is None or not _leads_to(word, where, config)]


def select(config: pytest.Config, submission: Path) -> list[str] | None:
    """Keep from pytest what it must not visit, and return the ids that are asked for.

    Returns:
        Ids below the submission, "" for all of it; None where it is not asked for.
    """
    if hasattr(config.option, SELECTED):  # a worker of xdist's, which gets only what is left
        selected: list[str] | None = getattr(config.option, SELECTED)
        if config.args_source is not pytest.Config.ArgsSource.ARGS:
            config.args = []
        return selected
    selected = _selected(config, submission)
    setattr(config.option, SELECTED, selected)
    return selected


def path_left_out(config: pytest.Config, submission: Path) -> Path:
    """Return the path that pytest does not visit: the submission, or the folder that was handed in.

    The folder where pytest is started is the user's own.
    """
    where = place(config)
    folder = submission.parent
    own = _path("", config).is_relative_to(folder)
    return folder if where and _path(where, config) == folder and not own else submission


def _selected(config: pytest.Config, submission: Path) -> list[str] | None:
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = []
        return [""]
    ours = dict(_ours(config, submission))
    config.args = [word for word in config.args if word not in ours]
    if ours:
        return list(ours.values())
    above = any(submission.is_relative_to(_path(word, config)) for word in config.args)
    return [""] if config.getoption(EXERCISES) or above else None


def _ours(config: pytest.Config, submission: Path) -> Iterator[tuple[str, str]]:
    """Yield each argument that names the submission, with what stands behind it."""
    for word in config.args:
        for path, rest in _divided(word):
            if submission in (_path(path, config), Path(os.path.realpath(config.rootpath / path))):
                yield word, rest
                break


def _leads_to(word: str, where: str, config: pytest.Config) -> bool:
    target = _path(where, config)
    paths = (_path(path, config) for path, _ in _divided(word))
    return any(path == target or path.is_relative_to(target) for path in paths)


def _divided(word: str) -> Iterable[tuple[str, str]]:
    """Yield each pair that may be an argument's path and id: a file may be called anything."""
    parts = word.split(BETWEEN)
    for count in range(1, len(parts) + 1):
        yield BETWEEN.join(parts[:count]), BETWEEN.join(parts[count:])


def _path(text: str, config: pytest.Config) -> Path:
    return Path(os.path.realpath(config.invocation_params.dir / text))
