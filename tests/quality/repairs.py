"""Measures which mutants are mended by an edit of their own source.

`python -m tests.quality.repairs [EXERCISE…]` prints a line for each exercise. Nothing that is
recorded of mutants is used: the search has the source alone. With `--keep FILE` what is known stays
in it, a line a mutant, so that a long run can be ended and gone on with. For two mutants at once
see `pairs`, for the wrong engines of the bank `wild_causes`.
"""

import difflib
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from time import process_time
from typing import Literal, NamedTuple, TypeAlias

from grader.engines.oracles.recorded_answers import RecordedOracle
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise, Mutant
from grader.exercises.exercise_programs import first_oracle
from grader.feedback.repair.definitions import definitions, makes_engine
from grader.grading.mutants.engine import mutated_source
from grader.grading.prepared_exercise import PreparedExercise, prepare_exercise
from grader.grading.request import REPAIR_STEPS_WITH_HINTS
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import Diagnosis, Outcome, Report
from grader.submissions.submission import Submission
from tests.exercises.shipped.inprocess import InProcess
from tests.quality.couples import Places
from tests.quality.kept import KeptResults

Outcomes: TypeAlias = Literal[
    "right line", "right method", "elsewhere", "two edits", "nothing", "not asked"
]
COUNTED: tuple[Outcomes, ...] = ("right line", "right method", "elsewhere", "two edits", "nothing")
HEAD = ("exercise", "mutants", *COUNTED, "s each")


class Mended(NamedTuple):
    """What came of one mutant.

    Attributes:
        name: "my475/ex9 S1".
        outcome: whether its cause was found, and where.
        told: each cause: its line, its kind and its edit.
        seconds: of CPU.
    """

    name: str
    outcome: Outcomes
    told: tuple[str, ...]
    seconds: float


def is_searched(exercise: Exercise) -> bool:
    """Return whether an exercise asks of an engine at all, and not of a run alone."""
    return any(not check.own_run for check in exercise.checks)


def mended(exercise: Exercise, mutants: Sequence[Mutant]) -> Iterator[Mended]:
    """Search each mutant of an exercise for its own fault."""
    solution, prepared = catalogue.solution(exercise), prepared_for(exercise)
    for mutant in mutants:
        source = mutated_source(solution, mutant, "mutants.py")
        began = process_time()
        told = causes_told(graded(prepared, source))
        taken = process_time() - began
        lines = changed(solution, source)
        outcome = _outcome(told, lines, Places(source), mutant)
        if not _defines_what_changes(source, lines):
            outcome = "not asked"  # of a run, which no edit of an engine mends
        yield Mended(f"{exercise.path} {mutant.id}", outcome, tuple(map(text_of, told)), taken)


def prepared_for(exercise: Exercise) -> PreparedExercise:
    """Return an exercise with what the oracles say."""
    recorded = RecordedOracle(exercise.folder / "torch.json")
    return prepare_exercise(exercise, [first_oracle(exercise), recorded])


def graded(prepared: PreparedExercise, source: str, steps: int = REPAIR_STEPS_WITH_HINTS) -> Report:
    """Grade a source with no misconception known, and with no time for smaller examples."""
    options = GradingOptions(examples_s=0.0, repair_steps=steps, for_staff=True)
    submission = Submission("solution.py", "/", "script", "", source)
    with redirect_stdout(StringIO()):
        return grade(prepared, submission, InProcess(source), options)


def causes_told(report: Report) -> tuple[Diagnosis, ...]:
    """Return the causes that a report names, each once."""
    failed = [one for one in report.checks if one.outcome is Outcome.FAILED]
    named = [(one.diagnosis, *one.further) for one in failed if one.diagnosis]
    return tuple(dict.fromkeys(cause for causes in named for cause in causes))


def changed(before: str, after: str) -> set[int]:
    """Return the numbers of the lines that differ in `after`, and of those beside them."""
    matcher = difflib.SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    changes = [(start, end) for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal"]
    return {line for start, end in changes for line in range(start, end + 2)}


def _outcome(
    told: Sequence[Diagnosis], lines: set[int], functions: Places, mutant: Mutant
) -> Outcomes:
    """Return whether the cause is the mutant's; a method that it took away has no line.

    Where a whole function gives way to a right one, the line is its first.
    """
    if not told:
        return "nothing"
    if len(told) > 1:
        return "two edits"
    where = told[0].where
    if where is None:
        return "elsewhere"
    if where.line in lines or f"def {where.function}(" in mutant.replace:
        return "right line"
    return "right method" if functions.are_together(where.line, lines) else "elsewhere"


def _defines_what_changes(source: str, lines: set[int]) -> bool:
    """Return whether a mutant is in what its source defines."""
    try:
        kept = definitions(source, makes_engine).split("\n")
    except SyntaxError:
        return False
    return any(kept[line - 1].strip() for line in lines if 0 < line <= len(kept))


def text_of(cause: Diagnosis) -> str:
    """Return a cause in a line: where it is, of which kind, and its edit."""
    return f"{cause.hint.partition(':')[0]}, {cause.id}: {cause.edit}".replace("\n", " / ")


def kept_mended(exercise: Exercise, kept: KeptResults) -> Iterator[Mended]:
    """Give what comes of an exercise's mutants; what is known is not searched again."""
    mutants = {f"{exercise.path} {one.id}": one for one in catalogue.mutants(exercise)}
    unknown = [mutant for name, mutant in mutants.items() if name not in kept.known]
    for one in mended(exercise, unknown) if unknown else ():
        kept.add(one.name, one._asdict())
    for name in mutants:
        held = kept.known[name]
        yield Mended(name, held["outcome"], tuple(held["told"]), held["seconds"])


def main(words: Sequence[str]) -> None:
    """Measure what is asked for, and print a line for each exercise as it is known."""
    parser = ArgumentParser("python -m tests.quality.repairs")
    parser.add_argument("names", nargs="*", help="exercises, or tracks")
    parser.add_argument("--told", action="store_true", help="print each, and what is said of it")
    parser.add_argument("--keep", type=Path, help="a file of what is known")
    asked = parser.parse_args(words)
    kept = KeptResults(asked.keep)
    print(_row(HEAD), flush=True)
    total: Counter[str] = Counter()
    for entry in catalogue.entries():
        if asked.names and not {entry.path, entry.track} & {*asked.names}:
            continue
        exercise = catalogue.load(entry)
        if is_searched(exercise):
            total += _print_mutants(exercise, kept, told=asked.told)
    shares = {key: f"{100 * count / total['mutants']:.1f} %" for key, count in total.items()}
    print(dict(total), shares)
    kept.say_versions()


def _print_mutants(exercise: Exercise, kept: KeptResults, *, told: bool) -> Counter[str]:
    found = list(kept_mended(exercise, kept))
    known = [one for one in found if one.outcome != "not asked"]
    counts = Counter(one.outcome for one in known)
    if known:
        each = sum(one.seconds for one in known) / len(known)
        cells = [str(counts[outcome]) for outcome in COUNTED]
        print(_row((exercise.path, str(len(known)), *cells, f"{each:.2f}")), flush=True)
    for one in found if told else ():
        print(f"    {one.name}: {one.outcome}: {'; '.join(one.told) or '-'}", flush=True)
    totals = Counter({"mutants": len(known)})
    totals.update({str(outcome): count for outcome, count in counts.items()})
    return totals


def _row(cells: Sequence[str]) -> str:
    return f"{cells[0]:<22}" + "".join(f"{cell:>11}" for cell in cells[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
