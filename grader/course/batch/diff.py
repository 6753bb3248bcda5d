"""The differences between two gradings of a course: scores, and the checks behind them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from grader.course.marks import Mark, ScoredCheck

Key: TypeAlias = tuple[str, str]
"""A student's key, and an exercise."""


class MarkChange(NamedTuple):
    """The change of a student's mark in an exercise.

    Attributes:
        student: the name, or the key.
        exercise: its path.
        before: the score; None where there was none.
        after: the score; None where there is none.
        checks: the checks that came out otherwise: id, outcome before, outcome after.
    """

    student: str
    exercise: str
    before: float | None
    after: float | None
    checks: tuple[tuple[str, str, str], ...]


class Differences(NamedTuple):
    """The differences between two gradings.

    Attributes:
        changes: by student, then exercise.
        compared: how many marks are in both.
        gone: who is in the first alone.
        new: who is in the second alone.
    """

    changes: tuple[MarkChange, ...]
    compared: int
    gone: tuple[str, ...]
    new: tuple[str, ...]


def differences(before: Iterable[Mark], after: Iterable[Mark]) -> Differences:
    """Return the differences of the second grading from the first."""
    one, other = _by_key(before), _by_key(after)
    both = [key for key in one if key in other]
    changes = [_change(one[key], other[key]) for key in both]
    return Differences(
        tuple(change for change in changes if change.checks or change.before != change.after),
        len(both),
        tuple(_only(one, other)),
        tuple(_only(other, one)),
    )


def _by_key(marks: Iterable[Mark]) -> dict[Key, Mark]:
    return {(mark.student.key, mark.exercise): mark for mark in marks}


def _only(one: Mapping[Key, Mark], other: Mapping[Key, Mark]) -> list[str]:
    return [f"{_name(mark)} in {mark.exercise}" for key, mark in one.items() if key not in other]


def _change(before: Mark, after: Mark) -> MarkChange:
    checks = tuple(_otherwise(before.checks, after.checks))
    return MarkChange(_name(after), after.exercise, before.score, after.score, checks)


def _otherwise(
    before: Sequence[ScoredCheck], after: Sequence[ScoredCheck]
) -> Iterable[tuple[str, str, str]]:
    """Yield the checks that came out otherwise, "" for what a check that is not there came to."""
    one = {check.check: check.outcome for check in before}
    other = {check.check: check.outcome for check in after}
    for name in {**one, **other}:
        if one.get(name, "") != other.get(name, ""):
            yield name, one.get(name, ""), other.get(name, "")


def _name(mark: Mark) -> str:
    return mark.student.name or mark.student.key
