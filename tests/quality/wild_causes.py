"""Measures how often the cause that is found in a wrong engine of the bank is the right one.

`python -m tests.quality wild [NAME…]`: the search in an engine's source alone, for each exercise
that it fails, as it is handed in. A cause is right where the bank says the fault is: at the line
that differs from the right engine, in the same function where a whole function gives way, or in one
of the functions that the entry names. With `--told` a row for each, with what is said; those with a
wrong cause and those with none are listed in any case.
"""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Literal, NamedTuple, TypeAlias

from grader.exercises import catalogue
from grader.feedback.repair.kinds import OF_A_WHOLE
from grader.grading.one_submission import sandboxed
from grader.grading.preparation import prepare
from grader.grading.request import (
    REPAIR_STEPS_WITH_HINTS,
    GradeRequest,
    exercises_of,
    with_limits,
)
from grader.grading.stages import grade
from grader.reports.report import Diagnosis, Report
from grader.sandbox.interpreter import Interpreter
from grader.submissions.submission import find
from tests.quality.couples import Places
from tests.quality.repairs import causes_told, changed
from tests.wild.bank import Truth
from tests.wild.submissions import Entry, entries

WildOutcome: TypeAlias = Literal["right", "wrong", "none"]
OUTCOMES: tuple[WildOutcome, ...] = ("right", "wrong", "none")


class JudgedCause(NamedTuple):
    """What is told of one engine against one exercise."""

    entry: Entry
    exercise: str
    outcome: WildOutcome
    told: tuple[Diagnosis, ...]


def searched(entry: Entry, exercise: str) -> Report:
    """Grade an entry against one exercise, with no misconception known."""
    request = GradeRequest(
        exercise, repair_steps=REPAIR_STEPS_WITH_HINTS, for_staff=True, examples_s=0.0
    )
    request = with_limits(request, exercises_of(request))
    with TemporaryDirectory() as folder:
        submission = find(str(entry.written(Path(folder))), exercise)
        with closing(sandboxed(submission, request, None, Interpreter)) as subject:
            subject.begin()
            prepared, options = prepare(catalogue.load(catalogue.find(exercise)), request)
            alone = options._replace(
                misconceptions=lambda _: (), two_mutants=lambda _one, _other: None
            )
            return grade(prepared, submission, subject, alone)


def failed(words: Sequence[str]) -> Iterator[tuple[Entry, str]]:
    """Give the wrong engines of the bank, each with the exercises that it fails."""
    for entry in entries():
        if entry.name.startswith("engines/") and all(word in entry.name for word in words):
            wrong = {name.rpartition(".")[0] for name in entry.truth.wrong}
            yield from ((entry, exercise) for exercise in entry.truth.asks if exercise in wrong)


def judged(entry: Entry, exercise: str) -> JudgedCause:
    """Return what is told of an engine, and whether it is what the bank says."""
    told = causes_told(searched(entry, exercise))
    source = entry.files[entry.path].decode()
    hits = [is_right(cause, source, entry.truth) for cause in told]
    outcome: WildOutcome = "none" if not told else "right" if all(hits) else "wrong"
    return JudgedCause(entry, exercise, outcome, told)


def is_right(cause: Diagnosis, source: str, truth: Truth) -> bool:
    """Return whether a cause is where the bank says that the fault is."""
    if cause.where is None:
        return False
    if not truth.before:
        return cause.where.function in truth.at
    lines = changed(truth.before, source)
    is_whole = cause.id.replace("-", " ") in OF_A_WHOLE
    is_near = is_whole and Places(source).are_together(cause.where.line, lines)
    return cause.where.line in lines or is_near


def measured_wild(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Measure what is asked for, print what is wrong or missing, and return the table."""
    parser = ArgumentParser("python -m tests.quality wild")
    parser.add_argument("names", nargs="*", help="pieces of the names of engines")
    parser.add_argument("--told", action="store_true", help="print each, and what is said of it")
    asked = parser.parse_args(words)
    counts: dict[str, Counter[str]] = {}
    began = process_time()
    for entry, exercise in failed(asked.names):
        one = judged(entry, exercise)
        counts.setdefault(entry.kind, Counter())[one.outcome] += 1
        if asked.told or one.outcome != "right":
            print(_row(one), flush=True)
    total = sum(counts.values(), Counter[str]())
    seconds = (process_time() - began) / max(1, total.total())
    lines = [(kind, *_cells(of_kind)) for kind, of_kind in sorted(counts.items())]
    share = [f"{100 * total[one] / max(1, total.total()):.1f}" for one in OUTCOMES]
    head = ("kind", "engines", *OUTCOMES)
    return [head, *lines, ("all", *_cells(total)), ("per cent", f"{seconds:.2f} s", *share)]


def _cells(counts: Counter[str]) -> tuple[str, ...]:
    return (str(counts.total()), *(str(counts[one]) for one in OUTCOMES))


def _row(one: JudgedCause) -> str:
    said = (f"{cause.id}, {cause.hint.partition(':')[0]}: {cause.edit}" for cause in one.told)
    told = "; ".join(said) or "-"
    name = one.entry.name.removeprefix("engines/")
    return f"| {name} | {one.exercise} | {one.outcome} | {told} |".replace("\n", " / ")
