"""Prints the cause that is found in each wrong engine of the bank, as it is handed in.

`python -m tests.quality.wild_causes [NAME…]`: a row for each exercise that an engine fails, by the
search in its source alone; which of them are right, somebody has to read.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.exercises import catalogue
from grader.grading.one_submission import sandboxed
from grader.grading.preparation import prepare
from grader.grading.request import (
    REPAIR_STEPS_WITH_HINTS,
    GradeRequest,
    exercises_of,
    with_limits,
)
from grader.grading.stages import grade
from grader.reports.report import Report
from grader.sandbox.interpreter import Interpreter
from grader.submissions.submission import find
from tests.quality.repairs import causes_told
from tests.wild.submissions import Entry, entries


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


def main(words: Sequence[str]) -> None:
    """Search what is asked for, and print a row for each."""
    counts: Counter[str] = Counter()
    for entry, exercise in failed(words):
        causes = causes_told(searched(entry, exercise))
        counts["a cause" if causes else "none"] += 1
        told = "; ".join(f"{one.id}, {one.hint.partition(':')[0]}: {one.edit}" for one in causes)
        print(f"| {entry.name} | {exercise} | {told or '-'} |".replace("\n", " / "), flush=True)
    print(dict(counts))


if __name__ == "__main__":
    main(sys.argv[1:])
