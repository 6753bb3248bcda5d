"""Grades a submission: the only module that knows the order of the stages.

All checks go through each stage together: the submission is loaded, its engine is asked, the
answers are compared, its own run is judged, remarks are made, and what is wrong is diagnosed. Then
each check gets its result, and a failure its smallest example with the first wrong node.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from grader.engines.compare import Mismatch
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected
from grader.engines.program import Program
from grader.exercises.exercise import Check, Exercise
from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.grading.advice import remarks
from grader.grading.answers import Answers
from grader.grading.check_result import (
    check_result,
    hidden_result,
    is_unexplained,
    run_check_result,
)
from grader.grading.engine_stage import EngineStage
from grader.grading.gradable import Gradable, asks_one, within_time
from grader.grading.prepared_exercise import PreparedExercise
from grader.grading.request import EXAMPLES_S
from grader.reports.report import SCHEMA, CheckResult, Diagnosis, HandedIn, Outcome, Report
from grader.sandbox.engine_class import USUAL, usual_name
from grader.submissions.submission import TAG, Submission

if TYPE_CHECKING:
    from grader.feedback.diagnosis.diagnose import Diagnoses
    from grader.feedback.diagnosis.one_misconception import Misconception
    from grader.feedback.diagnosis.two_misconceptions import AskEngine, SubmissionAnswers
    from grader.feedback.examples import Example, Examples
    from grader.feedback.shrinking.smallest import AskSubject
    from grader.grading.own_run.checks import OwnRunChecks
    from grader.sandbox.load_result import LoadResult


UNSURE = (Outcome.FAILED, Outcome.BROKEN)
OTHER_LAYOUT = "; a set gives its nodes in any order, and this goes wrong in one of them"


class GradingOptions(NamedTuple):
    """The options of one run.

    Attributes:
        class_name: the engine's class, where it was named.
        misconceptions: gives where each known one goes wrong; asked only if something is wrong.
        two_mutants: makes an engine with two misconceptions; asked only if none explains all that
            is wrong.
        examples_s: how long, in seconds, to look for smaller examples of what is wrong; with 0, the
            checks' own are shown.
        repair_steps: how much to try to find the cause in the submission's own source, see
            `repairs`; 0 for not at all.
        for_staff: whether the edit that mends it is shown.
    """

    class_name: str | None = None
    misconceptions: "Callable[[Mapping[str, Expected]], Iterable[Misconception]]" = lambda _: ()
    two_mutants: "Callable[[str, str], AskEngine | None]" = lambda _one, _other: None
    examples_s: float = EXAMPLES_S
    repair_steps: int = 0
    for_staff: bool = False


def grade(
    prepared: PreparedExercise,
    submission: Submission,
    subject: Gradable,
    options: GradingOptions | None = None,
) -> Report:
    """Ask `submission` everything that an exercise asks, and report.

    Args:
        prepared: what to ask, and what the oracles say.
        submission: what was handed in.
        subject: the same submission in a world of its own, not yet loaded.
        options: of this run.

    Raises:
        SeveralEngines: more than one class could be meant.
        UnknownClass: the class that was named does not exist.
    """
    started = perf_counter()
    exercise = prepared.exercise
    grading = _Grading(prepared, submission, subject, options or GradingOptions())
    grading.run()
    results = tuple(grading.result(check) for check in exercise.checks)
    look = grading.reason_to_look([one.id for one in results if one.outcome in UNSURE])
    return Report(
        schema=SCHEMA,
        exercise=exercise.path,
        title=exercise.title,
        submission=HandedIn(submission.shown, submission.sha256, submission.kind),
        score=sum(result.score for result in results),
        max_score=sum(result.max_score for result in results),
        passed=all(result.outcome is Outcome.PASSED for result in results),
        checks=grading.explained(results),
        notes=(*grading.notes, look) if look else tuple(grading.notes),
        oracles=prepared.oracles,
        isolation=subject.isolation,
        seed=prepared.seed,
        duration_s=round(perf_counter() - started, 4),
        by_hand=look,
    )


class _Grading:
    """One submission on its way through the stages of an exercise."""

    def __init__(
        self,
        prepared: PreparedExercise,
        submission: Submission,
        subject: Gradable,
        options: GradingOptions,
    ) -> None:
        self._prepared = prepared
        self._exercise = prepared.exercise
        self._submission = submission
        self._subject = subject
        self._options = options
        self._engine = EngineStage(prepared, submission, subject, options.class_name)
        self._misconceptions: Sequence[Misconception] = ()
        self._diagnoses: Diagnoses = lambda _: ()
        self._examples: Examples | None = None
        self._own_run: OwnRunChecks | None = None
        self.notes: list[str] = []

    def run(self) -> None:
        """Go through the stages that look at all checks together: each needs those before it.

        The answers are compared as they come in. A failure's example is found after the diagnosis,
        which may know a small one, and only for a result that shows it.
        """
        loaded = self._loaded = self._subject.load(self._exercise.forbids)
        self._note_run(loaded)
        if self._answers.problem:
            return
        self._engine.find(loaded)
        self._engine.ask()
        self.notes += self._engine.notes
        self._judge_own_run()
        self._engine.ask_what_is_hidden()
        self.notes += (*remarks(self._exercise, self._answers), *_form_notes(self._answers))
        self._diagnose()

    def _note_run(self, loaded: "LoadResult") -> None:
        """Note how the run went, where there is anything to say of it."""
        submission = self._submission
        if loaded.is_smooth and not submission.whole:
            return
        from grader.grading.run_notes import notes_on, problem_of  # most runs need no word

        self.notes += notes_on(loaded, submission)
        self._answers.problem = problem_of(loaded, submission)

    @property
    def _answers(self) -> Answers:
        return self._engine.answers

    def reason_to_look(self, ids: Sequence[str]) -> str:
        """Return why somebody is to look at this by hand, where some checks did not pass."""
        if killed := self._subject.killed:
            return f"to be looked at by hand: {killed}"
        walled = self._subject.isolation != "limits"
        own = self._exercise, self._loaded, self._answers
        return _reason_to_look(*own, ids, walled=walled)

    def _judge_own_run(self) -> None:
        """Judge what is asked of the submission's own run."""
        checks = [check for check in self._exercise.checks if check.own_run]
        if not checks:
            return
        from grader.grading.own_run.checks import (  # six modules that most exercises do not need
            BELIEVED,
            OwnRunChecks,
            OwnRunOptions,
            note_on_engine_faults,
        )

        answer = asks_one(self._subject, self._engine.options())
        cells, seed = _tagged_cells(self._exercise, self._submission), self._prepared.seed
        taken, starts = usual_name(self._engine.names) or USUAL[0], _seed_of_starts(seed)
        options = OwnRunOptions(cells, self._answers.is_engine_right, taken, starts)
        engine, asked = self._engine.engine(), self._prepared.ask
        self._own_run = own_run = OwnRunChecks(self._subject, engine, asked, answer, options)
        for check in checks:
            if self._answers.is_wanted(check.id) and not self._answers.obstacle(check):
                result = own_run.judge(check)
                self._answers.add_run(check, result)
                self.notes += [result.note] if result.note and check.is_public else []
        if own_run.engine_faults:
            self.notes.append(note_on_engine_faults(own_run.engine_faults))
        if own_run.is_training_believed:
            self.notes.append(BELIEVED)

    def _diagnose(self) -> None:
        """Find the misconceptions that explain what is wrong, over all that was asked."""
        if observations := self._answers.to_diagnose():
            from grader.feedback.diagnosis.diagnose import diagnose

            wrong, options = _wrong_answers(self._answers, observations), self._options
            self._misconceptions = list(options.misconceptions(wrong.expected))
            self._diagnoses = diagnose(wrong, self._misconceptions, options.two_mutants)

    def result(self, check: Check) -> CheckResult:
        """Return the result of one check, with the example of a failure that may be shown."""
        answers = self._answers
        if self._subject.killed and not answers.is_known(check):
            return check_result(check, Outcome.BROKEN, f"not your fault: {self._subject.killed}")
        if disagreement := answers.disagreement(check):
            return check_result(check, Outcome.BROKEN, f"not your fault: {disagreement}")
        if failed := answers.failed_before(check):
            return check_result(check, Outcome.SKIPPED, f"asked when “{failed.title}” holds")
        if obstacle := answers.obstacle(check):
            return check_result(check, Outcome.FAILED, obstacle)
        if check.id in answers.run_results:
            return run_check_result(check, answers.run_results[check.id], self._diagnoses(check.id))
        wrong = answers.first_mismatch(check)
        if wrong is None:
            return check_result(check, Outcome.PASSED, "")
        key, mismatch = wrong
        if not check.is_public:
            return hidden_result(check, self._diagnoses(key))
        known = _smallest_known(key, self._diagnoses(key), self._misconceptions)
        failing = self._prepared.expected[key], mismatch
        explanation, wrong_node = _example(self._all_examples(), *failing, known)
        says = explanation.message + (OTHER_LAYOUT if "@" in key else "")
        example, diagnoses = explanation.counterexample, self._diagnoses(key)
        result = check_result(check, Outcome.FAILED, says, example, diagnoses)
        return result._replace(first_wrong_node=wrong_node)

    def explained(self, results: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
        """Return the results with causes from the submission's own source, once all else is known.

        An edit of the submission is asked last, so that nothing it does is in any verdict.
        """
        options = self._options
        if not options.repair_steps or not any(is_unexplained(one) for one in results):
            return results
        from grader.grading.repairs.engine_repairs import EngineRepairs, RepairOptions
        from grader.grading.repairs.training_repairs import TrainingRepairs

        stage = EngineRepairs(self._prepared, self._submission, self._subject)
        repair = RepairOptions(options.repair_steps, options.for_staff)
        results = stage.explained(results, self._answers, self._engine.options(), repair)
        trainings = TrainingRepairs(self._submission, self._subject, self._own_run)
        return trainings.explained(results, self._exercise.checks, self._answers, repair)

    def _all_examples(self) -> "Examples":
        if self._examples is None:
            subject = within_time(self._subject, self._engine.options())
            own = self._submission, self._engine.names, subject
            self._examples = _examples_for(self._prepared, *own, self._options.examples_s)
        return self._examples


def _examples_for(
    prepared: PreparedExercise,
    submission: Submission,
    names: Mapping[str, str],
    subject: Callable[[Callable[[], bool]], "AskSubject"],
    seconds: float,
) -> "Examples":
    """Return what finds the smallest example of a failure, and its first wrong node, in time."""
    from grader.feedback.examples import ExampleOracles, Examples, SubmissionNames

    own = SubmissionNames(names, submission.line, prepared.exercise.taught)
    oracles = ExampleOracles(prepared.ask, prepared.candidates())
    return Examples(subject, oracles, own, seconds)


def _example(
    examples: "Examples", expectation: Expected, mismatch: Mismatch, known: Program | None
) -> "Example":
    from grader.feedback.shrinking.smallest import FailingProgram

    failing = FailingProgram(expectation.program, mismatch, expectation.by_oracle)
    return examples.of(failing, known)


def _wrong_answers(
    answers: Answers, observations: Mapping[str, Observation]
) -> "SubmissionAnswers":
    """Return what a submission answered to what it is diagnosed by."""
    from grader.feedback.diagnosis.two_misconceptions import SubmissionAnswers

    runs = answers.run_results
    asked = {
        key: runs[key].expected if key in runs else answers.expected[key] for key in observations
    }
    wrong = {key: at for key in observations if (at := answers.mismatches[key])}
    return SubmissionAnswers(asked, observations, wrong, runs.keys())


def _reason_to_look(
    exercise: Exercise,
    loaded: "LoadResult",
    answers: Answers,
    ids: Sequence[str],
    *,
    walled: bool,
) -> str:
    """Return why somebody is to look at a submission by hand that did not pass some checks."""
    if not ids or not (loaded.mishaps or any(map(answers.fault, ids))):
        return ""
    from grader.grading.surroundings.missing_packages import reason_to_look  # most raise nothing

    return reason_to_look(exercise, loaded, answers, ids, walled=walled)


def _form_notes(answers: Answers) -> list[str]:
    """Return the line on how the engine has what was asked, where that is otherwise than usual."""
    unusual = [one for one in answers.observations.values() if one.members or one.precision]
    if not unusual:
        return []
    from grader.grading.found_engine.form_note import note_on_form

    return list(filter(None, [note_on_form(unusual)]))


def _seed_of_starts(seed: int) -> int | None:
    """Return the seed by which runs are confirmed, None with everyone's, which has no secret."""
    return None if seed == DEFAULT_SEED else seed


def _tagged_cells(exercise: Exercise, submission: Submission) -> set[int]:
    """Return the numbers of the cells that carry the exercise's tag."""
    own = TAG + exercise.path
    return {number for number, tag in enumerate(submission.tags, 1) if tag == own}


def _smallest_known(
    key: str, diagnoses: Sequence[Diagnosis], misconceptions: Iterable["Misconception"]
) -> Program | None:
    """Return the smallest Program that the one misconception fails that explains a failure."""
    if len(diagnoses) != 1:
        return None
    first = diagnoses[0].id.partition("/")[0]
    behind = next((one for one in misconceptions if one.diagnosis.id == first), None)
    return behind.smallest.get(key) if behind else None
