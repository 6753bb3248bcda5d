"""The Trace of a recorded run: what is known of it, in the form in which runs are judged."""

from grader.engines.observation import NUMBER, Answer
from grader.sandbox.recording.passes import RecordedLeaf, RecordedPass, RecordedTraining
from grader.sandbox.recording.record import Record
from grader.sandbox.recording.shares import NOTICED
from grader.sandbox.trace import Leaf, Moment, Pass, Trace, Training

MOST_ROWS = 30_000  # beyond, the first and the last passes alone are told
FIRST, LAST = 40, 8


def recorded_trace(record: Record, moments: tuple[Moment, ...]) -> Trace:
    """Return the Trace of a run.

    Args:
        record: of what it did.
        moments: its variables.
    """
    record.passes.pause()
    return Trace(moments, tuple(map(_training, record.passes.trainings)))


def _training(training: RecordedTraining) -> Training:
    numbered = list(enumerate(training.passes, 1))
    if sum(len(one.rows) for one in training.passes) > MOST_ROWS:
        numbered = numbered[:FIRST] + numbered[FIRST:][-LAST:]
    return Training(
        training.place.place,
        training.place.cell,
        len(training.passes),
        tuple(_pass(number, one) for number, one in numbered),
        tuple(one.loss for one in training.passes),
        {leaf: (_number(data), _number(grad)) for leaf, (data, grad) in training.end.items()},
        frozenset(name.lower() for name in training.operations),
        examples=training.shares.examples,
        forgotten=_forgotten(training),
        program=training.program,
    )


def _pass(number: int, one: RecordedPass) -> Pass:
    return Pass(number, _number(one.loss), one.nodes, tuple(map(_leaf, one.rows)))


def _leaf(row: RecordedLeaf) -> Leaf:
    return Leaf(
        row.lineage,
        row.node,
        row.uses,
        _number(row.data),
        _number(row.before),
        _number(row.after),
    )


def _forgotten(training: RecordedTraining) -> frozenset[int]:
    """Return the leaves that stay as they are, and are made or used like those that move."""
    values: dict[int, set[float]] = {}
    noticed: dict[int, int] = {}
    for one in training.passes:
        for row in one.rows:
            values.setdefault(row.lineage, set()).add(row.data)
            noticed[row.lineage] = noticed.get(row.lineage, 0) + (abs(row.after) > NOTICED)
    moving = {leaf for leaf, held in values.items() if len(held) > 1}
    leaves = {leaf.lineage: leaf for one in training.passes for leaf in one.leaves}
    sites = {leaves[lineage].site for lineage in moving if lineage in leaves} - {0}
    return frozenset(
        lineage
        for lineage, leaf in leaves.items()
        if noticed.get(lineage, 0) > 1
        and lineage not in moving
        and (leaf.site in sites or training.shares.are_common(leaf))
    )


def _number(value: float) -> Answer:
    return Answer(NUMBER, value)
