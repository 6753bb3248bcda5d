"""The Trace of a recorded run: what is known of it, in the form in which runs are judged."""

from collections.abc import Mapping

from grader.engines.observation import NUMBER, Answer
from grader.sandbox.recording.passes import RecordedLeaf, RecordedPass, RecordedTraining
from grader.sandbox.recording.record import Record
from grader.sandbox.recording.shares import NOTICED
from grader.sandbox.recording.starts import LeafOrigins, moving, starts_of
from grader.sandbox.trace import HeldNode, HeldTree, Leaf, Moment, Pass, Trace, Training

MOST_ROWS = 2_000  # beyond, the first and the last passes alone are told
FIRST, LAST = 40, 8


def recorded_trace(record: Record, moments: tuple[Moment, ...]) -> Trace:
    """Return the Trace of a run.

    Args:
        record: of what it did.
        moments: its variables, as its process tells of them: nodes that held something else than
            that are left out.
    """
    record.passes.pause()
    trainings, origins = record.passes.trainings, record.origins
    return Trace(
        tuple(_recorded_moment(moment, origins) for moment in moments),
        tuple(map(_training, trainings)),
        starts_of(trainings, origins),
    )


def _recorded_moment(moment: Moment, origins: LeafOrigins) -> Moment:
    """Return a moment as the record has it, without what was not so."""
    held = {name: _recorded(one, origins) for name, one in moment.variables.items()}
    return moment._replace(variables={name: one for name, one in held.items() if one is not None})


def _recorded(held: HeldTree, origins: LeafOrigins) -> "HeldTree | None":
    if isinstance(held, Answer):
        return held
    if isinstance(held, HeldNode):
        children = origins.children(held.id, held.data.value, held.grad.value)
        return None if children is None else held._replace(children=children)
    if isinstance(held, Mapping):
        entries = {key: _recorded(one, origins) for key, one in held.items()}
        return {key: one for key, one in entries.items() if one is not None}
    items = (_recorded(one, origins) for one in held)
    return tuple(one for one in items if one is not None)


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
        program=training.graph.looking_at(moving(training)) if training.graph else None,
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
