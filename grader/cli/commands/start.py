"""`grade start EX`: a script or a notebook to begin in."""

from pathlib import Path

import click

from grader.cli.options.completion import exercise_argument
from grader.cli.options.exercises import exercises_option
from grader.engines.text import visible
from grader.errors import FileExists, UnwritableOutput
from grader.exercises import catalogue
from grader.exercises.catalogue import Entry
from grader.exercises.search_path import Homes
from grader.exercises.starter_notebook import notebook


@click.command
@exercise_argument()
@click.option(
    "-o", "--out", "output", type=click.Path(), help="The file to write, value.py by default."
)
@click.option("--notebook", "as_notebook", is_flag=True, help="Write a notebook, value.ipynb.")
@exercises_option
def start(exercise: str, output: str | None, as_notebook: bool, homes: Homes) -> None:
    """Write a file to begin in; a file that exists is left as it is."""
    entry = catalogue.find(exercise, homes)
    path = Path(output or ("value.ipynb" if as_notebook else "value.py"))
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_notebook(entry) if as_notebook else catalogue.starter(entry))
    except FileExistsError as error:
        raise FileExists(str(path)) from error
    except OSError as error:
        raise UnwritableOutput(str(path), error.strerror or str(error)) from error
    click.echo(f"{visible(str(path))} is written. The task: grade show {entry.name}")
    click.echo(f"When it is done: grade {entry.name} {visible(str(path))}")


def _notebook(entry: Entry) -> str:
    return notebook(entry.path, catalogue.prompt(entry), catalogue.starter(entry))
