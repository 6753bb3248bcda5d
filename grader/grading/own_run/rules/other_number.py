"""Finds what a training does rightly but for one number: its rate, or how many epochs."""

from collections.abc import Iterator, Sequence

from grader.engines.compare import same_number
from grader.engines.observation import number_in
from grader.exercises.training import TrainingTask
from grader.sandbox.trace import Training

MOST = 4  # rates, and counts, that are tried
LONGEST = 20  # times as many epochs as asked


def with_other_number(task: TrainingTask, trainings: Sequence[Training]) -> Iterator[TrainingTask]:
    """Yield a task with each rate, and then with each number of epochs, that trainings show.

    Args:
        task: that was asked.
        trainings: of a run. One whose loss does not fall shows none.
    """
    learning = [one for one in trainings if one.made > 1 and one.losses[-1] < one.losses[0]]
    rates = dict.fromkeys(f"{rate:.9g}" for one in learning for rate in _rates(one))
    for rate in [float(one) for one in rates][:MOST]:
        if rate > 0 and not same_number(rate, task.rate):
            yield task._replace(rate=rate)
    counts = dict.fromkeys(divmod(one.made, len(task.examples)) for one in learning)
    whole = [epochs for epochs, left in counts if not left and epochs != task.epochs]
    for epochs in whole[:MOST]:
        if epochs <= LONGEST * task.epochs:
            yield task._replace(epochs=epochs)


def _rates(training: Training) -> Iterator[float]:
    """Yield the rates at which leaves move in the first step."""
    first, second = training.passes[:2]
    later = {leaf.id: leaf for leaf in second.leaves}
    for leaf in first.leaves:
        gradient = number_in(leaf.after, 0.0)
        if gradient and leaf.id in later and later[leaf.id].data != leaf.data:
            yield (number_in(leaf.data, 0.0) - number_in(later[leaf.id].data, 0.0)) / gradient
