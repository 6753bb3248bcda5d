"""Measures of two faults in one engine how many are found, and whether anything else is named.

`python -m tests.quality pairs [N] [--seed S]` draws N pairs of mutants, each pair of one exercise
and in two functions, deals them over the exercises, and prints a line for each track. With `--keep
FILE` what is known stays in it, a line a pair, so that a long run can be ended and gone on with.

A cause is right where it is at a mutant's lines, and where its edit is as good as undoing one: with
the other mutant undone, it makes everything right. Nothing that is recorded of mutants is used.
"""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, zip_longest
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import process_time
from typing import Literal, NamedTuple, TypeAlias

from grader.exercises import catalogue
from grader.exercises.exercise import Exercise, Mutant
from grader.feedback.repair.kinds import OF_A_WHOLE
from grader.grading.mutants.engine import mutated_source, twice_mutated_source
from grader.grading.prepared_exercise import PreparedExercise
from grader.grading.request import REPAIR_STEPS_WITH_HINTS
from grader.reports.report import Diagnosis
from tests.quality.couples import Places
from tests.quality.kept import KeptResults
from tests.quality.repairs import causes_told, changed, graded, is_searched, prepared_for, text_of

PairOutcome: TypeAlias = Literal["both", "one", "wrong", "none"]
OUTCOMES: tuple[PairOutcome, ...] = ("both", "one", "wrong", "none")
SEED = 475
COUNT = 100
HEAD = ("track", "pairs", *OUTCOMES, "s median", "s p90")


class Pair(NamedTuple):
    """Two mutants of one exercise, which is named."""

    exercise: str
    one: str
    other: str

    @property
    def name(self) -> str:
        """Its name: "my475/ex9 S1 P2"."""
        return f"{self.exercise} {self.one} {self.other}"


class JudgedPair(NamedTuple):
    """What came of two mutants at once.

    Attributes:
        outcome: how many of the two are found, or that something else is named.
        seconds: of CPU, for all of the grading.
        told: each cause: its line, its kind and its edit.
    """

    outcome: PairOutcome
    seconds: float
    told: tuple[str, ...]


def drawn(count: int, seed: int = SEED, names: Iterable[str] = ()) -> Iterator[Pair]:
    """Give pairs of mutants, the same ones for a seed, the first of each exercise first."""
    wanted = {*names}
    decks = []
    for entry in catalogue.entries():
        if wanted and not wanted & {entry.path, entry.track}:
            continue
        exercise = catalogue.load(entry)
        if is_searched(exercise):
            decks.append(_shuffled(exercise, seed))
    dealt = (pair for round_ in zip_longest(*decks) for pair in round_ if pair)
    yield from (pair for _, pair in zip(range(count), dealt, strict=False))


def _shuffled(exercise: Exercise, seed: int) -> list[Pair]:
    solution = catalogue.solution(exercise)
    places = Places(solution)
    mutants = [one for one in catalogue.mutants(exercise) if places.of(one)]
    every = [
        Pair(exercise.path, one.id, other.id)
        for one, other in combinations(mutants, 2)
        if places.of(one) != places.of(other)
        if twice_mutated_source(solution, one, other)
    ]
    return Random(f"{seed} {exercise.path}").sample(every, len(every))


class PairJudge:
    """Grades pairs of one exercise's mutants, and judges what is named."""

    def __init__(self, exercise: Exercise) -> None:
        self._solution = catalogue.solution(exercise)
        self._prepared: PreparedExercise = prepared_for(exercise)
        self._mutants = {one.id: one for one in catalogue.mutants(exercise)}

    def judged(self, pair: Pair, steps: int = REPAIR_STEPS_WITH_HINTS) -> JudgedPair:
        """Return what comes of a pair, where candidates may be asked so many steps."""
        one, other = self._mutants[pair.one], self._mutants[pair.other]
        source = twice_mutated_source(self._solution, one, other)
        assert source is not None
        began = process_time()
        causes = causes_told(graded(self._prepared, source, steps))
        seconds = process_time() - began
        hits = [self._hits(cause, source, (one, other)) for cause in causes if cause.where]
        return JudgedPair(_outcome(hits), seconds, tuple(map(text_of, causes)))

    def _hits(self, cause: Diagnosis, source: str, pair: tuple[Mutant, Mutant]) -> set[int]:
        """Return which of two mutants a cause is the cause of."""
        functions = Places(source)
        at = {
            number
            for number, mutant in enumerate(pair)
            if _is_at(cause, functions, mutant, _lines_in(source, self._solution, mutant))
        }
        return at or {n for n in (0, 1) if self._is_as_good(cause, source, pair[1 - n])}

    def _is_as_good(self, cause: Diagnosis, source: str, other: Mutant) -> bool:
        """Return whether all is right with a cause's edit made, and the other mutant undone."""
        after = made(source, cause)
        if after is None or after.count(other.by) != 1:
            return False
        return graded(self._prepared, after.replace(other.by, other.replace), 0).passed


def made(source: str, cause: Diagnosis) -> str | None:
    """Return a source with the edit that is told with a cause, None where it has no such lines."""
    assert cause.where is not None
    lines = source.split("\n")
    old, new = (
        [line[2:] for line in cause.edit.split("\n") if line[:2] == s] for s in ("- ", "+ ")
    )
    starts = [at for at in range(len(lines)) if lines[at : at + len(old)] == old]
    if not starts:
        return None
    line = cause.where.line - 1
    start = min(starts, key=lambda at: abs(at - line))
    return "\n".join([*lines[:start], *new, *lines[start + len(old) :]])


def _outcome(hits: Sequence[set[int]]) -> PairOutcome:
    if not all(hits):
        return "wrong"
    found = len(set[int]().union(*hits))
    return "both" if found > 1 and len(hits) > 1 else "one" if found else "none"


def _is_at(cause: Diagnosis, functions: Places, mutant: Mutant, lines: set[int]) -> bool:
    """Return whether a cause is where a mutant was made."""
    assert cause.where is not None
    is_whole = cause.id.replace("-", " ") in OF_A_WHOLE
    return (
        cause.where.line in lines
        or f"def {cause.where.function}(" in mutant.replace
        or (is_whole and functions.are_together(cause.where.line, lines))
    )


def _lines_in(source: str, solution: str, mutant: Mutant) -> set[int]:
    """Return the lines of one mutant's edit, and those beside them, in a source with several."""
    alone = mutated_source(solution, mutant, "mutants.py")
    texts = alone.split("\n")
    own = {texts[line - 1] for line in changed(solution, alone) if 0 < line <= len(texts)}
    lines = source.split("\n")
    every = changed(solution, source)
    return {line for line in every if line <= len(lines) and lines[line - 1] in own}


def judged_pairs(
    pairs: Sequence[Pair], kept: KeptResults, steps: int
) -> Iterator[tuple[Pair, JudgedPair]]:
    """Give what comes of pairs; what is known is not graded again."""
    judges: dict[str, PairJudge] = {}
    for pair in pairs:
        if pair.name not in kept.known:
            judge = judges.get(pair.exercise)
            if judge is None:
                judge = judges[pair.exercise] = PairJudge(
                    catalogue.load(catalogue.find(pair.exercise))
                )
            kept.add(pair.name, judge.judged(pair, steps)._asdict())
        held = kept.known[pair.name]
        yield pair, JudgedPair(held["outcome"], held["seconds"], tuple(held["told"]))


def rows(found: Mapping[str, Sequence[JudgedPair]]) -> Iterator[tuple[str, ...]]:
    """Give the lines of the table, by track; then those of all, in numbers and per cent."""
    yield HEAD
    everything = [one for judged in found.values() for one in judged]
    for name, judged in (*found.items(), ("all", everything)):
        yield (name, *map(str, _counts(judged)), *_times(judged))
    if everything:
        total, *each = _counts(everything)
        yield ("per cent", "", *(f"{100 * count / total:.1f}" for count in each), "", "")


def _counts(judged: Sequence[JudgedPair]) -> list[int]:
    outcomes = [one.outcome for one in judged]
    return [len(judged), *map(outcomes.count, OUTCOMES)]


def _times(judged: Sequence[JudgedPair]) -> tuple[str, str]:
    seconds = [one.seconds for one in judged]
    most = quantiles(seconds, n=10)[-1] if len(seconds) > 1 else max(seconds, default=0.0)
    return f"{median(seconds) if seconds else 0.0:.2f}", f"{most:.2f}"


def measured_pairs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Measure what is asked for, and return the table."""
    parser = ArgumentParser("python -m tests.quality pairs")
    parser.add_argument("count", nargs="?", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--of", nargs="*", default=[], help="exercises, or tracks")
    parser.add_argument("--keep", type=Path, help="a file of what is known")
    parser.add_argument("--part", default="1/1", help="K/M: every M-th pair, from the K-th on")
    parser.add_argument("--told", action="store_true", help="print each, and what is said of it")
    parser.add_argument("--steps", type=int, default=REPAIR_STEPS_WITH_HINTS)
    asked = parser.parse_args(words)
    first, every = map(int, asked.part.split("/"))
    pairs = list(drawn(asked.count, asked.seed, asked.of))[first - 1 :: every]
    found: dict[str, list[JudgedPair]] = {}
    kept = KeptResults(asked.keep)
    for pair, judged in judged_pairs(pairs, kept, asked.steps):
        found.setdefault(pair.exercise.partition("/")[0], []).append(judged)
        if asked.told:
            print(_told(pair, judged), flush=True)
    kept.say_versions()
    return list(rows(found))


def _told(pair: Pair, judged: JudgedPair) -> str:
    causes = "; ".join(judged.told).replace("\n", " / ")
    return f"{pair.name}: {judged.outcome}: {causes or '-'}"
