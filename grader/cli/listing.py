"""`grade list` and `grade show`: what there is to do, and what a task asks."""

from itertools import groupby

import click

from grader import catalogue
from grader.errors import UnknownExercise


@click.command("list")
@click.argument("track", required=False)
def list_(track: str | None) -> None:
    """List the exercises, track by track, with their points."""
    found = catalogue.entries()
    tracks = catalogue.tracks()
    if track is not None and track not in tracks:
        raise UnknownExercise(track, tracks)
    width = max(len(entry.name) for entry in found)
    for name, group in groupby(found, key=lambda entry: entry.track):
        if track in (None, name):
            exercises = [catalogue.load(entry) for entry in group]
            total = sum(exercise.points for exercise in exercises)
            click.echo(f"{name}  {total:g} points")
            for exercise in exercises:
                after = f"after {', '.join(exercise.after)}" if exercise.after else ""
                points = f"{exercise.points:g}"
                short = exercise.name.ljust(width)
                click.echo(f"  {short}  {exercise.title:<46}{points:>3}  {after}".rstrip())
    click.echo(
        "\ngrade show EXERCISE prints the task, grade start EXERCISE writes a file to begin in."
    )


@click.command
@click.argument("exercise")
def show(exercise: str) -> None:
    """Print the task of an exercise."""
    click.echo(catalogue.prompt(catalogue.find(exercise)).rstrip())
