"""`grade list` and `grade show`: what there is to do, and what a task asks."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from grader.cli.options.completion import exercise_argument
from grader.cli.options.exercises import exercises_option
from grader.exercises import catalogue
from grader.exercises.catalogue import TrackNotExercise, UnknownExercise
from grader.exercises.exercise import Exercise
from grader.exercises.search_path import Folders, naming_options

NEXT = "grade show EXERCISE prints the task, grade start EXERCISE writes a file to begin in."


@click.command("list")
@click.argument("track", required=False)
@exercises_option
def list_(track: str | None, homes: Folders) -> None:
    """List the exercises, track by track, with their points."""
    tracks = catalogue.tracks(homes)
    if track is not None and track not in tracks:
        raise UnknownExercise(track, tracks)
    loaded = [
        catalogue.load(entry) for entry in catalogue.entries(homes) if track in (None, entry.track)
    ]
    click.echo("\n".join(_lines(loaded)))


def _lines(exercises: Sequence[Exercise]) -> Iterator[str]:
    names = max(len(exercise.name) for exercise in exercises)
    titles = max(len(exercise.title) for exercise in exercises)
    for track, group in groupby(exercises, key=lambda exercise: exercise.track):
        of_track = list(group)
        yield f"{track}  {_total(of_track)}"
        for exercise in of_track:
            after = f"after {', '.join(exercise.after)}" if exercise.after else ""
            columns = f"{exercise.name:<{names}}  {exercise.title:<{titles}}"
            yield f"  {columns}  {exercise.points:>3g}  {after}".rstrip()
        yield ""
    if len({exercise.track for exercise in exercises}) > 1:
        yield f"all  {_total(exercises)}"
    yield NEXT


def _total(exercises: Sequence[Exercise]) -> str:
    points = sum(exercise.points for exercise in exercises)
    count = "1 exercise" if len(exercises) == 1 else f"{len(exercises)} exercises"
    return f"{count}, {points:g} points"


@click.command
@exercise_argument()
@exercises_option
def show(exercise: str, homes: Folders) -> None:
    """Print the task of an exercise, or what a track has."""
    try:
        entry = catalogue.find(exercise, homes)
    except TrackNotExercise:
        click.echo("\n".join(_overview(exercise, homes)))
    else:
        click.echo(catalogue.prompt(entry).rstrip())


def _overview(track: str, homes: Folders) -> Iterator[str]:
    """Yield the exercises of a track, and the commands for its first."""
    loaded = [catalogue.load(one) for one in catalogue.entries(homes) if one.track == track]
    yield from list(_lines(loaded))[:-1]
    first = f"{loaded[0].path}{naming_options(homes)}"
    yield f"The first task: grade show {first}"
    yield f"A file to begin it in: grade start {first}"
    yield f"All of them at once: grade {track}{naming_options(homes)}"
