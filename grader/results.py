"""What grading gives: a Report and its parts, text and numbers already, and the same as JSON.

The dataclasses have the fields of the JSON, one for one; `python -m tests.schema` writes the JSON
Schema from them.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from math import isfinite
from typing import Any, Literal, TypeAlias

SCHEMA = "grade/report/1"

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


@dataclass(frozen=True)
class SourceLine:
    """A line of the submission: its file or cell, its number from 1, its function, its text."""

    file: str
    line: int
    function: str
    text: str


@dataclass(frozen=True)
class Counterexample:
    """The smallest Program found that shows the fault, what it should print and what it prints."""

    source: str
    expected: Mapping[str, Shown]
    got: Shown
    where: SourceLine | None = None


@dataclass(frozen=True)
class Diagnosis:
    """The misconception that answers as the submission does."""

    id: str
    says: str
    hint: str


@dataclass(frozen=True)
class CheckResult:
    """How one check came out, and what there is to show for it."""

    id: str
    title: str
    outcome: Outcome
    score: float
    max_score: float
    visibility: Literal["public", "hidden"] = "public"
    message: str = ""
    counterexample: Counterexample | None = None
    first_wrong_node: Mapping[str, Shown] | None = None
    diagnosis: Diagnosis | None = None

    def __post_init__(self) -> None:
        """Refuse a result that contradicts itself."""
        if self.outcome is Outcome.PASSED and self.score != self.max_score:
            raise Contradiction(f"{self.id} passed with {self.score} of {self.max_score}")
        if self.outcome is not Outcome.PASSED and not self.message:
            raise Contradiction(f"{self.id} {self.outcome} with nothing to show for it")
        if self.outcome in (Outcome.FAILED, Outcome.SKIPPED) and self.score >= self.max_score > 0:
            raise Contradiction(f"{self.id} {self.outcome} with full points")
        if self.outcome is Outcome.PASSED and (self.counterexample or self.diagnosis):
            raise Contradiction(f"{self.id} passed, and shows a fault")


@dataclass(frozen=True)
class HandedIn:
    """Which submission was graded: the file's name, the SHA-256 of its bytes, and its kind."""

    name: str
    sha256: str
    kind: Literal["script", "notebook"]


@dataclass(frozen=True)
class Report:
    """Everything that grading one submission against one exercise gave."""

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
    schema: Literal["grade/report/1"] = field(default="grade/report/1")

    def __post_init__(self) -> None:
        """Refuse totals that are not those of the checks."""
        if abs(self.score - sum(check.score for check in self.checks)) > 1e-9:
            raise Contradiction(f"{self.exercise}: the score is not the sum of the checks'")
        if abs(self.max_score - sum(check.max_score for check in self.checks)) > 1e-9:
            raise Contradiction(f"{self.exercise}: the points are not the sum of the checks'")
        if self.passed != all(check.outcome is Outcome.PASSED for check in self.checks):
            raise Contradiction(f"{self.exercise}: passed is {self.passed}, the checks differ")


def shown(number: float) -> Shown:
    """Return `number` as JSON can hold it: itself, or "nan", "inf", "-inf"."""
    return number if isfinite(number) else str(number)


def to_json(report: Report) -> str:
    """Return the report as JSON text, version 1, ending in a newline."""
    plain = asdict(report)
    ordered = {"schema": plain.pop("schema"), **plain}
    return json.dumps(ordered, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def from_json(text: str) -> Report:
    """Return the Report that `to_json` wrote.

    Raises:
        ValueError: it is not a report of version 1.
        Contradiction: its parts contradict one another.
    """
    plain: dict[str, Any] = json.loads(text)
    if plain.get("schema") != SCHEMA:
        raise ValueError(f"not a {SCHEMA}: {plain.get('schema')!r}")
    checks = tuple(_check_from(check) for check in plain.pop("checks"))
    handed_in = HandedIn(**plain.pop("submission"))
    notes, oracles = tuple(plain.pop("notes")), tuple(plain.pop("oracles"))
    return Report(submission=handed_in, checks=checks, notes=notes, oracles=oracles, **plain)


def _check_from(plain: dict[str, Any]) -> CheckResult:
    outcome = Outcome(plain.pop("outcome"))
    example, diagnosis = plain.pop("counterexample"), plain.pop("diagnosis")
    if example:
        where = example.pop("where")
        example = Counterexample(**example, where=SourceLine(**where) if where else None)
    return CheckResult(
        outcome=outcome,
        counterexample=example,
        diagnosis=Diagnosis(**diagnosis) if diagnosis else None,
        **plain,
    )
