"""Puts together what proving an exercise needs: its materials, real processes, both oracles."""

from functools import partial

from grader import catalogue
from grader.cli.sitting import Choice, examine, oracles
from grader.exercise import Exercise
from grader.oracles.mutated import mutated
from grader.results import Report
from grader.submission import Submission
from grader.verify import Materials, Proof, verify


def prove(entry: catalogue.Entry) -> Proof:
    """Return what can be shown of an exercise; every source runs as a submission would.

    Raises:
        BrokenExercise: a file of it is missing or contradicts another.
        Misused: torch is not installed.
    """
    exercise = catalogue.load(entry)
    solution, file = catalogue.solution(exercise), str(exercise.folder / "mutants.py")
    materials = Materials(
        solution,
        catalogue.starter(entry),
        {mutant.id: mutated(solution, mutant, file) for mutant in catalogue.mutants(exercise)},
        catalogue.variants(entry),
    )
    return verify(exercise, materials, partial(_sit, exercise), oracles(exercise, "live"))


def _sit(exercise: Exercise, source: str) -> Report:
    """Grade a source text in a process of its own, as a student's run does."""
    submission = Submission("solution.py", str(exercise.folder), "script", "", source)
    (report,) = examine([exercise], submission, Choice(exercise.path))
    return report
