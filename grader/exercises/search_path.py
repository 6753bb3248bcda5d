"""Finds the folders that hold exercises: ours, and those of a course that has its own."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from grader.engines.own_folders import EXERCISES
from grader.errors import Misused, at, quoted
from grader.exercises.source_lines import line_in, line_of_key


class NoHome(Misused):
    """The folder that should hold exercises does not exist."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"no folder {folder!r} with exercises", hint="check the name given to --exercises"
        )


class BadSettings(Misused):
    """The settings for grade in a project's pyproject.toml cannot be followed."""

    def __init__(self, place: str, says: str) -> None:
        super().__init__(
            f"{place}: {says}",
            hint='write [tool.grade] exercises = ["FOLDER"], relative to that file',
        )


Folders: TypeAlias = tuple[Path, ...]
"""Folders with `<track>/<nn_name>/` in them; their tracks are merged."""

OURS: Folders = (Path(EXERCISES),)
PROJECT = "pyproject.toml"


def named_folders(named: Iterable[str]) -> Folders:
    """Return the folders of exercises of somebody who stands in a stranger's folder.

    What its pyproject.toml says is a stranger's word.

    Args:
        named: folders from the command line.

    Raises:
        NoHome: a folder that was named does not exist.
    """
    return _merged(map(_existing_folder, named))


def search_path(named: Iterable[str] = (), here: Path | None = None) -> Folders:
    """Return every folder of exercises: ours, those that were named, those of the project.

    Args:
        named: folders from the command line.
        here: where to look for the project's file, and above; the current folder if left out.

    Raises:
        NoHome: a folder that was named does not exist.
        BadSettings: the project's file is not as it should be; the message gives its line.
    """
    return _merged([*map(_existing_folder, named), *configured_folders(here)])


def naming_options(folders: Folders) -> str:
    """Return the options that name the same folders on another command line, "" for none.

    Args:
        folders: of exercises; ours, and those that a project's file lists, need not be named.
    """
    if folders == OURS:
        return ""
    known = {*OURS, *(folder.resolve() for folder in configured_folders())}
    named = (folder for folder in folders if folder not in known)
    return "".join(f" --exercises {quoted(at(folder))}" for folder in named)


def configured_folders(here: Path | None = None) -> list[Path]:
    """Return the folders that the nearest pyproject.toml with a [tool.grade] lists.

    Raises:
        BadSettings: it is not as it should be; the message gives its line.
    """
    for folder in _upwards(here):
        file = folder / PROJECT
        text = _text(file)
        if "tool.grade" in text:  # a project that has nothing to do with us is not parsed
            return [_listed_folder(name, file, text) for name in _names(file, text)]
    return []


def _merged(others: Iterable[Path]) -> Folders:
    folders = list(others)
    return tuple(dict.fromkeys(home.resolve() for home in (*OURS, *folders))) if folders else OURS


def _upwards(here: Path | None) -> Iterable[Path]:
    try:
        folder = here or Path.cwd()
    except OSError:  # somebody removed the current folder
        return ()
    return (folder, *folder.parents)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # there is none, or it is not ours to complain about
        return ""


def _existing_folder(name: str) -> Path:
    folder = Path(name)
    if not folder.is_dir():
        raise NoHome(name)
    return folder


def _names(file: Path, text: str) -> list[str]:
    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(at(file, line_in(str(error), text)), str(error)) from error
    settings = tool.get("grade", {}) if isinstance(tool, dict) else {}
    if not isinstance(settings, dict):
        raise BadSettings(at(file, line_of_key("tool.grade", text)), "tool.grade is no table")
    for key in settings:
        if key != "exercises":
            raise BadSettings(at(file, line_of_key(key, text)), f"[tool.grade] knows no {key!r}")
    names = settings.get("exercises", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadSettings(
            at(file, line_of_key("exercises", text)), "exercises is no list of folders"
        )
    return names


def _listed_folder(name: str, file: Path, text: str) -> Path:
    folder = file.parent / name
    if not folder.is_dir():
        place = at(file, line_of_key("exercises", text))
        raise BadSettings(place, f"exercises names {name!r}, and there is no such folder")
    return folder
