"""Finds the cause of a wrong training in its own loop: the edit that makes the run right."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from grader.exercises.exercise import Check
from grader.feedback.repair.cause import LocatedCause, SourceText, causes
from grader.feedback.repair.conventions import conventions
from grader.feedback.repair.edit import CandidateEdit, Pieces, edited
from grader.feedback.repair.outline import PieceText, outline
from grader.feedback.repair.rules.loops.loop_edits import LoopTask, loop_edits
from grader.feedback.repair.search import Found
from grader.grading.own_run.run_result import RunResult

STEPS_A_RUN = 6_000  # so many steps of a search it costs to run a submission once
USUAL_NAMES = ("data", "grad")


class TrainingSource(NamedTuple):
    """The source of a training, and how it is run with edits.

    Attributes:
        pieces: a script's text, or the cells.
        files: the name of each.
        engine: the name of the engine's class, None where it has none.
        run: runs other pieces, and tells whether the training is right then.
    """

    pieces: Pieces
    files: Sequence[str]
    engine: str | None
    run: Callable[[Pieces], bool]


def training_cause(
    check: Check, result: RunResult, source: TrainingSource, most_steps: int
) -> CandidateEdit | None:
    """Return the edit that makes a training right, None where none does.

    Args:
        check: of a training, which fails.
        result: what its run came to.
        source: where it stands.
        most_steps: how much to try; see `STEPS_A_RUN`.
    """
    tried = _candidates(check, result, source)
    for one, _ in zip(tried, range(most_steps // STEPS_A_RUN), strict=False):
        if source.run(edited(source.pieces, one.edits)):
            return one
    return None


def told(one: CandidateEdit, text: SourceText) -> LocatedCause:
    """Return what is said of an edit that makes a training right."""
    after = edited(text.pieces, one.edits)
    (cause,) = causes(Found((one,), (frozenset({0}),), 0, after), text)
    return cause


def _candidates(check: Check, result: RunResult, source: TrainingSource) -> Iterator[CandidateEdit]:
    place, task = result.place, _task(check)
    if place is None or task is None or place.file not in source.files:
        return
    number = list(source.files).index(place.file)
    own = conventions(outline(source.pieces), source.engine)
    names = (own.data, own.grad) if own else USUAL_NAMES
    edits = loop_edits(PieceText(number, source.pieces[number]), place.line, names, task)
    seen = {source.pieces}
    for one in edits.candidates(_label(result)) if edits else ():
        after = edited(source.pieces, one.edits)
        if after not in seen:
            seen.add(after)
            yield one


def _task(check: Check) -> LoopTask | None:
    run = check.own_run
    if run is None or not run.is_training:
        return None
    if run.task is not None:
        return LoopTask(tuple(run.task.start), run.task.rate, run.task.epochs)
    return LoopTask((), None, run.descent.steps) if run.descent else None


def _label(result: RunResult) -> str:
    """Return where a training goes wrong first: its label, or the word for what is wrong."""
    at = result.mismatch.at if result.mismatch else 0
    looks = result.expected.program.observed
    return next((look.label for look in looks if look.at == at), result.observation.detail)
