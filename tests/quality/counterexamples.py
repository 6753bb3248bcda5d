"""Measures the examples that students get: `python -m tests.quality.counterexamples [EXERCISE]`.

Every mutant of every exercise is failed again, in process: each failing check of the engine is
shrunk, and its first wrong node looked for. A check of the submission's own run is shown by what
that run did, and there is nothing to shrink.
"""

import sys
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import NamedTuple

from grader.engines.compare import Mismatch, compare
from grader.engines.oracles.expected import Expected, memoised
from grader.engines.program_graph import operations
from grader.exercises import catalogue
from grader.exercises.exercise import Check, Exercise
from grader.exercises.exercise_programs import check_of, first_oracle, programs
from grader.feedback.shrinking.candidates import Candidates
from grader.feedback.shrinking.smallest import (
    Askers,
    AskSubject,
    FailingProgram,
    Smallest,
    smallest,
)
from grader.feedback.wording.explain import say
from grader.feedback.wording.source import SourceNames, source
from grader.feedback.wrong_node.faulty_part import FaultyPart
from grader.feedback.wrong_node.locate import WrongNodeFound, locate
from grader.grading.mutants.engine import engine_of, mutated_source
from grader.grading.mutants.two_mutants import names_taken

GOAL = 1.6


class Example(NamedTuple):
    """What came of one failing check of one mutant."""

    exercise: str
    mutant: str
    check: str
    code: str
    before: int
    shrunk: bool
    least: Smallest
    located: WrongNodeFound | None
    shrink_ms: float
    locate_ms: float

    @property
    def after(self) -> int:
        """How many operations the example has."""
        return len(operations(self.least.failing.program))

    @property
    def is_graph(self) -> bool:
        """Whether a value or a gradient is wrong, so that there is a node to find."""
        failing = self.least.failing
        return failing.mismatch.got is not None and (
            failing.program.steps[failing.mismatch.at].kind == "read"
        )


def examples(only: str = "") -> Iterator[Example]:
    """Yield an example for each check that each mutant fails."""
    for entry in catalogue.entries():
        if only in entry.path:
            exercise = catalogue.load(entry)
            ask, known = memoised([first_oracle(exercise)]), Candidates()  # for all, as in a course
            asked = {key: ask(one) for key, one in programs(exercise).items()}
            for mutant in catalogue.mutants(exercise):
                code = mutated_source(catalogue.solution(exercise), mutant, "mutants.py")
                subject = _subject(exercise, code)
                sides = Askers(subject, ask, known)
                for check, failing in _failures(exercise, asked, subject):
                    yield _example(exercise, (mutant.id, check.id, code), failing, sides)


def _subject(exercise: Exercise, code: str) -> AskSubject:
    names = {name: name for name in names_taken(exercise, catalogue.solution(exercise))}
    engine = engine_of(code, names, "mutants.py")
    return lambda programs: [engine.answer(program) for program in programs]


def _failures(
    exercise: Exercise, asked: dict[str, Expected], subject: AskSubject
) -> Iterator[tuple[Check, FailingProgram]]:
    failed: set[str] = set()
    for check in (one for one in exercise.checks if not one.own_run):
        if failed & {needed.id for needed in check.after}:
            failed.add(check.id)
            continue
        failing = _first_failing(check, asked, subject)
        if failing is not None:
            failed.add(check.id)
            yield check, failing


def _first_failing(
    check: Check, asked: dict[str, Expected], subject: AskSubject
) -> FailingProgram | None:
    for key, one in asked.items():
        if check_of(key) == check.id:
            want = one.want
            (got,) = subject([one.program])
            mismatch: Mismatch | None = compare(one.program, want, got)
            if mismatch is not None:
                return FailingProgram(one.program, mismatch, one.by_oracle)
    return None


def _example(
    exercise: Exercise, names: tuple[str, str, str], failing: FailingProgram, sides: Askers
) -> Example:
    started = perf_counter()
    least = smallest(failing, sides, exercise.taught)
    shrunk = perf_counter()
    located = locate(least.failing.program, least.failing.mismatch, sides)
    done = perf_counter()
    return Example(
        exercise.path,
        *names,
        len(operations(failing.program)),
        least.failing.program != failing.program,
        least,
        located,
        (shrunk - started) * 1000,
        (done - shrunk) * 1000,
    )


def told(example: Example) -> str:
    """Return an example in a few lines."""
    program, mismatch, _ = example.least.failing
    want = say(program, mismatch.want, SourceNames()) if mismatch.want else "no exception"
    got = say(program, mismatch.got, SourceNames()) if mismatch.got else mismatch.observation.ended
    lines = [f"{example.exercise} {example.mutant} {example.check}"]
    lines += [f"    {line}" for line in source(program).splitlines()]
    lines.append(f"    # expected {want}, got {got}")
    if example.located is not None:
        wrong, blamed = example.located
        lines.append(f"    {wrong.name}.{wrong.field}: {wrong.says}  [{_part(blamed)}]")
    return "\n".join(lines)


def _part(blamed: FaultyPart | None) -> str:
    return f"{blamed.part} of step {blamed.step}" if blamed else "nobody's lines"


def summary(held: Sequence[Example]) -> str:
    """Return the figures over all examples."""
    count = len(held)
    mutants = {(one.exercise, one.mutant) for one in held}
    graphs = [one for one in held if one.is_graph]
    programs_asked = [one.least.programs_asked for one in held]
    return "\n".join(
        [
            f"{count} failing checks of {len(mutants)} mutants",
            f"smaller than the check: {sum(one.shrunk for one in held)} of {count}",
            f"operations: {sum(one.before for one in held) / count:.2f} before, "
            f"{sum(one.after for one in held) / count:.2f} after (goal {GOAL}), "
            f"at most {max(one.after for one in held)}",
            f"Programs asked: {sum(programs_asked) / count:.0f} on average, "
            f"at most {max(programs_asked)}",
            f"shrinking: {sum(one.shrink_ms for one in held) / count:.1f} ms on average, "
            f"at most {max(one.shrink_ms for one in held):.0f}",
            f"first wrong node: {sum(one.located is not None for one in graphs)} of {len(graphs)}, "
            f"{sum(one.locate_ms for one in held) / count:.1f} ms on average",
        ]
    )


def main() -> None:
    """Print every example, then the figures."""
    held = list(examples(sys.argv[1] if len(sys.argv) > 1 else ""))
    for one in held:
        print(told(one))
    print(summary(held))


if __name__ == "__main__":
    main()
