"""`grade new TRACK/NAME`: the files of a new exercise, for its author."""

from pathlib import Path

import click

from grader.errors import Misused, at, quoted
from grader.exercises import catalogue
from grader.exercises.scaffold import scaffold
from grader.exercises.search_path import configured_folders, search_path


class NowhereToWrite(Misused):
    """It is not said which folder a new exercise belongs into."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"there is no folder {folder!r} here to write an exercise into",
            hint="say where: --exercises DIR, or make that folder",
        )


FALLBACK = "exercises"


@click.command
@click.argument("path", metavar="TRACK/NAME")
@click.option("--exercises", "folder", metavar="DIR", help="The folder to write it into.")
@click.option("--with-oracle", is_flag=True, help="Begin an oracle.py, for what ours do not know.")
def new(path: str, folder: str | None, with_oracle: bool) -> None:
    """Write the files of a new exercise, after the last one of its track.

    Without --exercises it goes where pyproject.toml says ([tool.grade] exercises), or into the
    folder exercises, if there is one.
    """
    home = _home(folder)
    here = search_path()
    folders = search_path([str(home)])
    entry = scaffold(path, home, catalogue.entries(folders), with_oracle=with_oracle)
    files = ", ".join(sorted(file.name for file in entry.folder.iterdir()))
    known = home.resolve() in {other.resolve() for other in here}
    where = "" if known else f" --exercises {quoted(str(home))}"
    click.echo(f"{entry.path} is begun in {at(entry.folder)}: {files}")
    click.echo(f"What there is to decide, line by line: grade verify {entry.path}{where}")


def _home(folder: str | None) -> Path:
    if folder is not None:
        return Path(folder)
    listed = configured_folders()
    if listed:
        return listed[0]
    if not Path(FALLBACK).is_dir():
        raise NowhereToWrite(FALLBACK)
    return Path(FALLBACK)
