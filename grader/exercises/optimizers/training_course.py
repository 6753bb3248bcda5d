"""Finds what makes a training useless as it goes: it stands still, or runs away.

A right training is then not told from a wrong one, or its numbers are too large to be compared.
"""

from collections.abc import Callable, Iterator, Mapping
from math import isfinite

from grader.engines.observation import Observation, number_in
from grader.engines.oracles.textbook import Textbook
from grader.exercises.optimizers.training_numbers import Flaw
from grader.exercises.training import TrainingProgram, TrainingTask, training_program

NOTICED = 1e-9  # a move below this is none
GROWN = 1000.0  # a loss that has become so many times as large has run away
ASIDE = (1.0, -1.0, 0.5, 2.0)  # from a start at which nothing moves
RATES = (0.1, 0.01, 0.001, 1e-4, 1e-5, 1e-6)


def flaw_of_course(
    model: Callable[..., object], task: TrainingTask, oracle: Textbook
) -> Flaw | None:
    """Return what makes a training useless, None where it learns.

    Args:
        model: a check's function, which makes the loss of an example.
        task: the training that is asked; its numbers are in order.
        oracle: the first one.
    """

    def flaw(other: TrainingTask) -> Flaw | None:
        return _flaw(other, training_program(model, other), oracle)

    found = flaw(task)
    if found is None:
        return None
    for cure, other in _others(task, found.argument):
        if flaw(other) is None:
            return found._replace(hint=cure)
    return found


def _flaw(task: TrainingTask, training: TrainingProgram, oracle: Textbook) -> Flaw | None:
    seen = oracle.answer(training.program)
    if seen.fault is not None:
        says = f"the reference engine raises {seen.fault.type}: {seen.fault.message}"
        return Flaw("", says, "a training can use what the reference engine, or oracle.py, has")
    losses = [number_in(seen.answers.get(step.loss)) for step in training.steps]
    if not isfinite(losses[0]):
        says = f"the loss is {losses[0]} where it starts, at {dict(task.start)}"
        return Flaw("start", says, "let it start where the loss is a number")
    return _run_away(task, losses) or _still(task, training, seen, losses)


def _run_away(task: TrainingTask, losses: list[float]) -> Flaw | None:
    """Return the flaw of losses that end at no number, or far above those of the first epoch."""
    hint = "a smaller rate"
    for number, loss in enumerate(losses, 1):
        if not isfinite(loss):
            return Flaw("rate", f"it runs away: the loss of step {number} is {loss}", hint)
    count = len(task.examples)
    first, last = max(losses[:count]), max(losses[-count:])
    if last > GROWN * max(first, NOTICED):
        says = f"it runs away: the loss goes from {first:.4g} to {last:.4g} in {len(losses)} steps"
        return Flaw("rate", says, hint)
    return None


def _still(
    task: TrainingTask, training: TrainingProgram, seen: Observation, losses: list[float]
) -> Flaw | None:
    """Return the flaw of a start from which a parameter never moves: at a minimum, say."""
    moves = {name: _furthest(name, start, training, seen) for name, start in task.start.items()}
    still = [name for name, move in moves.items() if not move > NOTICED]
    if not still:
        return None
    if len(still) < len(moves):
        says = f"{' and '.join(still)} never moves: its gradient is 0 in each step"
        return Flaw("start", says, "let it start elsewhere, or leave it out")
    says = (
        f"it stands still: at {dict(task.start)} the loss is {losses[0]:.4g}, and each gradient"
        " is 0, so that there is nothing to descend"
    )
    return Flaw("start", says, "let it start elsewhere")


def _furthest(name: str, start: float, training: TrainingProgram, seen: Observation) -> float:
    """Return how far a parameter gets from its start."""
    places = [*(step.data[name] for step in training.steps), training.end[name]]
    return max(abs(number_in(seen.answers.get(at)) - start) for at in places)


def _others(task: TrainingTask, argument: str) -> Iterator[tuple[str, TrainingTask]]:
    """Yield what may be written in the place of an argument, with the training that it makes."""
    if argument == "rate":
        for rate in RATES:
            if rate < task.rate:
                yield f"a smaller rate: rate={rate:g}", task._replace(rate=rate)
    if argument == "start":
        for move in ASIDE:
            start: Mapping[str, float] = {name: at + move for name, at in task.start.items()}
            shown = ", ".join(f'"{name}": {at:g}' for name, at in start.items())
            yield f"let it start elsewhere: start={{{shown}}}", task._replace(start=start)
