"""Refuses a check that the reference engine cannot answer, by what it lacks and on which line."""

from collections.abc import Callable
from typing import Any

from grader.engines.observation import OTHER, Answer, Fault, Observation
from grader.engines.oracles.textbook import NAMES
from grader.engines.program import Program
from grader.errors import at, nearest
from grader.exercises.check_recorder import lines_of, record
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import first_oracle, program_of
from grader.exercises.validation import refuse

LACKS = ("AttributeError", "NameError")
LOOK_AT_PARTS = "look at the numbers in it: numbers_of(p), or p[0].data"
LOOK_AT_NUMBERS = "look at the numbers that it holds: .data, .grad"


def refuse_unanswerable(exercise: Exercise) -> None:
    """Refuse a check or an advisory that asks what the reference engine cannot answer.

    Raises:
        BrokenExercise: it asks for a name that the engine has not, makes it raise, or looks at
            something that cannot be compared.
    """
    oracle = first_oracle(exercise)
    programs = [(check.function, program_of(check)) for check in exercise.checks]
    programs += [(one.function, record(one.function)) for one in exercise.advisories]
    trainings = {one.function for one in exercise.checks if one.own_run and one.own_run.is_training}
    for function, program in programs:
        observation = oracle.answer(program)
        if function in trainings:
            continue
        if observation.fault is not None and observation.step is not None:
            _refuse_fault(function, program, observation.step, observation.fault, exercise)
        _refuse_what_cannot_be_compared(function, program, observation)


def _refuse_fault(
    function: Callable[..., Any], program: Program, index: int, fault: Fault, exercise: Exercise
) -> None:
    """Refuse a check because of what it makes the reference engine raise."""
    place, name = _place(function, index), program.steps[index].name
    known = {one.name for one in exercise.definitions}
    if fault.type in LACKS and repr(name) in fault.message and name not in known:
        says = f"the check {function.__name__} asks for {name}"
        if hasattr(NAMES["Value"], name):
            kind = fault.message.partition("'")[2].partition("'")[0]
            hint = "data and gradients are plain numbers here; a slope of a slope can be asked as"
            hint += " what a function of the submission's returns, defined in oracle.py"
            refuse(place, f"{says} of what is a {kind} of the reference engine", hint=hint)
        where = at(exercise.folder / "oracle.py")
        near = nearest(name, (*dir(NAMES["Value"]), *known))
        hint = f"did you mean {near}? " if near else ""
        hint += f"Define it in {where}: `grade new TRACK/NAME --with-oracle` shows the form"
        if program.steps[index].kind in ("read", "write"):
            hint = (
                "read what it has, data or grad, or give the object a class of its own in oracle.py"
            )
        refuse(place, f"{says}, and the reference engine has no {name}", hint=hint)
    if fault.place is not None:
        says = f"{name} raises {fault.type}: {fault.message}"
        hint = f"the check {function.__name__} calls it so: {place}"
        refuse(at(fault.place.file, fault.place.line), says, hint=hint)
    says = f"the reference engine raises {fault.type} here: {fault.message}"
    refuse(place, says, hint="a check can ask what the reference engine, or oracle.py, answers")


def _refuse_what_cannot_be_compared(
    function: Callable[..., Any], program: Program, observation: Observation
) -> None:
    for label, index in program.observed:
        answer = observation.answers.get(index)
        if answer is not None and answer.kind == OTHER:
            says = f"the check {function.__name__} looks at {label!r}, which is {answer.value}"
            refuse(_place(function, index), says, hint=_cure(answer))


def _cure(answer: Answer) -> str:
    is_list = str(answer.value).startswith(("a list", "a tuple"))
    return LOOK_AT_PARTS if is_list else LOOK_AT_NUMBERS


def _place(function: Callable[..., Any], index: int) -> str:
    lines = lines_of(function)
    return at(function.__code__.co_filename, lines[index] if index < len(lines) else 0)
