"""Finds and validates the exercises in `exercises/<track>/<nn_name>/`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, NamedTuple

from grader.errors import AmbiguousExercise, BrokenExercise, TrackNotExercise, UnknownExercise
from grader.exercise import Advisory, Check, Exercise, Mutant

HOME = Path(__file__).parent.parent / "exercises"
NUMBERED = re.compile(r"\d+_(?P<name>\w+)")
FORMS: Mapping[str, tuple[type | UnionType, str]] = {
    "title": (str, 'title = "…"'),
    "points": (int | float, "points = …"),
    "given": (int | float, "given = …"),
    "taught": (list, 'taught = ["…"]'),
    "after": (list, 'after = ["…"]'),
    "accepts": (dict, 'accepts = { __pow__ = ["…"] }'),
}
FILES = ("exercise.toml", "prompt.md", "starter.py", "solution.py", "checks.py", "mutants.py")


class Entry(NamedTuple):
    """An exercise's place in the catalogue, before any of its files is opened."""

    track: str
    name: str
    folder: Path

    @property
    def path(self) -> str:
        """The full name, "my475/ex9"."""
        return f"{self.track}/{self.name}"


def entries(home: Path = HOME) -> list[Entry]:
    """Return every exercise in `home`, track by track, in the order of their numbers."""
    return [
        Entry(track.name, matched["name"], folder)
        for track in sorted(path for path in home.iterdir() if path.is_dir())
        for folder in sorted(track.iterdir(), key=_number)
        if (matched := NUMBERED.fullmatch(folder.name)) and folder.is_dir()
    ]


def _number(folder: Path) -> tuple[int, str]:
    digits = folder.name.partition("_")[0]
    return (int(digits) if digits.isdecimal() else 0, folder.name)


def tracks(home: Path = HOME) -> list[str]:
    """Return the names of the tracks, in order."""
    return sorted({entry.track for entry in entries(home)})


def find(name: str, home: Path = HOME) -> Entry:
    """Return the exercise called `name`, "my475/ex9" or any unique short form.

    Raises:
        UnknownExercise: there is none; the hint names the nearest.
        AmbiguousExercise: the short name fits more than one.
        TrackNotExercise: it is the name of a track.
    """
    known = entries(home)
    of_track = [entry.path for entry in known if entry.track == name]
    if of_track:
        raise TrackNotExercise(name, of_track)
    fits = [entry for entry in known if name in (entry.path, entry.name)]
    if not fits:
        raise UnknownExercise(name, [entry.name for entry in known] + [e.path for e in known])
    if len(fits) > 1:
        raise AmbiguousExercise(name, [entry.path for entry in fits])
    return fits[0]


def following(entry: Entry, home: Path = HOME) -> Entry | None:
    """Return the exercise that comes next in the track of `entry`, or None after the last."""
    track = [other for other in entries(home) if other.track == entry.track]
    rest = track[track.index(entry) + 1 :]
    return rest[0] if rest else None


def load(entry: Entry) -> Exercise:
    """Return the exercise at `entry`, with its checks, as they stand in its files.

    Raises:
        BrokenExercise: a file is missing or contradicts another; the message names it.
    """
    missing = [name for name in FILES if not (entry.folder / name).is_file()]
    if missing:
        raise BrokenExercise(
            f"{entry.folder}: {missing[0]} is missing", hint=f"an exercise has {', '.join(FILES)}"
        )
    about = _about(entry.folder / "exercise.toml")
    module = _module(entry.folder / "checks.py")
    checks = tuple(value for value in vars(module).values() if isinstance(value, Check))
    advisories = tuple(value for value in vars(module).values() if isinstance(value, Advisory))
    exercise = Exercise(
        track=entry.track,
        name=entry.name,
        title=str(about["title"]),
        points=float(about["points"]),
        given=float(about.get("given", 0)),
        after=tuple(about.get("after", ())),
        taught=tuple(about.get("taught", ())),
        accepts={wanted: tuple(others) for wanted, others in about.get("accepts", {}).items()},
        folder=entry.folder,
        checks=checks,
        advisories=advisories,
    )
    _validate(exercise)
    return exercise


def prompt(entry: Entry) -> str:
    """Return the task, as Markdown."""
    return _text(entry.folder / "prompt.md")


def starter(entry: Entry) -> str:
    """Return the file that a student may begin with."""
    return _text(entry.folder / "starter.py")


def solution(exercise: Exercise) -> str:
    """Return the source of the exercise's solution."""
    return _text(exercise.folder / "solution.py")


def variants(entry: Entry) -> dict[str, str]:
    """Return right submissions in other styles: file name → source.

    They are kept with the track, or with the exercise where it asks for more than an engine.
    """
    own = entry.folder / "variants"
    folder = own if own.is_dir() else entry.folder.parent / "variants"
    return {file.stem: _text(file) for file in sorted(folder.glob("*.py"))}


def mutants(exercise: Exercise) -> tuple[Mutant, ...]:
    """Return the exercise's mutants.

    Raises:
        BrokenExercise: `mutants.py` defines none, or two of one id.
    """
    file = exercise.folder / "mutants.py"
    listed = getattr(_module(file), "MUTANTS", ())
    found = tuple(listed) if isinstance(listed, (list, tuple)) else ()
    if not found or not all(isinstance(mutant, Mutant) for mutant in found):
        raise BrokenExercise(f"{file}: defines no MUTANTS", hint="MUTANTS = [Mutant(…), …]")
    _refuse_twins(file, "mutants", [mutant.id for mutant in found])
    return found


def _about(file: Path) -> dict[str, Any]:
    try:
        about = tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        raise BrokenExercise(f"{file}: {error}", hint="see exercises/README.md") from error
    for key, (form, example) in FORMS.items():
        if key in ("title", "points") and key not in about:
            raise BrokenExercise(f"{file}: {key} is missing", hint=example)
        if key in about and not isinstance(about[key], form):
            raise BrokenExercise(f"{file}: {key} is of the wrong type", hint=example)
    for wanted, others in about.get("accepts", {}).items():
        if not isinstance(others, list):
            raise BrokenExercise(
                f"{file}: accepts.{wanted} is not a list", hint=f'{wanted} = ["{others}"]'
            )
    return about


def _module(file: Path) -> ModuleType:
    """Return the module in `file`, an exercise author's, under a name that clashes with none."""
    spec = spec_from_file_location(f"exercise_{file.parent.name}_{file.stem}", file)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # an author's mistake may be of any kind
        raise BrokenExercise(
            f"{file} does not run: {type(error).__name__}: {error}", hint="run `python` on it"
        ) from error
    return module


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenExercise(f"{file}: cannot be read: {error}", hint="save it as UTF-8") from error


def _validate(exercise: Exercise) -> None:
    file = exercise.folder / "checks.py"
    if not exercise.checks:
        raise BrokenExercise(f"{file}: has no check", hint="see exercises/README.md")
    _refuse_twins(file, "checks", exercise.ids())
    for asked in exercise.checks:
        if not asked.title:
            raise BrokenExercise(
                f"{file}: the check {asked.id} has no docstring",
                hint="its first line is what the student reads",
            )
        unknown = [
            getattr(needed, "id", needed) for needed in asked.after if needed not in exercise.checks
        ]
        if unknown:
            raise BrokenExercise(
                f"{file}: the check {asked.id} comes after {unknown[0]}, which is not here",
                hint="name a check of this file",
            )
    total = sum(asked.points for asked in exercise.checks)
    if abs(total - exercise.points) > 1e-9:
        raise BrokenExercise(
            f"{file}: the checks' points add up to {total:g}, exercise.toml says "
            f"{exercise.points:g}",
            hint="change one of them",
        )


def _refuse_twins(file: Path, what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise BrokenExercise(f"{file}: two {what} are called {id_}", hint="rename one")
        seen.add(id_)
