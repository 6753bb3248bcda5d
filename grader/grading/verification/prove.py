"""Puts together what proving an exercise needs: its materials, real processes, both oracles."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeAlias

from grader.engines.oracles.expected import Expected, memoised
from grader.engines.oracles.recorded_answers import recorded_text
from grader.engines.oracles.textbook import Textbook
from grader.errors import UnwritableOutput, at
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import programs
from grader.exercises.scaffold import open_decisions
from grader.feedback.diagnosis.one_misconception import Misconception
from grader.feedback.diagnosis.recorded_misconceptions import RecordedMisconceptions, program_key
from grader.feedback.diagnosis.recorded_misconceptions import recorded_text as write_fingerprints
from grader.grading.mutants.answers import MutantAnswers
from grader.grading.mutants.engine import mutated_source
from grader.grading.one_submission import sandboxed
from grader.grading.preparation import (
    FINGERPRINTS,
    RECORDED,
    live_torch,
    misconceptions_of,
    oracles,
)
from grader.grading.prepared_exercise import PreparedExercise, prepare_exercise
from grader.grading.request import GradeRequest
from grader.grading.stages import GradingOptions, grade
from grader.grading.verification.verify import Materials, Proof, verify
from grader.reports.report import Report
from grader.sandbox.protocol.limits import granted
from grader.submissions.submission import Submission

Named: TypeAlias = Callable[[Mapping[str, Expected]], Iterable[Misconception]]
UNRECORDED = "the mutants' answers are not recorded: verify it again with --record"


def prove(entry: catalogue.ExerciseEntry) -> Proof:
    """Return what can be shown of an exercise; every source runs as a submission would.

    Raises:
        BrokenExercise: a file of it is missing or contradicts another.
        Misused: torch is not installed.
    """
    exercise = catalogue.load(entry)
    solution, file = catalogue.solution(exercise), str(exercise.folder / "mutants.py")
    both = oracles(exercise, "live")
    materials = Materials(
        solution,
        catalogue.starter(entry),
        {
            mutant.id: mutated_source(solution, mutant, file)
            for mutant in catalogue.mutants(exercise)
        },
        catalogue.variants(entry),
        open_decisions(entry.folder),
    )
    known = (exercise.folder / RECORDED).is_file()
    heard = oracles(exercise, "recorded") if known else [Textbook()]
    asked = prepare_exercise(exercise, heard)  # once: what all of them are asked is the same
    current = _is_current(exercise)
    named = misconceptions_of(exercise) if current else MutantAnswers(exercise).suspects
    proof = verify(exercise, materials, partial(_sit, asked, named), both)
    if current or not known:
        return proof
    return proof._replace(problems=(*proof.problems, UNRECORDED))


def record(entry: catalogue.ExerciseEntry) -> str:
    """Write torch's answers and the mutants' beside an exercise; return how many, of which torch.

    Raises:
        BrokenExercise: its checks cannot be asked.
        Misused: torch is not installed.
        UnwritableOutput: the file cannot be written.
    """
    exercise = catalogue.load(entry)
    torch = live_torch()
    asked = programs(exercise)
    _write(entry.folder / RECORDED, recorded_text(torch, asked.values()))
    _write(entry.folder / FINGERPRINTS, fingerprints(exercise))
    return f"{len(asked)} answers of {torch.label}"


def _is_current(exercise: Exercise) -> bool:
    """Return whether what is written down of the mutants is about these, and all that is asked."""
    file = exercise.folder / FINGERPRINTS
    if not file.is_file():
        return False
    mutants = [(one.id, one.says, one.asks) for one in catalogue.mutants(exercise)]
    asked = {program_key(key, program) for key, program in programs(exercise).items()}
    return RecordedMisconceptions(file).are_of(asked, mutants)


def fingerprints(exercise: Exercise) -> str:
    """Return the text of the file that says where each mutant goes wrong."""
    ask = memoised([Textbook()])
    asked = {key: ask(program) for key, program in programs(exercise).items()}
    names = [program_key(key, question.program) for key, question in asked.items()]
    runs = [check.id for check in exercise.checks if check.own_run]
    return write_fingerprints(names, runs, MutantAnswers(exercise).known(asked))


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error


def _sit(asked: PreparedExercise, named: Named, source: str) -> Report:
    """Grade a source text in a process of its own, as a student's run does.

    Nobody reads the examples of a proof, so none is made smaller.
    """
    exercise = asked.exercise
    submission = Submission("solution.py", str(exercise.folder), "script", "", source)
    choice = GradeRequest(exercise.path, limits=granted(exercise.limits))
    with closing(sandboxed(submission, choice)) as subject:
        subject.begin()
        return grade(asked, submission, subject, GradingOptions(suspects=named, examples_s=0))
