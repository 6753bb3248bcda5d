"""Refuses an exercise whose files contradict one another, each time that it is loaded.

What takes longer than a student should wait is in `lint`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from sys import float_info
from types import UnionType
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from grader.engines.program import ENGINES
from grader.errors import BrokenExercise, at, install_command, is_ours, nearest
from grader.exercises.exercise import Advisory, Check, Exercise, Mutant, Visibility
from grader.exercises.late_policy import LatePolicy, NoDate, with_offset
from grader.exercises.source_lines import (
    bare_function,
    line_in,
    line_of_argument,
    line_of_error,
    line_of_key,
    line_of_mutant,
    twin_function,
)
from grader.sandbox.protocol.limits import MOST, Allowance

if TYPE_CHECKING:
    from grader.exercises.optimizers.training_numbers import Flaw

PAGE = 'see "exercise.toml" in the documentation'
FORMS: Mapping[str, tuple[type | UnionType, str]] = {
    "title": (str, 'title = "…"'),
    "points": (int | float, "points = 3"),
    "given": (int | float, "given = 1"),
    "taught": (list, 'taught = ["…"]'),
    "after": (list, 'after = ["…"]'),
    "by_name": (list, 'by_name = ["data"]'),
    "data": (str, 'data = "any"'),
    "limits": (dict, "limits = { time = 2.0, memory = 2048, output = 1024 }"),
    "forbids": (list, 'forbids = ["usual", "…"]'),
    "late": (dict, "late = { due = 2026-10-10T23:59:00, grace = 10, per_day = 10, cap = 50 }"),
    "accepts": (dict, 'accepts = { __pow__ = ["…"] }'),
}
MOST_POINTS, MOST_PROGRAMS = 1_000_000, 10_000
LONGEST_SHOWN = 60
DATA = ("data", "any")
LIMITS: Mapping[str, tuple[tuple[type, ...], str, float]] = {
    "time": ((int, float), "seconds of CPU", MOST.time_s or 0),
    "memory": ((int,), "megabytes", MOST.memory_mb or 0),
    "output": ((int,), "kilobytes", MOST.output_kb or 0),
}
LATE: Mapping[str, tuple[tuple[type, ...], str]] = {
    "due": ((datetime,), "is a date and time: 2026-10-10T23:59:00"),
    "grace": ((int, float), "counts minutes, 0 or more"),
    "per_day": ((int, float), "counts per cent, 0 or more"),
    "cap": ((int, float), "counts per cent, 0 to 100"),
}
CALLS: Mapping[str, str] = {
    "check": "@check(points=1)",
    "holds": "@holds(points=1)",
    "prints": "@prints(points=1)",
    "trains": '@trains(points=1, start={"w": 2.0}, examples=[(1.0,)], epochs=10, rate=0.1)',
    "descends": "@descends(points=1, parameters=5, steps=10)",
    "Mutant": 'Mutant(id="A1", written="…", replace="…", by="…", says="…", asks="…")',
    "Definition": 'Definition("softplus", plain=softplus, torch=torch_softplus)',
}
FILES = ("exercise.toml", "prompt.md", "starter.py", "solution.py", "checks.py", "mutants.py")


def refuse(place: str, says: str, *, hint: str) -> NoReturn:
    """Raise a BrokenExercise that names a place in an exercise's files."""
    raise BrokenExercise(f"{place}: {says}", hint=hint)


def read(file: Path) -> str:
    """Return the text of an exercise's file."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenExercise(
            f"{at(file)}: cannot be read: {error}", hint="save it as UTF-8"
        ) from error


def refuse_missing_files(folder: Path) -> None:
    """Refuse a folder that lacks a file."""
    for name in FILES:
        if not (folder / name).is_file():
            refuse(at(folder), f"{name} is missing", hint=f"an exercise has {', '.join(FILES)}")


def settings(file: Path) -> dict[str, Any]:
    """Return the settings of an exercise.toml, in the forms that they should have."""
    text = read(file)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = at(file, line_in(str(error), text))
        raise BrokenExercise(f"{place}: {error}", hint=PAGE) from error
    for key in table:
        if key not in FORMS:
            near = nearest(key, FORMS)
            hint = f"did you mean {near}?" if near else f"it may say {', '.join(FORMS)}"
            refuse(at(file, line_of_key(key, text)), f"no key is called {key!r}", hint=hint)
    for key, (form, example) in FORMS.items():
        if key in ("title", "points") and key not in table:
            refuse(at(file, 1), f"{key} is missing", hint=example)
        if key in table and not isinstance(table[key], form):
            refuse(at(file, line_of_key(key, text)), f"{key} is {shown(table[key])}", hint=example)
    if table.get("data", "data") not in DATA:
        place = at(file, line_of_key("data", text))
        refuse(place, f"data is {table['data']!r}", hint=f"it may be {' or '.join(DATA)}")
    _refuse_bad_points(file, text, table)
    _refuse_other_than_names(file, text, table)
    _refuse_bad_limits(file, text, table.get("limits", {}))
    _refuse_bad_late_policy(file, text, table.get("late", {}))
    return table


def allowance(table: Mapping[str, Any]) -> Allowance:
    """Return the limits that an exercise.toml sets a submission."""
    limits = table.get("limits", {})
    return Allowance(limits.get("time"), limits.get("memory"), limits.get("output"))


def late_policy(table: Mapping[str, Any]) -> LatePolicy:
    """Return the late policy of an exercise.toml."""
    late = table.get("late", {})
    due = with_offset(late["due"]) if "due" in late else None
    usual = LatePolicy()
    return LatePolicy(
        due,
        late.get("grace", usual.grace_min),
        late.get("per_day", usual.per_day),
        late.get("cap", usual.cap),
    )


def shown(value: object) -> str:
    """Return a value of a TOML file with its kind, where that is the wrong one."""
    kinds = {str: "a text", bool: "a truth", list: "a list", dict: "a table"}
    text = repr(value) if len(repr(value)) <= LONGEST_SHOWN else ""
    return ", ".join(filter(None, (text, kinds.get(type(value), "of the wrong type"))))


def _refuse_bad_points(file: Path, text: str, table: Mapping[str, Any]) -> None:
    """Refuse points that are none; `given` is what a starter scores, of the exercise's."""
    for key, most in (("points", MOST_POINTS), ("given", table["points"])):
        value = table.get(key, 0)
        if type(value) not in (int, float) or not 0 <= value <= most:
            place = at(file, line_of_key(key, text))
            refuse(place, f"{key} is {value!r}", hint=f"{key} is a number from 0 to {most:,}")


def _refuse_bad_late_policy(file: Path, text: str, late: Mapping[str, Any]) -> None:
    for key, value in late.items():
        place = at(file, line_of_key(key, text))
        if key not in LATE:
            refuse(place, f"late has no {key!r}", hint=f"it has {', '.join(LATE)}")
        forms, form = LATE[key]
        most = 100.0 if key == "cap" else float_info.max
        if type(value) not in forms or (type(value) is not datetime and not 0 <= value <= most):
            shown = value if isinstance(value, date | time) else repr(value)
            refuse(place, f"late.{key} is {shown}", hint=f"{key} {form}")
        if key == "due":
            _refuse_no_moment(place, value)


def _refuse_no_moment(place: str, due: datetime) -> None:
    """Refuse a date that is so near an end of the calendar that a zone leads out of it."""
    try:
        with_offset(due)
    except NoDate as error:
        refuse(place, f"late.due is {due}", hint=error.hint)


def _refuse_bad_limits(file: Path, text: str, limits: Mapping[str, Any]) -> None:
    for key, most in limits.items():
        place = at(file, line_of_key(key, text))
        if key not in LIMITS:
            refuse(place, f"no limit is called {key!r}", hint=f"there are {', '.join(LIMITS)}")
        forms, unit, highest = LIMITS[key]
        too_little = type(most) not in forms or not most > 0
        if too_little or most > highest:
            hint = f"it counts {unit}, {'more than 0' if too_little else f'at most {highest:,.0f}'}"
            refuse(place, f"limits.{key} is {most!r}", hint=hint)


def _refuse_other_than_names(file: Path, text: str, table: Mapping[str, Any]) -> None:
    for method, others in table.get("accepts", {}).items():
        if not _are_names(others):
            place = at(file, line_of_key(method, text))
            refuse(place, f"accepts.{method} is not a list of names", hint=f'{method} = ["…"]')
    for key in ("after", "taught", "by_name", "forbids"):
        if not _are_names(table.get(key, [])):
            place = at(file, line_of_key(key, text))
            refuse(place, f"{key} is not a list of names", hint=f'{key} = ["…"]')
    for name in table.get("forbids", []):
        if not name.isidentifier():
            place = at(file, line_of_key("forbids", text))
            hint = f"name the package alone: {name.partition('.')[0]}"
            refuse(place, f"forbids names {name!r}, which is no package's name", hint=hint)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def does_not_run(file: Path, error: BaseException) -> BrokenExercise:
    """Return the BrokenExercise that says what an author's file raised, and on which line."""
    says = f"{type(error).__name__}: {getattr(error, 'msg', error)}"
    if isinstance(error, SystemExit):
        says = "it ends the program"
    place = at(file, line_of_error(error, str(file)))
    if isinstance(error, BrokenExercise):
        return BrokenExercise(f"{place}: {error.message}", hint=error.hint)
    return BrokenExercise(f"{place}: does not run: {says}", hint=_cure(error))


def _cure(error: BaseException) -> str:
    """Return what to do about what an author's file raised."""
    name, says = getattr(error, "name", None), str(error)
    if isinstance(error, ModuleNotFoundError) and name in ("numpy", "torch"):
        return install_command(name)
    if isinstance(error, NameError) and is_ours(name):
        return f"from grader import {name}"
    for called, form in CALLS.items():
        if isinstance(error, TypeError) and says.startswith((f"{called}(", f"{called}.__new__(")):
            return f"write it as {form}"
    return "run `python` on it"


def refuse_contradictions(exercise: Exercise) -> None:
    """Refuse checks that cannot be asked, or do not add up."""
    file = exercise.folder / "checks.py"
    if not exercise.checks:
        refuse(at(file, 1), "has no check", hint='see "A first exercise" in the documentation')
    _refuse_twins(file, exercise)
    for check in exercise.checks:
        place = place_of(check, file)
        if not check.title:
            hint = "its first line is what the student reads"
            refuse(place, f"the check {check.id} has no docstring", hint=hint)
        _refuse_bad_fields(check, place)
        _refuse_graphs_of_nothing(check, exercise, file)
        _refuse_bad_order(check, exercise.checks, place)
        if check.own_run is not None and check.own_run.is_training:
            from grader.exercises.optimizers.training_numbers import flaw_of_numbers  # few train

            refuse_flaw(check, flaw_of_numbers(check), file)
    for advisory in exercise.advisories:
        if not isinstance(advisory.says, str) or advisory.when not in ("differs", "agrees"):
            says = f"the advisory {advisory.id} says {advisory.says!r} when {advisory.when!r}"
            hint = 'advisory(says="…", when="differs"), or "agrees"'
            refuse(place_of(advisory, file), says, hint=hint)
    _refuse_points(exercise)


def _refuse_bad_fields(check: Check, place: str) -> None:
    """Refuse what Python takes for any argument, and nobody can grade by."""
    if type(check.points) not in (int, float) or not 0 <= check.points <= MOST_POINTS:
        says = f"the check {check.id} is worth {check.points!r}"
        refuse(place, says, hint=f"points is a number from 0 to {MOST_POINTS:,}")
    if check.visibility not in get_args(Visibility):
        says = f"the check {check.id} has visibility {check.visibility!r}"
        refuse(place, says, hint=f"it may be {' or '.join(get_args(Visibility))}")
    for name, number in (("random", check.random), ("layouts", check.layouts)):
        if type(number) is not int or not 0 <= number <= MOST_PROGRAMS:
            says = f"the check {check.id} has {name} {number!r}"
            refuse(place, says, hint=f"{name} counts, from 0 to {MOST_PROGRAMS:,}")


def _refuse_graphs_of_nothing(check: Check, exercise: Exercise, file: Path) -> None:
    """Refuse random graphs where no operation has been taught that they could use."""
    if check.random and not {*exercise.taught} - {"numbers", "broadcasting"}:
        place = at(file, line_of_argument(check.id, "random", read(file)) or 1)
        says = f"the check {check.id} asks random graphs, and taught names no operation for them"
        refuse(place, says, hint='name some in exercise.toml: taught = ["add", "mul"]')


def refuse_flaw(check: Check, flaw: "Flaw | None", file: Path) -> None:
    """Refuse a training that has a flaw, by the line of what is to be changed."""
    if flaw is None:
        return
    line = line_of_argument(check.function.__name__, flaw.argument, read(file))
    place = at(file, line) if line else place_of(check, file)
    refuse(place, f"the training {check.id} cannot be asked: {flaw.says}", hint=flaw.hint)


def place_of(check: Check | Advisory, file: Path) -> str:
    """Return the file and line of a check or an advisory."""
    code = getattr(check.function, "__code__", None)
    return at(file, code.co_firstlineno if code else 1)


def refuse_twin_functions(exercise: Exercise) -> None:
    """Refuse two functions of one name: the second silently takes the first one's place."""
    file = exercise.folder / "checks.py"
    twins = twin_function(read(file))
    if twins:
        name, first, second = twins
        says = f"two functions are called {name}, and the one on line {first} is lost"
        refuse(at(file, second), says, hint="rename one")


def refuse_bad_mutants(file: Path, mutants: Iterable[Mutant]) -> None:
    """Refuse a mutant of which a field is no text."""
    for number, mutant in enumerate(mutants, start=1):
        for name, value in mutant._asdict().items():
            if not isinstance(value, str):
                place = at(file, line_of_mutant(mutant.id, read(file)))
                refuse(place, f"{name} of the mutant {number} is {value!r}", hint=f'{name}="…"')


def refuse_twin_mutants(file: Path, ids: Iterable[str]) -> None:
    """Refuse two mutants of one id."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            place = at(file, line_of_mutant(id_, read(file), nth=2))
            refuse(place, f"two mutants are called {id_}", hint="rename one")
        seen.add(id_)


def _refuse_twins(file: Path, exercise: Exercise) -> None:
    seen: set[str] = set()
    every: list[Check | Advisory] = [*exercise.checks, *exercise.advisories]
    for one in every:
        if one.id in seen:
            refuse(place_of(one, file), f"two checks are called {one.id}", hint="rename one")
        seen.add(one.id)


def _refuse_bad_order(check: Check, known: tuple[Check, ...], place: str) -> None:
    for needed in check.after:
        if not any(needed is other for other in known):
            name = getattr(needed, "id", needed)
            says = f"the check {check.id} comes after {name}, which is not here"
            is_text = not hasattr(needed, "id") and name in [one.id for one in known]
            hint = f"without quotes: after={name}" if is_text else "name a check of this file"
            refuse(place, says, hint=hint)
    circle = _circle(check)
    if circle:
        says = f"the check {check.id} comes after itself: {' after '.join(circle)}"
        refuse(place, says, hint="take one `after` out")


def _circle(start: Check) -> list[str]:
    """Return the ids of checks from one back to itself, each after the next; [] where none leads.

    Such a way can only be built by hand: a decorator names checks that exist already. Each check is
    left once, however many ways lead to it.
    """
    ways, left = [[start]], {id(start)}
    while ways:
        way = ways.pop()
        for needed in reversed(way[-1].after):
            if needed is start:
                return [check.id for check in (*way, start)]
            if id(needed) not in left:
                left.add(id(needed))
                ways.append([*way, needed])
    return []


def _refuse_points(exercise: Exercise) -> None:
    total = sum(check.points for check in exercise.checks)
    if abs(total - exercise.points) <= 1e-9:
        return
    refuse_twin_functions(exercise)  # a lost function's points would be missing from the sum
    file = exercise.folder / "exercise.toml"
    says = f"points is {exercise.points:g}, and the checks' points add up to {total:g}"
    refuse(at(file, line_of_key("points", read(file))), says, hint=_cure_of_points(exercise))


def _cure_of_points(exercise: Exercise) -> str:
    """Return what to do about points that do not add up: a check may lack its decorator."""
    bare = bare_function(read(exercise.folder / "checks.py"), ENGINES)
    if bare is None:
        return "change one of them"
    return f"change one of them, or put @check(points=…) above {bare[0]}, on line {bare[1]}"
