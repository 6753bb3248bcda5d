"""Every Program that an exercise asks: its checks', each in several layouts, and random ones."""

from collections.abc import Callable, Mapping

from grader.engines.memo import Memo
from grader.engines.oracles.textbook import OF_LISTS, Textbook
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Check, Exercise
from grader.exercises.random.scalar_programs import TaughtOperations, scalar_program, taught_by
from grader.sandbox.engine_class import USUAL, usual_name

DEFAULT_SEED = 12345
STRIDE = 1_000_003
LAYOUTS = 4
_PROGRAMS: Memo[Check, Program] = Memo()


def fresh_seed() -> int:
    """Return a seed that nobody knew before: what is asked by it cannot be looked up."""
    from secrets import randbelow  # everyone's seed is no secret

    return randbelow(1 << 31)


def programs(exercise: Exercise, seed: int = DEFAULT_SEED) -> dict[str, Program]:
    """Return every Program of an exercise.

    Args:
        exercise: from the catalogue.
        seed: for the random ones.

    Returns:
        The id of a check or advisory → what it asks; "id@1", "id@2", … → the same in other layouts;
        "id#1", "id#2", … → random graphs that a check asks besides, each in one of LAYOUTS.

    Raises:
        BrokenExercise: a check cannot be recorded.
    """
    fixed = {check.id: program_of(check) for check in exercise.checks}
    fixed |= {advisory.id: record(advisory.function) for advisory in exercise.advisories}
    laid_out = {
        f"{check.id}@{layout}": fixed[check.id]._replace(layout=layout)
        for check in exercise.checks
        for layout in range(1, check.layouts)
    }
    taught = taught_in(exercise)
    names = {name for program in fixed.values() for name in program.takes()}
    engine = usual_name(names) or USUAL[0]
    random = {
        f"{check.id}#{number}": random_program(seed * STRIDE + number, taught)
        .taking(USUAL[0], engine)
        ._replace(layout=number % LAYOUTS)
        for check in exercise.checks
        for number in range(1, check.random + 1)
    }
    return fixed | laid_out | random


def taught_in(exercise: Exercise) -> TaughtOperations:
    """Return what random Programs of an exercise may use, its author's definitions included."""
    defined = {*OF_LISTS, *(one.name for one in exercise.definitions)}.intersection(exercise.taught)
    taught = taught_by([name for name in exercise.taught if name not in defined])
    if not defined:
        return taught
    from grader.exercises.random.own_calls import all_calls  # most exercises define nothing

    own = all_calls(sorted(defined), exercise.definitions, map(program_of, exercise.checks))
    return taught._replace(methods=(*taught.methods, *sorted(defined)), own=own)


def first_oracle(exercise: Exercise) -> Textbook:
    """Return the reference engine, with what an exercise's author has defined."""
    if not exercise.definitions:
        return Textbook()
    from grader.engines.oracles.definition import textbook_with

    return textbook_with(exercise.definitions)


def random_program(seed: int, taught: TaughtOperations) -> Program:
    """Return a random Program: over Tensors where Functions have been taught, else over Values.

    Args:
        seed: the same seed gives the same Program, on every machine.
        taught: what it may use.
    """
    if not taught.functions:
        return scalar_program(seed, taught)
    from grader.exercises.random.array_programs import array_program  # most exercises need none

    return array_program(seed, taught)


def with_other_numbers(
    exercise: Exercise,
    known: Mapping[str, Program],
    seed: int,
    is_fit: Callable[[Program], bool],
) -> dict[str, Program]:
    """Return what the checks of an exercise ask of an engine, each with other numbers.

    Args:
        exercise: from the catalogue.
        known: what it asks, see `programs`.
        seed: for the numbers.
        is_fit: see `other_numbers`.

    Returns:
        "id~" → the Program; a check that writes down no number, or none that fits, has none.
    """
    from grader.exercises.random.other_numbers import other_numbers  # everyone's seed asks none

    of_engine = [check for check in exercise.checks if check.own_run is None]
    others = {
        f"{check.id}~": other_numbers(known[check.id], seed * STRIDE + place, is_fit)
        for place, check in enumerate(of_engine)
    }
    return {key: program for key, program in others.items() if program is not None}


def check_of(key: str) -> str:
    """Return the id of the check or advisory that asks the Program of this key."""
    return key.partition("#")[0].partition("@")[0].removesuffix("~")


def program_of(check: Check) -> Program:
    """Return the Program of a check: of a training, the one that starts and goes as the sheet says.

    Of a training of any shape nothing can be asked: its Program is empty.
    """
    return _PROGRAMS.of(check, _recorded)


def _recorded(check: Check) -> Program:
    if check.own_run is not None and check.own_run.task is not None:
        from grader.exercises.training import training_program  # most exercises have none

        return training_program(check.function, check.own_run.task).program
    if check.own_run is not None and check.own_run.descent is not None:
        return Program((), ())
    return record(check.function)
