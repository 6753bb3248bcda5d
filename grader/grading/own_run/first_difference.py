"""Says where a training goes wrong first, in a student's words."""

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

from grader.engines.observation import number_in
from grader.exercises.training import TrainingTask
from grader.grading.own_run.comparison import ComparedTraining
from grader.grading.own_run.rules.moves import Move, gone_by, moves_of
from grader.sandbox.trace import Leaf


def first_difference(task: TrainingTask, compared: ComparedTraining) -> str:
    """Return a clause on the first thing that is not as asked.

    Args:
        task: what was asked.
        compared: a training that differs from it.
    """
    parameters, training, steps = compared.parameters, compared.training, compared.target.steps
    if not parameters:
        return _lost(training.losses)
    grown = [done.nodes for done in training.passes if done.nodes]
    still = [name for name, one in parameters.items() if not one.moves]
    if len(still) == len(parameters) and len(set(grown)) > 1:
        return (
            f"the graph grows from {grown[0]} to {grown[1]} nodes at the first step:"
            f" {' and '.join(still)} have become results"
        )
    if len(still) == len(parameters):
        return f"{' and '.join(still)} keep their values through all {training.made} steps"
    if still:
        gradient = number_in(parameters[still[0]].first.after)
        return f"{still[0]} keeps its value in every step, though its gradient is {gradient:g}"
    difference = _first_wrong(task, compared)
    if training.made == len(steps):
        return difference
    made, asked = training.made + compared.skipped, len(steps) + compared.skipped
    count = f"{made} steps were made, {asked} were asked"
    return f"{difference}; {count}" if difference else count


def _lost(losses: Sequence[float]) -> str:
    """Say why no parameter can be found: numbers went wrong, or the graph does not reach one."""
    number, loss = next((one for one in enumerate(losses, 1) if not isfinite(one[1])), (0, 0.0))
    if not number:
        return "the graph below the loss holds no parameter: it is cut somewhere before"
    says = f"the loss of step {number} is {loss:g}"
    cause = f": what step {number - 1} has made of a parameter is no finite number"
    return says + cause if number > 1 else says


def _first_wrong(task: TrainingTask, compared: ComparedTraining) -> str:
    mismatch, target = compared.mismatch, compared.target
    if mismatch is None or mismatch.got is None:
        return ""
    got, want = number_in(mismatch.got), number_in(compared.expected.want.answers[mismatch.at])
    for number, step in enumerate(target.steps, 1 + compared.skipped):
        if mismatch.at == step.loss:
            return f"the loss of step {number} is {got:.7g}, expected {want:.7g}"
        for name, at in step.grad.items():
            if at == mismatch.at:
                return f"{name}.grad is {got:.7g} in step {number}, expected {want:.7g}"
        for name, at in step.data.items():
            if at == mismatch.at:
                before = compared.parameters[name].leaves.get(number - 1 - compared.skipped)
                moved = _Moved(name, number - 1, got, want)
                return _in_words(task, before, moved) + _by_rule(task, compared)
    name = next(name for name, at in target.end.items() if at == mismatch.at)
    return f"{name} is {got:.10g} at the end, expected {want:.10g}" + _by_rule(task, compared)


class _Moved(NamedTuple):
    """A step of one parameter: where it ends, and where it should have ended."""

    name: str
    step: int
    got: float
    want: float


def _in_words(task: TrainingTask, before: Leaf | None, moved: _Moved) -> str:
    """Say how a step went wrong: by what a parameter moved, and by what it should have."""
    name, number, got, want = moved
    if before is None:
        return f"{name} is {got:.7g} after step {number}"
    gradient, by = number_in(before.after), got - number_in(before.data)
    if not task.rule.is_plain:
        step = want - number_in(before.data)
        return f"step {number} moves {name} by {by:.7g}; expected {step:.7g}"
    implied = f", a rate of {-by / gradient:.4g}" if gradient else ""
    step = -task.rate * gradient
    return f"step {number} moves {name} by {by:.7g}{implied}; expected {step:.7g}"


def _by_rule(task: TrainingTask, compared: ComparedTraining) -> str:
    """Say what the steps go by, where it is another rule than the one asked."""
    says = gone_by(task.rule, task.rate, _moves(compared))
    return f": {says}" if says and not (task.rule.is_plain and "rate" in says) else ""


def _moves(compared: ComparedTraining) -> Sequence[Move]:
    parameters = compared.parameters.values()
    leaves, ends = [one.leaves for one in parameters], [one.end for one in parameters]
    return moves_of(leaves, ends, compared.training.made)
