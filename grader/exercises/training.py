"""A Lesson: what a training exercise asks, and the Program that trains as it asks.

The check describes one forward pass. Gradient descent around it is ours: pass after pass, backward,
a step against the gradient, gradients back to zero.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from grader.engines.program import Observed, Program
from grader.exercises.check_recorder import Given, Recorded, Recorder, index_of

Example: TypeAlias = tuple[float, ...]


class Lesson(NamedTuple):
    """What a training exercise asks.

    Attributes:
        start: parameter → the value it starts at, by the sheet; a submission may choose another.
        examples: what is learned from, once each in every epoch.
        epochs: how many.
        rate: the learning rate.
        other_ways: points for the right end by another way than the one asked.
        uses: an operation that belongs in the graph, and others that may stand there for it, by
            their names in lower case. Where the numbers need not show it, a right engine does.
        kink: whether the model has a corner, at which any slope between its sides' is right.
    """

    start: Mapping[str, float]
    examples: tuple[Example, ...]
    epochs: int
    rate: float
    other_ways: float = 0.0
    uses: tuple[str, ...] = ()
    kink: bool = False

    def order(self) -> list[Example]:
        """Return the examples in the order of the sheet, one for each pass."""
        return list(self.examples) * self.epochs


class Step(NamedTuple):
    """Where a Program looks at one pass: at each parameter, at the loss, at each gradient."""

    data: Mapping[str, int]
    loss: int
    grad: Mapping[str, int]


class Course(NamedTuple):
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
    steps: tuple[Step, ...]
    end: Mapping[str, int]
    left: Mapping[str, int]


def course(
    model: Callable[..., object],
    lesson: Lesson,
    start: Mapping[str, float] | None = None,
    order: Sequence[Example] | None = None,
) -> Course:
    """Return the Program that trains `model`.

    Args:
        model: a check's function: engine, parameters, one example → the loss.
        lesson: what is asked.
        start: parameter → where it starts, if not where the lesson says.
        order: the example of each pass, if not as the lesson says.

    Raises:
        BrokenExercise: the model branches on a recorded value, or gives no loss.
    """
    code = getattr(model, "__code__")  # noqa: B009  (a function, which Callable does not promise)
    recorder = Recorder(code)
    engine = Given(recorder, code.co_varnames[0])
    held = {name: engine(value) for name, value in {**lesson.start, **(start or {})}.items()}
    order = lesson.order() if order is None else order
    steps = [_pass(model, engine, held, lesson.rate, example) for example in order]
    end = {name: _read(node, "data") for name, node in held.items()}
    left = {name: _read(node, "grad") for name, node in held.items()}
    observed = [
        Observed(label, at)
        for number, step in enumerate(steps, 1)
        for label, at in _labels(step, number)
    ]
    observed += [Observed(f"{name} at the end", at) for name, at in end.items()]
    names = {index_of(node): name for name, node in held.items()}
    program = Program(tuple(recorder.steps), tuple(observed), names)
    return Course(program, tuple(order), tuple(steps), end, left)


def started(asked: Course, start: Mapping[str, float]) -> Program:
    """Return the Program of a course with its parameters starting elsewhere."""
    steps = list(asked.program.steps)
    at = {name: index for index, name in asked.program.names.items()}
    for name, value in start.items():
        steps[at[name]] = steps[at[name]]._replace(operands=(value,))
    return asked.program._replace(steps=tuple(steps))


def _pass(
    model: Callable[..., object],
    engine: Given,
    held: Mapping[str, Recorded],
    rate: float,
    example: Example,
) -> Step:
    data = {name: _read(node, "data") for name, node in held.items()}
    loss = model(engine, *held.values(), *(engine(value) for value in example))
    if not isinstance(loss, Recorded):
        engine._recorder.refuse("gives no loss", "return the loss of one example")
    loss.backward()
    looked = _read(loss, "data")
    grad = {name: _read(node, "grad") for name, node in held.items()}
    for name, node in held.items():
        recorder = engine._recorder
        node.data = Recorded(recorder, data[name]) - rate * Recorded(recorder, grad[name])
    for node in held.values():
        node.grad = 0.0
    return Step(data, looked, grad)


def _read(node: Recorded, name: str) -> int:
    return index_of(getattr(node, name))


def _labels(step: Step, number: int) -> list[tuple[str, int]]:
    looks = [(f"{name} before step {number}", at) for name, at in step.data.items()]
    looks.append((f"the loss of step {number}", step.loss))
    return looks + [(f"{name}.grad in step {number}", at) for name, at in step.grad.items()]
