"""Puts together what proving an exercise needs: its materials, real processes, both oracles."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from grader.engines.demands import demands
from grader.engines.oracles.expected import Oracle, memoised
from grader.engines.oracles.recorded_answers import recorded_text, recording_command
from grader.engines.oracles.textbook import Textbook
from grader.engines.oracles.without_torch import WithoutTorch
from grader.engines.program import Program
from grader.errors import UnwritableOutput, at
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import DEFAULT_SEED, first_oracle, programs
from grader.exercises.scaffold import open_decisions
from grader.feedback.diagnosis import recorded_misconceptions
from grader.feedback.diagnosis.recorded_misconceptions import RecordedMisconceptions, program_key
from grader.grading.mutants.answers import MutantAnswers
from grader.grading.mutants.engine import mutated_source
from grader.grading.one_submission import Launch, sandboxed
from grader.grading.preparation import (
    FINGERPRINTS,
    RECORDED,
    FindMisconceptions,
    NoTorch,
    live_torch,
    misconceptions_of,
    oracles,
)
from grader.grading.prepared_exercise import PreparedExercise, prepare_exercise
from grader.grading.request import GradeRequest
from grader.grading.stages import GradingOptions, grade
from grader.grading.verification.bare_solution import bare
from grader.grading.verification.verify import GradeSource, Materials, Proof, verify
from grader.reports.report import Report
from grader.sandbox.interpreter import Interpreter, held_signals
from grader.sandbox.protocol.limits import granted
from grader.submissions.submission import Submission

if TYPE_CHECKING:
    from grader.sandbox.zygote_pool import ZygotePool

UNRECORDED = "the mutants' answers are not recorded: verify it again with --record"

_OPEN: "list[ZygotePool]" = []  # what runs sources for this process


def prove(entry: catalogue.ExerciseEntry, grade_source: GradeSource | None = None) -> Proof:
    """Return the proof of an exercise.

    Args:
        entry: of the catalogue.
        grade_source: grades a source text by a seed; without it each runs as a submission would, in
            a process of its own.

    Raises:
        BrokenExercise: a file of it is missing or contradicts another.
    """
    exercise = catalogue.load(entry)
    materials = _materials(exercise, entry)
    solution = materials.solution
    is_recorded = (exercise.folder / RECORDED).is_file()
    recorded = oracles(exercise, "recorded") if is_recorded else [first_oracle(exercise)]
    prepared = cache(partial(prepare_exercise, exercise, recorded))  # by its seed
    is_current = _is_current(exercise)
    usual = prepared(DEFAULT_SEED)
    materials = materials._replace(
        bare=bare(solution, asked_by(exercise, usual)),
        examples=_examples(exercise, usual) if is_current else {},
    )
    live_mutants = MutantAnswers(exercise).misconceptions
    misconceptions = misconceptions_of(exercise) if is_current else live_mutants
    proving = _proving_oracles(exercise, recorded)
    if grade_source is not None:
        proof = verify(exercise, materials, grade_source, proving)
    else:
        with _processes(solution) as launch:
            in_process = partial(_grade_source, prepared, misconceptions, launch)
            proof = verify(exercise, materials, in_process, proving)
    return _with_unrecorded(proof, exercise, is_recorded, is_current)


def _with_unrecorded(
    proof: Proof, exercise: Exercise, is_recorded: bool, is_current: bool
) -> Proof:
    """Return a proof that says what is not recorded: left out where torch is, which records it."""
    if proof.has_torch:
        more = (UNRECORDED,) if is_recorded and not is_current else ()
        return proof._replace(problems=(*proof.problems, *more))
    command = recording_command(exercise.folder / RECORDED)
    if not is_recorded:
        more = (f"nobody can be graded by it until torch's answers are recorded: {command}",)
    else:
        more = () if is_current else (f"the mutants' answers are not recorded: {command}",)
    return proof._replace(left_out=(*proof.left_out, *more))


def _proving_oracles(exercise: Exercise, recorded: Sequence[Oracle]) -> tuple[Oracle, ...]:
    """Return the reference engine and torch, or what answers in its place where it is missing."""
    first = first_oracle(exercise) if exercise.definitions else _usual_textbook()
    try:
        return first, live_torch(exercise) if exercise.definitions else _usual_torch()
    except NoTorch:
        known = recorded[1] if len(recorded) > 1 else None
        return first, WithoutTorch(known, exercise.definitions, first)


_usual_textbook = cache(Textbook)  # one for all exercises, so that what it was asked is remembered
_usual_torch = cache(live_torch)


def _materials(exercise: Exercise, entry: catalogue.ExerciseEntry) -> Materials:
    """Return the sources of an exercise, as they lie there."""
    solution, file = catalogue.solution(exercise), str(exercise.folder / "mutants.py")
    return Materials(
        solution,
        catalogue.starter(entry),
        {
            mutant.id: mutated_source(solution, mutant, file)
            for mutant in catalogue.mutants(exercise)
        },
        catalogue.variants(entry),
        open_decisions(entry.folder),
    )


def asked_by(exercise: Exercise, prepared: PreparedExercise) -> set[str]:
    """Return the operations that an exercise asks for: what is taught, or what its checks use."""
    if exercise.taught:
        return {*exercise.taught}
    programs = (prepared.expected[check.id].program for check in exercise.checks)
    return {demand.partition(":")[0] for program in programs for demand in demands(program)}


def _examples(exercise: Exercise, prepared: PreparedExercise) -> dict[tuple[str, str], Program]:
    recorded = RecordedMisconceptions(exercise.folder / FINGERPRINTS)
    return {
        (one.diagnosis.id, check): program
        for one in recorded.misconceptions(prepared.expected)
        for check, program in one.smallest.items()
    }


def record(entry: catalogue.ExerciseEntry) -> str:
    """Write torch's answers and the mutants' beside an exercise; say how many, of which torch.

    Raises:
        BrokenExercise: its checks cannot be asked.
        NoTorch: torch is not installed.
        UnwritableOutput: the file cannot be written.
    """
    exercise = catalogue.load(entry)
    try:
        torch = live_torch(exercise)
    except NoTorch as error:
        raise NoTorch("--record asks torch, which is not installed") from error
    of_exercise = programs(exercise).values()
    _write(entry.folder / RECORDED, recorded_text(torch, of_exercise))
    _write(entry.folder / FINGERPRINTS, mutants_text(exercise))
    return f"{len(of_exercise)} answers of {torch.label}"


def _is_current(exercise: Exercise) -> bool:
    """Return whether the recorded mutants are these, and were asked all that is asked."""
    file = exercise.folder / FINGERPRINTS
    if not file.is_file():
        return False
    mutants = [(one.id, one.says, one.asks) for one in catalogue.mutants(exercise)]
    program_keys = {program_key(key, program) for key, program in programs(exercise).items()}
    return RecordedMisconceptions(file).are_of(program_keys, mutants)


def mutants_text(exercise: Exercise) -> str:
    """Return the text of the file that says where each mutant goes wrong."""
    ask = memoised([first_oracle(exercise)])
    expected = {key: ask(program) for key, program in programs(exercise).items()}
    program_keys = [program_key(key, expectation.program) for key, expectation in expected.items()]
    runs = [check.id for check in exercise.checks if check.own_run]
    mutants = MutantAnswers(exercise).records(expected)
    return recorded_misconceptions.recorded_text(program_keys, runs, mutants)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error


@contextmanager
def _processes(solution: str) -> Iterator[Launch]:
    """Give what makes a process for each source: forked from one, where the system can.

    That one has imported what takes longest of what all of them import.
    """
    if sys.platform != "linux":
        yield Interpreter
        return
    from grader.sandbox.zygote_pool import ZygotePool

    with ExitStack() as built:
        with held_signals():
            zygotes = ZygotePool("limits", ["numpy"] if "import numpy" in solution else [])
            _OPEN.append(zygotes)
            built.callback(_OPEN.remove, zygotes)
            built.callback(zygotes.close)
        yield zygotes.launch


def release() -> None:
    """End what runs sources for this process, which ends at once."""
    while _OPEN:
        _OPEN.pop().close()


def _grade_source(
    prepared: Callable[[int], PreparedExercise],
    misconceptions: FindMisconceptions,
    launch: Launch,
    source: str,
    seed: int,
) -> Report:
    """Grade a source text in a process of its own, as a student's run does.

    Nobody reads the examples of a proof, so none is made smaller.
    """
    exercise = prepared(seed).exercise
    submission = Submission("solution.py", str(exercise.folder), "script", "", source)
    request = GradeRequest(exercise.path, limits=granted(exercise.limits))
    options = GradingOptions(misconceptions=misconceptions, examples_s=0)
    with closing(sandboxed(submission, request, launch=launch)) as subject:
        subject.begin()
        return grade(prepared(seed), submission, subject, options)
