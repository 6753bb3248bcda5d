"""The changes between two gradings of one submission: in the points, and in the checks."""

from collections.abc import Sequence
from typing import NamedTuple

from grader.reports.report import CheckResult, Outcome, Report


class CheckChange(NamedTuple):
    """A check that came out otherwise than before, or that fails in another way.

    Attributes:
        exercise: its exercise's full name.
        title: what the check says.
        before: how it came out the time before; None where it was not there.
        now: how it comes out now.
        points: what it brings now, less what it brought before.
    """

    exercise: str
    title: str
    before: Outcome | None
    now: Outcome
    points: float


class Changes(NamedTuple):
    """The changes between two gradings.

    Attributes:
        before: the points of the first.
        now: the points of the second.
        most: the points that there are.
        checks: those that came out otherwise, or fail in another way, in their order.
        notes: whether there are other notes.
    """

    before: float
    now: float
    most: float
    checks: tuple[CheckChange, ...]
    notes: bool

    @property
    def nothing(self) -> bool:
        """Whether both say the same; where a line stands in the file does not count."""
        return not self.checks and not self.notes and self.before == self.now


def changes(before: Sequence[Report], now: Sequence[Report]) -> Changes:
    """Return the changes between two gradings against the same exercises.

    Args:
        before: the first's reports, one an exercise.
        now: the second's.
    """
    checks_before = {(one.exercise, check.id): check for one in before for check in one.checks}
    changed = []
    for one in now:
        for check in one.checks:
            earlier = checks_before.get((one.exercise, check.id))
            if earlier is None or _visible_parts(earlier) != _visible_parts(check):
                changed.append(_change(one.exercise, earlier, check))
    return Changes(
        before=sum(one.score for one in before),
        now=sum(one.score for one in now),
        most=sum(one.max_score for one in now),
        checks=tuple(changed),
        notes=_notes(before) != _notes(now),
    )


def _change(exercise: str, before: CheckResult | None, now: CheckResult) -> CheckChange:
    points = now.score - (before.score if before else 0.0)
    return CheckChange(exercise, now.title, before.outcome if before else None, now.outcome, points)


def _visible_parts(check: CheckResult) -> tuple[object, ...]:
    """Return the parts of a result that a student sees."""
    if check.outcome is Outcome.SKIPPED:
        return (check.outcome,)
    example, wrong = check.counterexample, check.first_wrong_node
    shown = (example.source, str(example.got)) if example else None
    node = (wrong.name, wrong.field, str(wrong.got), wrong.says) if wrong else None
    misconception = check.diagnosis.id if check.diagnosis else None
    return check.outcome, check.score, _without_lines(check.message), shown, node, misconception


def _without_lines(message: str) -> str:
    """Return a message without numbers of lines, which every line above them moves."""
    words = message.split(" ")
    return " ".join(
        "" if word[:1].isdigit() and before in ("line", "lines") else word
        for before, word in zip(["", *words], words, strict=False)
    )


def _notes(reports: Sequence[Report]) -> list[str]:
    return [_without_lines(note) for one in reports for note in one.notes]
