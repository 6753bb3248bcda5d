"""Finds the cause of a wrong training in its own loop: the edit that makes the run right."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from grader.engines.observation import Place
from grader.exercises.exercise import Check
from grader.feedback.repair.cause import LocatedCause, SourceText, causes
from grader.feedback.repair.conventions import conventions
from grader.feedback.repair.edit import CandidateEdit, Pieces, edited
from grader.feedback.repair.outline import PieceText, outline
from grader.feedback.repair.rules.loops.loop_edits import loop_edits
from grader.feedback.repair.rules.loops.loop_task import LoopTask
from grader.feedback.repair.search import Found
from grader.grading.answers import Answers
from grader.grading.check_result import is_unexplained
from grader.grading.gradable import Gradable
from grader.grading.repairs.engine_repairs import (
    RepairOptions,
    source_files,
    with_causes,
)
from grader.reports.report import CheckResult
from grader.submissions.submission import Submission

if TYPE_CHECKING:
    from grader.grading.own_run.checks import OwnRunChecks
    from grader.grading.own_run.run_result import RunResult
    from grader.sandbox.trace import Trace

STEPS_A_RUN = 8_000  # so many steps of a search it costs to run a submission once
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


class TrainingRepairs:
    """The search for the causes in one submission's trainings."""

    def __init__(
        self, submission: Submission, subject: Gradable, own_run: "OwnRunChecks | None"
    ) -> None:
        """Prepare.

        Args:
            submission: what was handed in.
            subject: the same submission, which has run.
            own_run: the checks of its run, which are judged; None where there are none.
        """
        self._submission = submission
        self._subject = subject
        self._own_run = own_run
        own = source_files(submission)[-max(1, len(submission.cells)) :]
        self._files = [file for file, _ in own]
        self._pieces: Pieces = tuple(text for _, text in own)

    def explained(
        self,
        results: Sequence[CheckResult],
        checks: Sequence[Check],
        answers: Answers,
        options: RepairOptions,
    ) -> tuple[CheckResult, ...]:
        """Return results with the causes of wrong trainings that no misconception explains.

        Args:
            results: of all checks.
            checks: those checks.
            answers: what the runs came to.
            options: of the search.
        """
        found: dict[str, Sequence[LocatedCause]] = {}
        if self._own_run is None:
            return tuple(results)
        for check, result in zip(checks, results, strict=True):
            run = answers.run_results.get(check.id)
            if run is None or not check.is_public or not is_unexplained(result):
                continue
            if run.place is not None and not self._subject.killed:
                mended = partial(self._is_mended, self._own_run, check, run.place)
                source = TrainingSource(self._pieces, self._files, self._own_run.engine, mended)
                found[check.id] = self._causes(
                    training_cause(check, run, source, options.steps), options
                )
        return tuple(with_causes(one, found.get(one.id, ())) for one in results)

    def _causes(
        self, found: CandidateEdit | None, options: RepairOptions
    ) -> Sequence[LocatedCause]:
        if found is None:
            return ()
        text = SourceText(self._pieces, self._files, self._submission.line, options.for_staff)
        after = edited(self._pieces, found.edits)
        return causes(Found((found,), (frozenset({0}),), 0, after), text)

    def _is_mended(
        self, own_run: "OwnRunChecks", check: Check, place: Place, after: Pieces
    ) -> bool:
        source = after[0] if self._submission.kind == "script" else list(after)

        def run(name: str | None, zeroes: bool) -> "Trace | None":
            return self._subject.trace_of_edit(source, name, zeroes=zeroes)

        return own_run.is_mended(check, place, run)


def training_cause(
    check: Check, result: "RunResult", source: TrainingSource, most_steps: int
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


def _candidates(
    check: Check, result: "RunResult", source: TrainingSource
) -> Iterator[CandidateEdit]:
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
        rule = run.task.rule
        limits = [one for one in (rule.clip_norm, rule.clip_value) if one is not None]
        task = LoopTask(tuple(run.task.start), run.task.rate, run.task.epochs)
        return task._replace(constants=dict(rule.constants), limits=limits)
    return LoopTask((), None, run.descent.steps) if run.descent else None


def _label(result: "RunResult") -> str:
    """Return where a training goes wrong first: its label, or the word for what is wrong."""
    at = result.mismatch.at if result.mismatch else 0
    looks = result.expected.program.observed
    return next((look.label for look in looks if look.at == at), result.observation.detail)
