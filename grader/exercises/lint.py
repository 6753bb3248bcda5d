"""Looks through an exercise for what only its author should wait for: `grade verify` does it first.

Every fault is one BrokenExercise that names the file, the line and the cure.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.engines.oracles.textbook import OF_LISTS
from grader.errors import at, nearest
from grader.exercises import catalogue, validation
from grader.exercises.answerable import refuse_unanswerable
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.exercise import Exercise, Mutant
from grader.exercises.exercise_programs import first_oracle, taught_in
from grader.exercises.optimizers.training_course import flaw_of_course
from grader.exercises.random.array_programs import FUNCTIONS
from grader.exercises.random.scalar_programs import EVERYTHING
from grader.exercises.source_lines import line_of_key, line_of_mutant

TEACHABLE = (
    *(*EVERYTHING.operators, *EVERYTHING.methods, "numbers"),
    *(*FUNCTIONS, "broadcasting"),
)
LONGEST_TITLE = 60
PLACES = (0.5, -1.5, 2.0)  # where a `safe` is asked whether it can be


def lint(entry: ExerciseEntry, known: Sequence[ExerciseEntry]) -> Exercise:
    """Return the exercise at `entry`, once nothing in its files contradicts anything.

    Args:
        entry: the exercise.
        known: every exercise there is; those of its track may be named in `after`.

    Raises:
        BrokenExercise: something does; the message gives file and line, the hint the cure.
    """
    exercise = catalogue.load(entry)
    validation.refuse_twin_functions(exercise)
    _refuse_titles(exercise)
    refuse_unanswerable(exercise)
    _refuse_useless_trainings(exercise)
    _refuse_bad_safety(exercise)
    _refuse_untaught(exercise)
    _refuse_order(entry, exercise, [other for other in known if other.track == entry.track])
    _refuse_edits(exercise, catalogue.mutants(exercise))
    return exercise


def _refuse_titles(exercise: Exercise) -> None:
    for check in exercise.checks:
        if len(check.title) > LONGEST_TITLE:
            place = validation.place_of(check, exercise.folder / "checks.py")
            says = f"the check {check.id} has a title of {len(check.title)} characters"
            hint = f"say it in {LONGEST_TITLE}: the docstring's first line is a line of the report"
            validation.refuse(place, says, hint=hint)


def _refuse_useless_trainings(exercise: Exercise) -> None:
    for check in exercise.checks:
        if check.own_run is not None and check.own_run.task is not None:
            flaw = flaw_of_course(check.function, check.own_run.task, first_oracle(exercise))
            validation.refuse_flaw(check, flaw, exercise.folder / "checks.py")


def _refuse_bad_safety(exercise: Exercise) -> None:
    """Refuse a `safe` that takes other operands than the checks give: no random graph would go."""
    for call in taught_in(exercise).own:
        faults = [call.safety([place + at for at in range(call.arity)])[1] for place in PLACES]
        fault, code = faults[0], getattr(call.definition.safe, "__code__", None)
        if fault is not None and code is not None and all(faults):
            place = at(code.co_filename, code.co_firstlineno)
            says = f"safe of {call.step.name} raises {fault.type}: {fault.message}"
            hint = f"it is given what checks give {call.step.name}, a number in place of each node"
            validation.refuse(place, says, hint=hint)


def _refuse_untaught(exercise: Exercise) -> None:
    for name in exercise.taught:
        teachable = (*TEACHABLE, *OF_LISTS, *(one.name for one in exercise.definitions))
        if name not in teachable:
            near = nearest(name, teachable)
            hint = f"did you mean {near}?" if near else f"taught may name {', '.join(teachable)}"
            place = _place_of_key("taught", exercise.folder)
            validation.refuse(place, f"taught names {name!r}, which is unknown", hint=hint)


def _refuse_order(entry: ExerciseEntry, exercise: Exercise, track: Sequence[ExerciseEntry]) -> None:
    place = _place_of_key("after", entry.folder)
    places = {other.name: index for index, other in enumerate(track)}
    for name in exercise.after:
        if name not in places:
            near = nearest(name, places)
            hint = f"did you mean {near}?" if near else f"name one of {entry.track}"
            validation.refuse(place, f"{name!r} is no exercise of {entry.track}", hint=hint)
    circle = _circle(entry.name, {other.name: _after(other) for other in track})
    if circle:
        says = f"the exercise comes after itself: {' after '.join(circle)}"
        validation.refuse(place, says, hint="take one of the names out")
    for name in exercise.after:
        if places[name] > places[entry.name]:
            says = f"{entry.name} comes after {name}, which has a higher number"
            validation.refuse(place, says, hint="number the folders in the order of the track")


def _after(entry: ExerciseEntry) -> list[str]:
    file = entry.folder / "exercise.toml"
    return list(validation.settings(file).get("after", [])) if file.is_file() else []


def _circle(start: str, after: dict[str, list[str]]) -> list[str]:
    """Return the names on the shortest way from `start` back to it, none where there is none."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for name in after.get(way[-1], []):
            if name == start:
                return [*way, name]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _refuse_edits(exercise: Exercise, mutants: Iterable[Mutant]) -> None:
    file = exercise.folder / "mutants.py"
    solution = catalogue.solution(exercise)
    for mutant in mutants:
        times = solution.count(mutant.replace) if mutant.replace else 0
        if times != 1:
            first = mutant.replace.strip().partition("\n")[0]
            place = at(file, line_of_mutant(mutant.id, validation.read(file)))
            says = f"the mutant {mutant.id} replaces {first!r}, which stands {times} times in the"
            hint = "choose a text that stands there exactly once"
            validation.refuse(place, f"{says} solution", hint=hint)


def _place_of_key(key: str, folder: Path) -> str:
    file = folder / "exercise.toml"
    return at(file, line_of_key(key, validation.read(file)))
