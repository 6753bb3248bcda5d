"""`grade start EX`: a script or a notebook to begin in."""

from pathlib import Path

import click

from grader.cli.options.completion import exercise_argument
from grader.cli.options.exercises import exercises_option
from grader.engines.text import visible
from grader.errors import FileExists, Misused, UnwritableOutput, quoted
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.search_path import Folders, naming_options
from grader.exercises.starter_notebook import notebook
from grader.submissions.kinds import kind_of


class OtherKind(Misused):
    """The name of the file to write is of another kind than what is to be written."""

    def __init__(self, path: str, as_notebook: bool, command: str) -> None:
        kind = "a notebook" if as_notebook else "a script or a notebook"
        super().__init__(f"{path} is no name of {kind}", hint=f"write {command}")


@click.command
@exercise_argument()
@click.option(
    "-o", "--out", "output", type=click.Path(), help="The file to write, value.py by default."
)
@click.option("--notebook", "as_notebook", is_flag=True, help="Write a notebook, value.ipynb.")
@exercises_option
def start(exercise: str, output: str | None, as_notebook: bool, homes: Folders) -> None:
    """Write a file to begin in; a file that exists is left as it is."""
    entry = catalogue.find(exercise, homes)
    path = _path(output, as_notebook, f"grade start {exercise}{naming_options(homes)}")
    as_notebook = kind_of(path.name) == "notebook"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_notebook(entry) if as_notebook else catalogue.starter(entry))
    except FileExistsError as error:
        raise FileExists(str(path)) from error
    except OSError as error:
        raise UnwritableOutput(str(path), error.strerror or str(error)) from error
    words = f"{entry.path if '/' in exercise else entry.name}{naming_options(homes)}"
    click.echo(f"{visible(str(path))} is written. The task: grade show {words}")
    click.echo(f"When it is done: grade {words} {quoted(visible(str(path)))}")


def _path(output: str | None, as_notebook: bool, command: str) -> Path:
    """Return the file to write; its ending says whether it is a script or a notebook.

    Raises:
        OtherKind: it says something else than the command line, or nothing.
    """
    usual = "value.ipynb" if as_notebook else "value.py"
    path = Path(output or usual)
    if path.is_dir():
        path /= usual
    kind = kind_of(path.name)
    if not kind or (as_notebook and kind == "script"):
        better = path.with_suffix(Path(usual).suffix)
        raise OtherKind(str(path), as_notebook, f"{command} -o {quoted(visible(str(better)))}")
    return path


def _notebook(entry: ExerciseEntry) -> str:
    return notebook(entry.path, catalogue.prompt(entry), catalogue.starter(entry))
