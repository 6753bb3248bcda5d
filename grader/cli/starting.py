"""`grade start EX`: a file to begin in."""

from pathlib import Path

import click

from grader import catalogue
from grader.errors import FileExists, UnwritableOutput


@click.command
@click.argument("exercise")
@click.option("-o", "--output", type=click.Path(), help="The file to write, value.py if left out.")
def start(exercise: str, output: str | None) -> None:
    """Write a starter file for an exercise; a file that exists is left as it is."""
    entry = catalogue.find(exercise)
    path = Path(output or "value.py")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(catalogue.starter(entry))
    except FileExistsError as error:
        raise FileExists(str(path)) from error
    except OSError as error:
        raise UnwritableOutput(str(path), error.strerror or str(error)) from error
    click.echo(f"{path} is written. The task: grade show {entry.name}")
    click.echo(f"When it is done: grade {entry.name} {path}")
