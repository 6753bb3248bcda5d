"""Finds the causes in a submission's own engine of what no misconception explains.

This comes when every verdict is there: what an edit of the submission does changes no point.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.exercises.exercise import Check
from grader.exercises.exercise_programs import (
    LAYOUTS,
    STRIDE,
    check_of,
    random_program,
    taught_in,
    with_other_numbers,
)
from grader.feedback.repair.asked_edits import AskedProgram, RepairQuestions
from grader.feedback.repair.cause import LocatedCause, SourceText, by_failure, causes
from grader.feedback.repair.definitions import definitions, is_kept_beside, makes_engine
from grader.feedback.repair.edit import Pieces
from grader.feedback.repair.search import Search
from grader.grading.answers import Answers
from grader.grading.check_result import is_unexplained
from grader.grading.gradable import Gradable
from grader.grading.prepared_exercise import PreparedExercise, can_be_compared
from grader.reports.report import CheckResult
from grader.sandbox.engine_class import USUAL, usual_name
from grader.sandbox.subject import AskOptions
from grader.submissions.submission import Submission

PROGRAM_S = 0.05  # of CPU, for each Program of a candidate
STEP_S = 1e-4  # of CPU, for each step of a search: several times what usual code takes
UNSEEN_SEED = 90_001  # nobody is asked by it
UNSEEN = 12


class RepairOptions(NamedTuple):
    """The options of a search for causes.

    Attributes:
        steps: how many steps candidates may be asked; 0 for no search.
        for_staff: whether the edits themselves are shown.
    """

    steps: int = 0
    for_staff: bool = False


class EngineRepairs:
    """The search for the causes in one submission's engine."""

    def __init__(
        self, prepared: PreparedExercise, submission: Submission, subject: Gradable
    ) -> None:
        """Prepare.

        Args:
            prepared: what is asked.
            submission: what was handed in.
            subject: the same submission, which has answered.
        """
        self._prepared = prepared
        self._submission = submission
        self._subject = subject

    def explained(
        self,
        results: Sequence[CheckResult],
        answers: Answers,
        asked: AskOptions,
        options: RepairOptions,
    ) -> tuple[CheckResult, ...]:
        """Return results with the causes of those that no misconception explains.

        Args:
            results: of all checks.
            answers: what the submission answered.
            asked: the names and rules under which it was asked.
            options: of the search.
        """
        unexplained = [one.id for one in results if is_unexplained(one)]
        checks = {check.id: check for check in self._prepared.exercise.checks}
        failing = [id_ for id_ in unexplained if _fails_openly(checks[id_], answers)]
        if not failing or not options.steps or self._subject.killed:
            return tuple(results)
        found = self._causes([checks[id_] for id_ in failing], answers, asked, options)
        return tuple(with_causes(one, found.get(one.id, ())) for one in results)

    def _causes(
        self,
        failing: Sequence[Check],
        answers: Answers,
        asked: AskOptions,
        options: RepairOptions,
    ) -> Mapping[str, Sequence[LocatedCause]]:
        files = source_files(self._submission)
        pieces: Pieces = tuple(text for _, text in files)
        questions = self._questions(failing, answers)
        usual = usual_name(asked.given)
        name = asked.given[usual] if usual else None
        edits = self._subject.edits(asked, PROGRAM_S, options.steps * STEP_S)
        search = Search(edits.answers, questions, name, options.steps)
        found = search.find(_at_rest(self._submission, pieces))
        self._subject.start_over()
        if found is None:
            return {}
        names, line = [file for file, _ in files], self._submission.line
        told = causes(found, SourceText(pieces, names, line, options.for_staff))
        mended = by_failure(found, len(failing))
        return {
            check.id: [told[number] for number in numbers]
            for check, numbers in zip(failing, mended, strict=True)
        }

    def _questions(self, failing: Sequence[Check], answers: Answers) -> RepairQuestions:
        wrong = [at for check in failing if (at := answers.first_mismatch(check))]
        keys = [key for key, _ in wrong]
        known = {check.id for check in self._prepared.exercise.checks}
        others = [
            key
            for key in answers.programs(hidden=False)
            if key not in keys and check_of(key) in known
            if not answers.expected[key].disagreement
        ]
        failed = [self._asked(answers, key) for key in keys]
        can = partial(can_be_asked, self._text(), [one.program for one in failed])
        return RepairQuestions(
            failed,
            [mismatch for _, mismatch in wrong],
            [one for key in others if can((one := self._asked(answers, key)).program)],
            lambda: [
                one for one in self._unseen(answers.programs(hidden=False)) if can(one.program)
            ],
        )

    def _text(self) -> str:
        return "\n".join(text for _, text in source_files(self._submission))

    def _asked(self, answers: Answers, key: str) -> AskedProgram:
        expected = answers.expected[key]
        return AskedProgram(expected.program, expected.want)

    def _unseen(self, programs: Mapping[str, Program]) -> list[AskedProgram]:
        """Return Programs that nobody is asked: random graphs, and the checks' with new numbers."""
        exercise, ask = self._prepared.exercise, self._prepared.ask
        is_fit = partial(can_be_compared, ask)
        known = dict(self._programs(programs))
        others = with_other_numbers(exercise, known, UNSEEN_SEED, is_fit)
        random = self._random(programs) if exercise.taught else []
        if not any(one.random for one in exercise.checks):  # gradients over paths are not asked yet
            random = list(map(_value_alone, random))
        answered = [ask(program) for program in (*others.values(), *random)]
        return [AskedProgram(one.program, one.want) for one in answered if not one.disagreement]

    def _programs(self, programs: Mapping[str, Program]) -> Mapping[str, Program]:
        return {key: one.program for key, one in self._prepared.expected.items()} | dict(programs)

    def _random(self, programs: Mapping[str, Program]) -> list[Program]:
        names = {name for program in programs.values() for name in program.takes()}
        engine, taught = usual_name(names), taught_in(self._prepared.exercise)
        if engine is None:  # functions alone are asked, so that no engine is handed over
            return []
        return [
            random_program(UNSEEN_SEED * STRIDE + number, taught)
            .taking(USUAL[0], engine)
            ._replace(layout=number % LAYOUTS)
            for number in range(UNSEEN)
        ]


def _value_alone(program: Program) -> Program:
    """Return a random Program up to its pass, which looks at the result's number alone."""
    last = next(at for at, step in enumerate(program.steps) if step.name == "backward")
    read = Step("read", "data", program.steps[last].operands[:1])
    steps, observed = (*program.steps[:last], read), (ObservedStep("result", last),)
    return program._replace(steps=steps, observed=observed)


def can_be_asked(text: str, failing: Sequence[Program], program: Program) -> bool:
    """Return whether an engine has, by its text, all that a Program asks of it.

    What it has not, and what nothing that fails needs, is no fault of it yet.

    Args:
        text: of the engine's source.
        failing: the Programs that it fails.
        program: another one.
    """
    needed = {name for one in failing for name in _operations(one)}
    return all(name in needed or name in text for name in _operations(program))


def _operations(program: Program) -> set[str]:
    """Return the operations of a Program, "rsub" for one with a number on the left."""
    found: set[str] = set()
    for step in program.steps:
        if step.kind == "operate":
            on_left = type(step.operands[0]) is Ref
            found.add(step.name if on_left else f"r{step.name}")
        elif step.kind == "call":
            found.add(step.name)
    return found - {"backward"}  # an engine may call it as it likes


def source_files(submission: Submission) -> list[tuple[str, str]]:
    """Return the names and texts of all that a submission's engine may be written in.

    Those are the files that it imports, where they are held, and then its own, or its cells.
    """
    beside = dict(submission.beside)
    imported = [name for name in submission.imports if name.endswith(".py") and name in beside]
    texts = [(name, beside[name].decode("utf-8", "replace")) for name in imported]
    if submission.kind == "script":
        return [*texts, (submission.shown, submission.source)]
    cells = enumerate(submission.cells, 1)
    return [(submission.cell_name(number), cell) for number, cell in cells]


def _at_rest(submission: Submission, pieces: Pieces) -> Pieces:
    """Return what each piece of a source defines, in its place; of one with magics, nothing."""
    own = len(pieces) - 1 if submission.kind == "script" else 0
    texts = []
    for number, piece in enumerate(pieces):
        try:
            texts.append(definitions(piece, makes_engine if number >= own else is_kept_beside))
        except (SyntaxError, ValueError, RecursionError):
            texts.append("\n" * piece.count("\n"))
    return tuple(texts)


def _fails_openly(check: Check, answers: Answers) -> bool:
    if not check.is_public or check.own_run is not None or answers.obstacle(check):
        return False
    return answers.failed_before(check) is None and answers.first_mismatch(check) is not None


def with_causes(result: CheckResult, found: Sequence[LocatedCause]) -> CheckResult:
    """Return a result with its causes; the lines to look at are those of the first."""
    if not found:
        return result
    first, *further = found
    result = result._replace(
        diagnosis=first.diagnosis, further=tuple(one.diagnosis for one in further)
    )
    wrong = result.first_wrong_node
    if wrong is None or first.frame is None:
        return result
    return result._replace(first_wrong_node=wrong._replace(where=first.frame))
