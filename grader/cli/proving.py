"""Puts together what proving an exercise needs: its materials, real processes, both oracles."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial

from grader import catalogue
from grader.cli.lineup import Lineup
from grader.cli.sitting import RECORDED, Choice, live_torch, oracles, subject_of
from grader.errors import UnwritableOutput, at
from grader.exercise import Exercise
from grader.expected import Oracle
from grader.grade import Options, grade, questions
from grader.oracles.engine import Engine
from grader.oracles.mutated import mutated
from grader.oracles.recorded import written
from grader.results import Report
from grader.skeleton import undecided
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
        undecided(entry.folder),
    )
    known = (exercise.folder / RECORDED).is_file()
    asked = oracles(exercise, "recorded") if known else [Engine()]
    sit = partial(_sit, exercise, asked, Lineup(exercise))
    return verify(exercise, materials, sit, oracles(exercise, "live"))


def record(entry: catalogue.Entry) -> str:
    """Write torch's answers beside an exercise, and return how many there are, of which torch.

    Raises:
        BrokenExercise: its checks cannot be asked.
        Misused: torch is not installed.
        UnwritableOutput: the file cannot be written.
    """
    exercise = catalogue.load(entry)
    torch = live_torch()
    programs = questions(exercise).values()
    file = entry.folder / RECORDED
    try:
        file.write_text(written(torch, programs), encoding="utf-8")
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error
    return f"{len(programs)} answers of {torch.label}"


def _sit(exercise: Exercise, asked: Sequence[Oracle], lineup: Lineup, source: str) -> Report:
    """Grade a source text in a process of its own, as a student's run does."""
    submission = Submission("solution.py", str(exercise.folder), "script", "", source)
    with closing(subject_of(submission, Choice(exercise.path))) as subject:
        subject.begin()
        return grade(exercise, submission, subject, asked, Options(suspects=lineup.answers))
