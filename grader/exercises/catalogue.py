"""Finds the exercises in folders of `<track>/<nn_name>/`, and loads them."""

import re
from collections.abc import Iterable, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.errors import Misused, at, nearest
from grader.exercises import validation
from grader.exercises.exercise import Advisory, Check, Exercise, Mutant
from grader.exercises.forbidden_packages import packages
from grader.exercises.search_path import OURS, Folders
from grader.sandbox.protocol.limits import Allowance

if TYPE_CHECKING:
    from grader.engines.oracles.definition import Definition


class UnknownExercise(Misused):
    """No exercise in the catalogue has this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        near = nearest(name, self.known)
        hint = f"did you mean {near}? See `grade list`" if near else "see `grade list`"
        if not near and "/" in name:
            hint += "; exercises of your own need --exercises DIR"
        super().__init__(f"no exercise named {name!r}", hint=hint)


class AmbiguousExercise(Misused):
    """A short name fits exercises of more than one track."""

    def __init__(self, name: str, fits: Iterable[str]) -> None:
        fits = tuple(fits)
        super().__init__(
            f"{name!r} could be {' or '.join(fits)}", hint=f"write the track too: grade {fits[0]}"
        )


class TrackNotExercise(Misused):
    """A track's name stands where an exercise's belongs."""

    def __init__(self, track: str, exercises: Iterable[str]) -> None:
        names = tuple(exercises)
        count = f"{len(names)} exercise{'s' if len(names) > 1 else ''}"
        super().__init__(f"{track} is a track of {count}", hint=f"name one: {names[0]}")


USUAL = Allowance()
NUMBERED = re.compile(r"\d+_(?P<name>\w+)")


class ExerciseEntry(NamedTuple):
    """An exercise's place in the catalogue, before any of its files is opened."""

    track: str
    name: str
    folder: Path

    @property
    def path(self) -> str:
        """The full name, "my475/ex9"."""
        return f"{self.track}/{self.name}"


def entries(homes: Folders = OURS) -> list[ExerciseEntry]:
    """Return every exercise in `homes`, track by track, in the order of their numbers.

    Raises:
        BrokenExercise: two of a track have the same name.
    """
    known = [
        ExerciseEntry(track.name, matched["name"], folder)
        for home in homes
        for track in home.iterdir()
        if track.is_dir()
        for folder in track.iterdir()
        if (matched := NUMBERED.fullmatch(folder.name)) and folder.is_dir()
    ]
    known.sort(key=lambda entry: (entry.track, number_of(entry), entry.folder.name))
    _refuse_twins(known)
    return known


def number_of(entry: ExerciseEntry) -> int:
    """Return the number of an exercise in its track."""
    return int(entry.folder.name.partition("_")[0])


def tracks(homes: Folders = OURS) -> list[str]:
    """Return the names of the tracks, in order."""
    return sorted({entry.track for entry in entries(homes)})


def find(name: str, homes: Folders = OURS) -> ExerciseEntry:
    """Return the exercise called `name`, "my475/ex9" or any unique short form.

    Raises:
        UnknownExercise: there is none; the hint names the nearest.
        AmbiguousExercise: the short name fits more than one.
        TrackNotExercise: it is the name of a track.
    """
    known = entries(homes)
    of_track = [entry.path for entry in known if entry.track == name]
    if of_track:
        raise TrackNotExercise(name, of_track)
    fits = [entry for entry in known if name in (entry.path, entry.name)]
    if not fits:
        raise UnknownExercise(name, [entry.name for entry in known] + [e.path for e in known])
    if len(fits) > 1:
        raise AmbiguousExercise(name, [entry.path for entry in fits])
    return fits[0]


def next_entry(entry: ExerciseEntry, homes: Folders = OURS) -> ExerciseEntry | None:
    """Return the exercise that comes next in the track of `entry`, or None after the last."""
    track = [other for other in entries(homes) if other.track == entry.track]
    rest = track[track.index(entry) + 1 :]
    return rest[0] if rest else None


def load(entry: ExerciseEntry) -> Exercise:
    """Return the exercise at `entry`, with its checks, as they stand in its files.

    Raises:
        BrokenExercise: a file is missing or contradicts another; the message names it.
    """
    validation.refuse_missing_files(entry.folder)
    settings = validation.settings(entry.folder / "exercise.toml")
    module = _module(entry.folder / "checks.py")
    checks = tuple(value for value in vars(module).values() if isinstance(value, Check))
    advisories = tuple(value for value in vars(module).values() if isinstance(value, Advisory))
    exercise = Exercise(
        track=entry.track,
        name=entry.name,
        title=str(settings["title"]),
        points=float(settings["points"]),
        starter_points=float(settings.get("given", 0)),
        after=tuple(settings.get("after", ())),
        taught=tuple(settings.get("taught", ())),
        accepts={wanted: tuple(others) for wanted, others in settings.get("accepts", {}).items()},
        by_name=_by_name(settings),
        limits=validation.allowance(settings),
        folder=entry.folder,
        checks=checks,
        advisories=advisories,
        forbids=packages(settings.get("forbids")),
        late=validation.late_policy(settings),
        definitions=_definitions(entry.folder),
    )
    validation.refuse_contradictions(exercise)
    return exercise


def _definitions(folder: Path) -> "tuple[Definition, ...]":
    """Return what the author tells both oracles; most exercises have nothing to tell."""
    if not any((home / "oracle.py").is_file() for home in (folder, folder.parent)):
        return ()
    from grader.exercises.own_oracle import definitions

    return definitions(folder, _module)


def _by_name(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the members that are asked by name; `data = "data"` stands for the two usual ones."""
    fields = ("data", "grad") if settings.get("data") == "data" else ()
    return (*settings.get("by_name", ()), *fields)


def allowance(entry: ExerciseEntry) -> Allowance:
    """Return the limits that an exercise sets a submission; most say nothing, and cost no reading.

    Raises:
        BrokenExercise: its exercise.toml is missing, or contradicts itself.
    """
    validation.refuse_missing_files(entry.folder)
    file = entry.folder / "exercise.toml"
    if "limits" not in validation.read(file):
        return USUAL
    return validation.allowance(validation.settings(file))


def prompt(entry: ExerciseEntry) -> str:
    """Return the task, as Markdown."""
    return validation.read(entry.folder / "prompt.md")


def starter(entry: ExerciseEntry) -> str:
    """Return the file that a student may begin with."""
    return validation.read(entry.folder / "starter.py")


def solution(exercise: Exercise) -> str:
    """Return the source of the exercise's solution."""
    return validation.read(exercise.folder / "solution.py")


def variants(entry: ExerciseEntry) -> dict[str, str]:
    """Return right submissions in other styles: file name → source.

    They are kept with the track, or with the exercise where it asks for more than an engine.
    """
    own = entry.folder / "variants"
    folder = own if own.is_dir() else entry.folder.parent / "variants"
    return {file.stem: validation.read(file) for file in sorted(folder.glob("*.py"))}


def mutants(exercise: Exercise) -> tuple[Mutant, ...]:
    """Return the exercise's mutants.

    Raises:
        BrokenExercise: `mutants.py` defines none, or two of one id.
    """
    file = exercise.folder / "mutants.py"
    mutants_found = getattr(_module(file), "MUTANTS", None)
    if not isinstance(mutants_found, list | tuple) or not all(
        isinstance(one, Mutant) for one in mutants_found
    ):
        validation.refuse(at(file, 1), "defines no MUTANTS", hint="MUTANTS = [Mutant(…), …]")
    validation.refuse_bad_mutants(file, mutants_found)
    validation.refuse_twin_mutants(file, [mutant.id for mutant in mutants_found])
    return tuple(mutants_found)


def _module(file: Path) -> ModuleType:
    """Return the module in `file`, an exercise author's, under a name that clashes with none."""
    spec = spec_from_file_location(f"exercise_{file.parent.name}_{file.stem}", file)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # an author's mistake may be of any kind
        raise validation.does_not_run(file, error) from error
    return module


def _refuse_twins(known: list[ExerciseEntry]) -> None:
    seen: dict[str, Path] = {}
    for entry in known:
        first = seen.setdefault(entry.path, entry.folder)
        if first != entry.folder:
            says = f"{entry.path} is there twice, also as {at(first)}"
            validation.refuse(at(entry.folder), says, hint="rename one of the two folders")
