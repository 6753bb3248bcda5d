"""Finds the leaves of a training that are its parameters, and the order of its examples."""

from collections.abc import Iterable, Sequence

from grader.engines.compare import same_number
from grader.engines.observation import NUMBER, Answer, number_in
from grader.exercises.training import Example
from grader.grading.own_run.comparison import ComparedTraining, Parameters, compare_training
from grader.grading.own_run.corner import past_corner
from grader.grading.own_run.parameters import values_at_start
from grader.grading.own_run.training_oracle import Start, TrainingOracle
from grader.sandbox.trace import Training

MOST_WAYS = 4


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
    best = _longest_right(
        compare_training(oracle, training, parameters, oracle.program(start, order))
        for order in _orders(oracle, training, start)
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


def _orders(oracle: TrainingOracle, training: Training, start: Start) -> list[list[Example]]:
    """Return orders of the examples worth trying: the sheet's, the reverse, the run's own."""
    task = oracle.task
    sheet = task.order()
    if len(task.examples) == 1:
        return [sheet]
    reverse = list(task.examples[::-1]) * task.epochs
    return [sheet, reverse, _order_by_losses(oracle, training, start)]


def _order_by_losses(oracle: TrainingOracle, training: Training, start: Start) -> list[Example]:
    """Return the order in which the losses show the examples, each once an epoch."""
    order: list[Example] = []
    left: list[Example] = []
    sheet, passes = oracle.task.order(), oracle.single_passes()
    for loss in training.losses[: len(sheet)]:
        left = left or list(oracle.task.examples)
        answers = {one: oracle.answers(passes[one], start) for one in left}
        own = Answer(NUMBER, loss)
        fits = [one for one in left if _same(answers[one][passes[one].steps[0].loss], own)]
        if not fits:
            break
        example = fits[0]
        left.remove(example)
        order.append(example)
        ends = passes[example].end.items()
        start = {name: number_in(answers[example][at]) for name, at in ends}
    return order + left + sheet[len(order) + len(left) :]


def _same(want: Answer, got: Answer) -> bool:
    return want.kind == got.kind == NUMBER and same_number(number_in(want), number_in(got))
