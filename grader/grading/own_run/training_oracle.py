"""Answers of the oracles to a training from any start, over its examples in any order."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from grader.engines.memo import Memo
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

MOST_ORDERS = 64  # of one task's examples: of a shuffled epoch there is one for each student
_BY_ORDER: Memo[TrainingTask, dict[tuple[Example, ...], TrainingProgram]] = Memo(most=200)


class TrainingOracle:
    """Gives the training that a check asks, from another start or in another order."""

    def __init__(
        self, model: Any, task: TrainingTask, ask: AskOracles, precision: str = ""
    ) -> None:
        """Prepare.

        Args:
            model: the check's function, which makes the loss of an example.
            task: the start, the examples and the rate that were asked.
            ask: gives the oracles' answers.
            precision: in which the submission's numbers are held.
        """
        self.precision = precision
        self.task = task
        self.ask = ask
        self._model = model
        self._recorded = _BY_ORDER.of(task, lambda _: {})

    def program(self, start: Start, order: Sequence[Example]) -> TrainingProgram:
        """Return a training; each order is recorded once, as starts differ in numbers alone."""
        examples = tuple(order)
        recorded = self._recorded.get(examples)
        if recorded is None:
            recorded = training_program(self._model, self.task, order=examples)
            if len(self._recorded) < MOST_ORDERS:
                self._recorded[examples] = recorded
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
