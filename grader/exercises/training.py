"""A training task, and the Program that trains as it asks.

The check describes one forward pass. Gradient descent around it, or another rule, is ours: pass
after pass, backward, a step against the gradient, gradients back to zero.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from grader.engines.memo import Memo
from grader.engines.program import ObservedStep, Program
from grader.errors import BrokenExercise
from grader.exercises.check_recorder import (
    RecordedValue,
    Recorder,
    TakenName,
    index_of,
    recorder_of,
)
from grader.exercises.optimizers.rule import SGD, Descent, Number, Rule

Example: TypeAlias = tuple[float, ...]


class TrainingTask(NamedTuple):
    """The training that an exercise asks for.

    Attributes:
        start: parameter → the value it starts at, by the sheet; a submission may choose another.
        examples: what is learned from, once each in every epoch.
        epochs: how many.
        rate: the learning rate.
        other_ways: points for the right end by another way than the one asked.
        uses: an operation that belongs in the graph, and others that may stand there for it, by
            their names in lower case. Where the numbers need not show it, a right engine does.
        kink: whether the model has a corner, at which any slope between its sides' is right.
        rule: by which a step is made from the gradients.
        one_number_free: the rate may be another, or the number of epochs, where the loss falls.
    """

    start: Mapping[str, float]
    examples: tuple[Example, ...]
    epochs: int
    rate: float
    other_ways: float = 0.0
    uses: tuple[str, ...] = ()
    kink: bool = False
    rule: Rule = SGD
    one_number_free: bool = False

    def by(self, rule: Rule) -> "TrainingTask":
        """Return the same task by a rule.

        Raises:
            BrokenExercise: at a corner of the model any slope is right, and after it nobody knows
                what a rule has kept.
        """
        if self.kink and not rule.is_plain:
            raise BrokenExercise(
                f"a training with kink=True goes by plain descent, and not by {rule.name}",
                hint="leave out kink, and start where the model has no corner",
            )
        return self._replace(rule=rule)

    def readings(self) -> "Sequence[TrainingTask]":
        """Return the tasks that are as right as this one, it first; see `Rule.readings`."""
        return _READINGS.of(self, _readings)

    def order(self) -> list[Example]:
        """Return the examples in the order of the sheet, one for each pass."""
        return list(self.examples) * self.epochs


_READINGS: Memo[TrainingTask, Sequence[TrainingTask]] = Memo(most=200)


def _readings(task: TrainingTask) -> Sequence[TrainingTask]:
    return [task, *(task._replace(rule=rule) for rule in task.rule.readings()[1:])]


class TrainingStep(NamedTuple):
    """The looks of a Program at one pass: at each parameter, at the loss, at each gradient."""

    data: Mapping[str, int]
    loss: int
    grad: Mapping[str, int]


class TrainingProgram(NamedTuple):
    """A Program that trains, and where it looks: at every pass, and at the parameters' end.

    Attributes:
        program: what an engine is asked.
        order: the example of each pass.
        steps: where it looks at each pass.
        end: parameter → where its last value is read.
        left: parameter → where the gradient is read that is left behind. Many are right; they tell
            one misconception from another.
    """

    program: Program
    order: tuple[Example, ...]
    steps: tuple[TrainingStep, ...]
    end: Mapping[str, int]
    left: Mapping[str, int]


def training_program(
    model: Callable[..., object],
    task: TrainingTask,
    start: Mapping[str, float] | None = None,
    order: Sequence[Example] | None = None,
) -> TrainingProgram:
    """Return the Program that trains `model`.

    Args:
        model: a check's function: engine, parameters, one example → the loss.
        task: the training that is asked for.
        start: parameter → where it starts, if not where the task says.
        order: the example of each pass, if not as the task says.

    Raises:
        BrokenExercise: the model branches on a recorded value, or gives no loss.
    """
    code = getattr(model, "__code__")  # noqa: B009  (a function, which Callable does not promise)
    recorder = Recorder(code)
    engine = TakenName(recorder, code.co_varnames[0])
    nodes = {name: engine(value) for name, value in {**task.start, **(start or {})}.items()}
    order = task.order() if order is None else order
    descent = Descent(task.rule, task.rate, len(nodes))
    steps = [_pass(model, engine, nodes, descent, example) for example in order]
    if task.rule.steps_back:
        _write(nodes, descent.end([node.data for node in nodes.values()]))
    end = {name: _read(node, "data") for name, node in nodes.items()}
    left = {name: _read(node, "grad") for name, node in nodes.items()}
    observed = [
        ObservedStep(label, at)
        for number, step in enumerate(steps, 1)
        for label, at in _labels(step, number)
    ]
    observed += [ObservedStep(f"{name} at the end", at) for name, at in end.items()]
    names = {index_of(node): name for name, node in nodes.items()}
    program = Program(tuple(recorder.steps), tuple(observed), names)
    return TrainingProgram(program, tuple(order), tuple(steps), end, left)


def with_start(training: TrainingProgram, start: Mapping[str, float]) -> Program:
    """Return the Program of a training with its parameters starting elsewhere."""
    at = {name: index for index, name in training.program.names.items()}
    return training.program.with_leaves({at[name]: value for name, value in start.items()})


def _pass(
    model: Callable[..., object],
    engine: TakenName,
    nodes: Mapping[str, RecordedValue],
    descent: Descent,
    example: Example,
) -> TrainingStep:
    data = {name: _read(node, "data") for name, node in nodes.items()}
    loss = model(engine, *nodes.values(), *(engine(value) for value in example))
    if not isinstance(loss, RecordedValue):
        engine._recorder.refuse("gives no loss", "return the loss of one example")
    loss.backward()
    loss_read = _read(loss, "data")
    grad = {name: _read(node, "grad") for name, node in nodes.items()}
    _write(nodes, descent.step(_values(nodes, data), _values(nodes, grad)))
    for node in nodes.values():
        node.grad = 0.0
    return TrainingStep(data, loss_read, grad)


def _values(nodes: Mapping[str, RecordedValue], places: Mapping[str, int]) -> list[RecordedValue]:
    return [RecordedValue(recorder_of(node), places[name]) for name, node in nodes.items()]


def _write(nodes: Mapping[str, RecordedValue], values: Iterable[Number]) -> None:
    for node, value in zip(nodes.values(), values, strict=True):
        node.data = value


def _read(node: RecordedValue, name: str) -> int:
    return index_of(getattr(node, name))


def _labels(step: TrainingStep, number: int) -> list[tuple[str, int]]:
    looks = [(f"{name} before step {number}", at) for name, at in step.data.items()]
    looks.append((f"the loss of step {number}", step.loss))
    return looks + [(f"{name}.grad in step {number}", at) for name, at in step.grad.items()]
