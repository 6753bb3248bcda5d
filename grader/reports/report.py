"""What grading gives: a Report and its parts, text and numbers already, and the same as JSON.

The types have the fields of the JSON, one for one; `python -m tests.schema` writes the JSON Schema
from them. They are NamedTuples: dataclasses would cost every run of `grade` 20 ms to import.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from math import isfinite
from typing import Any, Literal, NamedTuple, Self, TypeAlias

from grader.engines.text import LONGEST_PROGRAM, visible

SCHEMA: Literal["grade/report/1"] = "grade/report/1"
TRACK_SCHEMA: Literal["grade/track/1"] = "grade/track/1"

Shown: TypeAlias = float | str
"""A finite number, or text: "nan", "inf", "-inf", "raises TypeError: …", "a list of 3"."""


class Outcome(StrEnum):
    """How a check came out."""

    PASSED = "passed"
    FAILED = "failed"  # the submission is wrong, and we can show where
    SKIPPED = "skipped"  # an earlier check failed, so this one was not asked
    BROKEN = "broken"  # the grader is at fault; never costs a student points


class Contradiction(ValueError):
    """A result that says two things at once."""


class SourceLine(NamedTuple):
    """A line of the submission: its file or cell, its number from 1, its function, its text."""

    file: str
    line: int
    function: str
    text: str


class Counterexample(NamedTuple):
    """The smallest Program found that shows the fault, what it should print and what it prints.

    Attributes:
        source: to paste below the submission.
        expected: oracle → what it should print.
        got: what it prints.
        where: the line that raises, where one does.
        note: what is to be known of the example besides, that there was no time for a smaller one
            say; empty as a rule.
    """

    source: str
    expected: Mapping[str, Shown]
    got: Shown
    where: SourceLine | None = None
    note: str = ""


class Diagnosis(NamedTuple):
    """The cause of what is wrong: a misconception that answers alike, or a place in the source.

    Attributes:
        id: of the misconception, or of the kind of fault.
        says: what is wrong.
        hint: a question that leads to it.
        where: the line at fault, where an edit of the submission shows it.
        edit: that edit, the old lines and the new ones; for staff alone, empty otherwise.
    """

    id: str
    says: str
    hint: str
    where: SourceLine | None = None
    edit: str = ""


class HeldValue(NamedTuple):
    """What a node should hold, and what the submission's does."""

    expected: Shown
    got: Shown


class Node(NamedTuple):
    """A node of a graph, on both sides.

    Attributes:
        name: as in the Program, or the expression where it has none.
        expression: what makes it, "a - b" say.
        operation: the operator or method that made it, "-" say; empty for an input.
        operands: the names of the nodes that it was made from, twice where it uses one twice.
        data: its value.
        grad: its gradient, where a pass was asked.
        state: "right"; "first wrong"; "follows from it", wrong because one before it is; or "wrong
            as well", wrong by itself.
    """

    name: str
    expression: str
    operation: str
    operands: tuple[str, ...]
    data: HeldValue
    grad: HeldValue | None
    state: Literal["right", "first wrong", "follows from it", "wrong as well"]


class Share(NamedTuple):
    """What a node should receive along one edge of the graph, and of which node's gradient."""

    source: str
    share: float


class Frame(NamedTuple):
    """Lines of the submission that stand together.

    Attributes:
        file: the file or cell.
        function: whose lines they are.
        start: the number of the first, from 1.
        lines: their texts.
        marked: the number of the one to look at.
    """

    file: str
    function: str
    start: int
    lines: tuple[str, ...]
    marked: int


class WrongNode(NamedTuple):
    """The first node of a graph that is wrong: values from the inputs on, gradients from the root.

    Attributes:
        name: the node.
        field: what of it is wrong.
        expected: what it should hold.
        got: what it holds.
        made_by: the operation that gave the value, or sent the gradient; empty where none is to
            blame.
        says: what should have arrived from where, and what did.
        shares: what should have arrived; empty for a value, and where passes overlap.
        nodes: every node, in the order of the Program.
        where: the lines of the submission that did it, where they are known.
    """

    name: str
    field: Literal["data", "grad"]
    expected: Shown
    got: Shown
    made_by: str
    says: str
    shares: tuple[Share, ...]
    nodes: tuple[Node, ...]
    where: Frame | None = None


class LossPoint(NamedTuple):
    """The loss before a step, numbered from 1, on both sides; None where one made no such step."""

    step: int
    expected: Shown | None
    got: Shown | None


class Spot(NamedTuple):
    """A place in the plane of two parameters."""

    x: float
    y: float


class Plane(NamedTuple):
    """The way of a training's two parameters.

    Attributes:
        names: of both.
        expected: where each step should begin, and the last should end.
        got: where steps begin, and the last ends; long trainings are known at both ends alone.
        minimisers: where the loss is least: one spot, or two that the line goes through; empty
            where the loss is no quadratic of the parameters.
        says: the same in words.
    """

    names: tuple[str, ...]
    expected: tuple[Spot, ...]
    got: tuple[Spot, ...]
    minimisers: tuple[Spot, ...]
    says: str


class LossCurve(NamedTuple):
    """A training beside the one that was asked, from the same start and in the same order.

    Attributes:
        points: the losses: of each of the first steps, then of one in so many.
        made: how many steps were made.
        asked: how many were asked.
        differs_at: the first step that is not as asked; None where all are.
        rate: the learning rate asked.
        implied_rate: the one that the differing step was made with, where it went along the
            gradient at all.
        suggests: what that step looks like, in words; empty where it looks like nothing known.
        plane: the way of the parameters, where there are two.
    """

    points: tuple[LossPoint, ...]
    made: int
    asked: int
    differs_at: int | None
    rate: float
    implied_rate: float | None
    suggests: str
    plane: Plane | None = None


class CheckFields(NamedTuple):
    """The fields of a CheckResult.

    `further` holds the other misconceptions by which it is wrong, where two meet in one check.
    """

    id: str
    title: str
    outcome: Outcome
    score: float
    max_score: float
    visibility: Literal["public", "hidden"] = "public"
    message: str = ""
    counterexample: Counterexample | None = None
    first_wrong_node: WrongNode | None = None
    diagnosis: Diagnosis | None = None
    training: LossCurve | None = None
    further: tuple[Diagnosis, ...] = ()


class CheckResult(CheckFields):
    """How one check came out, and what there is to show for it; it cannot contradict itself."""

    __slots__ = ()

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Refuse a result that says two things at once."""
        self = super().__new__(cls, *args, **kwargs)
        if self.outcome is Outcome.PASSED and self.score != self.max_score:
            raise Contradiction(f"{self.id} passed with {self.score} of {self.max_score}")
        if self.outcome is not Outcome.PASSED and not self.message:
            raise Contradiction(f"{self.id} {self.outcome} with nothing to show for it")
        if self.outcome in (Outcome.FAILED, Outcome.SKIPPED) and self.score >= self.max_score > 0:
            raise Contradiction(f"{self.id} {self.outcome} with full points")
        if self.outcome is Outcome.BROKEN and self.score < self.max_score:
            raise Contradiction(f"{self.id} is the grader's fault, and costs points")
        if self.outcome is Outcome.PASSED and (self.counterexample or self.diagnosis):
            raise Contradiction(f"{self.id} passed, and shows a fault")
        if self.visibility == "hidden" and any(_asked_by(self)):
            raise Contradiction(f"{self.id} is hidden, and shows what it asks")
        if self.further and not self.diagnosis:
            raise Contradiction(f"{self.id} has a further diagnosis, and no first one")
        return self

    @classmethod
    def _make(cls, iterable: Iterable[Any]) -> Self:  # type: ignore[override]
        return cls(*iterable)  # `_replace` uses it, and must not get round the refusal


def _asked_by(result: CheckFields) -> tuple[object, ...]:
    return result.counterexample, result.first_wrong_node, result.training


class HandedIn(NamedTuple):
    """Which submission was graded: the file's name, the SHA-256 of its bytes, and its kind."""

    name: str
    sha256: str
    kind: Literal["script", "notebook"]


class ReportFields(NamedTuple):
    """The fields of a Report.

    `by_hand` says why somebody has to look at the submission, whatever its score; empty as a rule.
    """

    schema: Literal["grade/report/1"]
    exercise: str
    title: str
    submission: HandedIn
    score: float
    max_score: float
    passed: bool
    checks: tuple[CheckResult, ...]
    notes: tuple[str, ...]
    oracles: tuple[str, ...]
    isolation: Literal["full", "container", "limits"]
    seed: int
    duration_s: float
    by_hand: str = ""


class Report(ReportFields):
    """Everything that grading one submission against one exercise gave."""

    __slots__ = ()

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Make every text visible, and refuse totals that are not those of the checks."""
        self = super().__new__(cls, *_inert(args), **_inert(kwargs))
        if abs(self.score - sum(check.score for check in self.checks)) > 1e-9:
            raise Contradiction(f"{self.exercise}: the score is not the sum of the checks'")
        if abs(self.max_score - sum(check.max_score for check in self.checks)) > 1e-9:
            raise Contradiction(f"{self.exercise}: the points are not the sum of the checks'")
        if self.passed != all(check.outcome is Outcome.PASSED for check in self.checks):
            raise Contradiction(f"{self.exercise}: passed is {self.passed}, the checks differ")
        return self

    @classmethod
    def _make(cls, iterable: Iterable[Any]) -> Self:  # type: ignore[override]
        return cls(*iterable)  # `_replace` uses it, and must not get round the refusal


class TrackFields(NamedTuple):
    """The fields of a TrackReport."""

    schema: Literal["grade/track/1"]
    track: str
    submission: HandedIn
    score: float
    max_score: float
    passed: bool
    reports: tuple[Report, ...]


class TrackReport(TrackFields):
    """One submission against every exercise of a track."""

    __slots__ = ()

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Make every text visible."""
        return super().__new__(cls, *_inert(args), **_inert(kwargs))

    @classmethod
    def _make(cls, iterable: Iterable[Any]) -> Self:  # type: ignore[override]
        return cls(*iterable)  # as for a Report


def _inert(part: Any) -> Any:
    """Return a part of a report with every text in it visible, whoever made it."""
    if isinstance(part, str):
        return part if isinstance(part, Outcome) else visible(part)
    if isinstance(part, Counterexample):
        shown = visible(part.source, LONGEST_PROGRAM, lines=True)
        return Counterexample(shown, *map(_inert, part[1:]))
    if isinstance(part, Diagnosis):
        shown = visible(part.edit, LONGEST_PROGRAM, lines=True)
        whole = Diagnosis._make(map(_inert, part))
        return whole._replace(edit=shown)
    if isinstance(part, tuple) and not isinstance(part, Report):  # a Report is visible already
        parts = map(_inert, part)
        return part._make(parts) if hasattr(part, "_make") else tuple(parts)
    if isinstance(part, Mapping):
        return {_inert(name): _inert(value) for name, value in part.items()}
    return part


def track_report(track: str, reports: Sequence[Report]) -> TrackReport:
    """Return the reports of a track's exercises, at least one, with their total."""
    return TrackReport(
        TRACK_SCHEMA,
        track,
        reports[0].submission,
        sum(report.score for report in reports),
        sum(report.max_score for report in reports),
        all(report.passed for report in reports),
        tuple(reports),
    )


def worst_outcome(report: Report) -> Outcome:
    """Return the worst outcome of an exercise's checks, passed where there is none."""
    outcomes = {check.outcome for check in report.checks}
    bad = (Outcome.FAILED, Outcome.BROKEN, Outcome.SKIPPED)
    return next((outcome for outcome in bad if outcome in outcomes), Outcome.PASSED)


def shown(number: float) -> Shown:
    """Return `number` as JSON can hold it: itself, or "nan", "inf", "-inf"."""
    return number if isfinite(number) else str(number)
