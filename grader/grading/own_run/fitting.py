"""Finds the leaves of a training that are its parameters, and the order of its examples."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from grader.engines.compare import same_number
from grader.engines.observation import NUMBER, Answer, number_in
from grader.exercises.training import Example, TrainingTask
from grader.grading.own_run.comparison import ComparedTraining, Parameters, compare_training
from grader.grading.own_run.corner import past_corner
from grader.grading.own_run.parameters import values_at_start
from grader.grading.own_run.training_oracle import Start, TrainingOracle
from grader.sandbox.trace import Training

MOST_WAYS = 12


def best_fit(
    oracle: TrainingOracle, training: Training, ways: Sequence[Parameters]
) -> ComparedTraining:
    """Return a training, compared with the parameters and the order that fit it best.

    Where x is 1, the first pass does not tell a weight from a bias.

    Args:
        oracle: of the training that was asked.
        training: as the run left it behind.
        ways: in which leaves of it can be the parameters, the likely first; may be none.
    """
    ways = ways or [{}]
    fits = [_first_pass_fit(oracle, training, way) for way in ways]
    likely = [way for way, fit in zip(ways, fits, strict=True) if fit == max(fits)]
    return _longest_right(_best_order(oracle, training, way) for way in likely[:MOST_WAYS])


def _longest_right(attempts: Iterable[ComparedTraining]) -> ComparedTraining:
    """Return the one that is right longest; none is made after one that is all right."""
    best: ComparedTraining | None = None
    for compared in attempts:
        best = best if best and best.right_until >= compared.right_until else compared
        if best.mismatch is None:
            break
    assert best is not None
    return best


def _best_order(
    oracle: TrainingOracle, training: Training, parameters: Parameters
) -> ComparedTraining:
    start = values_at_start(parameters)
    known = _examples_by_leaves(oracle.task, training, parameters)
    best = _longest_right(
        compare_training(oracle, training, parameters, oracle.program(start, order))
        for order in _orders(oracle, training, start, known)
    )
    later = past_corner(oracle, best) if oracle.task.kink and best.mismatch else None
    return later or best


def _first_pass_fit(oracle: TrainingOracle, training: Training, way: Parameters) -> int:
    """Return a count of what is right in the first pass if these leaves are the parameters."""
    start = values_at_start(way)
    best = 0
    for single in oracle.single_passes().values():
        answers, (step,) = oracle.answers(single, start), single.steps
        right = [_same(answers[step.grad[name]], one.first.after) for name, one in way.items()]
        best = max(best, sum(right) + _same(answers[step.loss], training.passes[0].loss))
    return 2 * best + sum(one.moves for one in way.values())


def _examples_by_leaves(
    task: TrainingTask, training: Training, parameters: Parameters
) -> dict[int, Example]:
    """Return the example behind each pass whose leaves tell it: the numbers of it and no other."""
    moved = {leaf.id for one in parameters.values() for leaf in one.leaves.values()}
    known: dict[int, Example] = {}
    for one in training.passes:
        held = {leaf.data.value for leaf in one.leaves if leaf.id not in moved}
        fits = [example for example in task.examples if held.issuperset(example)]
        if len(fits) == 1:
            known[one.number] = fits[0]
    return known


def _orders(
    oracle: TrainingOracle, training: Training, start: Start, known: Mapping[int, Example]
) -> Iterator[list[Example]]:
    """Yield orders of the examples worth trying: the sheet's, the reverse, the run's own."""
    task = oracle.task
    yield task.order()
    if len(task.examples) > 1:
        yield list(task.examples[::-1]) * task.epochs
        yield _own_order(oracle, training, start, known)


def _own_order(
    oracle: TrainingOracle, training: Training, start: Start, known: Mapping[int, Example]
) -> list[Example]:
    """Return the order in which leaves and losses show the examples, each once an epoch.

    Where the leaves do not tell, it is the example whose loss is nearest. Near the end the losses
    of both are the same within the tolerance, and one of them is right to the last digit.
    """
    order: list[Example] = []
    left: list[Example] = []
    sheet, passes = oracle.task.order(), oracle.single_passes()
    for number, loss in enumerate(training.losses[: len(sheet)], 1):
        left = left or list(oracle.task.examples)
        answers = {one: oracle.answers(passes[one], start) for one in left}
        losses = {one: answers[one][passes[one].steps[0].loss] for one in left}
        example = known.get(number) or _nearest(losses, loss)
        if example is None or example not in left:
            break
        left.remove(example)
        order.append(example)
        ends = passes[example].end.items()
        start = {name: number_in(answers[example][at]) for name, at in ends}
    return order + left + sheet[len(order) + len(left) :]


def _nearest(losses: Mapping[Example, Answer], own: float) -> Example | None:
    """Return the example whose loss is a run's own; of several the one that is nearest to it."""
    fits = [one for one, loss in losses.items() if _same(loss, Answer(NUMBER, own))]
    return min(fits, key=lambda one: abs(number_in(losses[one]) - own), default=None)


def _same(want: Answer, got: Answer) -> bool:
    return want.kind == got.kind == NUMBER and same_number(number_in(want), number_in(got))
