"""Answers of the oracles to a training from any start, over its examples in any order."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from grader.engines.memo import Memo, Recent
from grader.engines.observation import Answer, number_in
from grader.engines.oracles.expected import AskOracles
from grader.exercises.training import (
    Example,
    TrainingProgram,
    TrainingTask,
    training_program,
    with_start,
)

Start: TypeAlias = Mapping[str, float]
"""The name of a parameter → what it holds."""

MOST_STEPS = 50_000
"""Trainings of so many steps together are remembered of a task: its usual orders, and the latest
of those that students choose.
"""

Trainings: TypeAlias = Recent[tuple[Example, ...], TrainingProgram]
"""The order of the examples → the training, from whatever start."""

_OF_CHECKS: Memo[TrainingTask, Trainings] = Memo(most=200)


class TrainingOracle:
    """Gives the training that a check asks, from another start or in another order."""

    def __init__(
        self,
        model: Any,
        task: TrainingTask,
        ask: AskOracles,
        precision: str = "",
        *,
        of_check: bool = True,
    ) -> None:
        """Prepare.

        Args:
            model: the check's function, which makes the loss of an example.
            task: the start, the examples and the rate that were asked.
            ask: gives the oracles' answers.
            precision: in which the submission's numbers are held.
            of_check: whether the task is the check's own, which other submissions are asked too.
        """
        self.precision = precision
        self.task = task
        self.ask = ask
        self._model = model
        new = Trainings(MOST_STEPS)
        self._recorded = _OF_CHECKS.of(task, lambda _: new) if of_check else new

    def program(self, start: Start, order: Sequence[Example]) -> TrainingProgram:
        """Return a training; each order is recorded once, as starts differ in numbers alone."""
        examples = tuple(order)
        recorded = self._recorded.get(examples)
        if recorded is None:
            recorded = training_program(self._model, self.task, order=examples)
            self._recorded.keep(examples, recorded, len(recorded.program.steps))
        return recorded._replace(program=with_start(recorded, start))

    def single_passes(self) -> dict[Example, TrainingProgram]:
        """Return a training of one step for each example."""
        return {example: self.program({}, [example]) for example in self.task.examples}

    def answers(self, training: TrainingProgram, start: Start) -> Mapping[int, Answer]:
        """Return the answers to a training's Program from `start`."""
        return self.ask(with_start(training, start)).want.answers

    def losses(self, start: Start) -> list[Answer]:
        """Return the loss of each example where the parameters stand at `start`."""
        passes = self.single_passes().values()
        return [self.answers(one, start)[one.steps[0].loss] for one in passes]

    def total_loss(self, start: Start) -> float:
        """Return the losses of all examples together where the parameters stand at `start`."""
        return sum(map(number_in, self.losses(start)))
