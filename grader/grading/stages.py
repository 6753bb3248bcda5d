"""Grades a submission: the only module that knows the order of the stages.

All checks go through each stage together: the submission is loaded, its engine is asked, the
answers are compared, its own run is judged, remarks are made, and what is wrong is diagnosed. Then
each check gets its result, and a failure its smallest example with the first wrong node.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from grader.engines.compare import Mismatch
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected
from grader.engines.program import Program
from grader.exercises.exercise import Check, Exercise
from grader.exercises.exercise_programs import check_of
from grader.grading.advice import remarks
from grader.grading.answers import Answers
from grader.grading.check_result import check_result, hidden_result, run_check_result
from grader.grading.forbidden_use import borrowed_by, message, programs_or_none
from grader.grading.gradable import Gradable, asks_one, within_time
from grader.grading.prepared_exercise import PreparedExercise
from grader.grading.request import EXAMPLES_S
from grader.grading.run_notes import notes_on, problem_of
from grader.reports.report import SCHEMA, CheckResult, Diagnosis, HandedIn, Outcome, Report
from grader.sandbox.engine_class import USUAL, Attempt, NoEngine, names_for
from grader.sandbox.subject import AskOptions
from grader.submissions.class_comment import named_class
from grader.submissions.submission import TAG, Submission

if TYPE_CHECKING:
    from grader.feedback.diagnosis.diagnose import Diagnoses
    from grader.feedback.diagnosis.one_misconception import Misconception
    from grader.feedback.diagnosis.two_misconceptions import AskEngine
    from grader.feedback.examples import Example, Examples
    from grader.sandbox.load_result import LoadResult


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
    """

    class_name: str | None = None
    misconceptions: "Callable[[Mapping[str, Expected]], Iterable[Misconception]]" = lambda _: ()
    two_mutants: "Callable[[str, str], AskEngine | None]" = lambda _one, _other: None
    examples_s: float = EXAMPLES_S


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
    return Report(
        schema=SCHEMA,
        exercise=exercise.path,
        title=exercise.title,
        submission=HandedIn(submission.shown, submission.sha256, submission.kind),
        score=sum(result.score for result in results),
        max_score=sum(result.max_score for result in results),
        passed=all(result.outcome is Outcome.PASSED for result in results),
        checks=results,
        notes=tuple(grading.notes),
        oracles=prepared.oracles,
        isolation=subject.isolation,
        seed=prepared.seed,
        duration_s=round(perf_counter() - started, 4),
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
        self._answers = Answers(prepared)
        self._names: Mapping[str, str] = {}
        self._misconceptions: Sequence[Misconception] = ()
        self._diagnoses: Diagnoses = lambda _: ()
        self._examples: Examples | None = None
        self.notes: list[str] = []

    def run(self) -> None:
        """Go through the stages that look at all checks together: each needs those before it.

        The answers are compared as they come in. A failure's example is found after the diagnosis,
        which may know a small one, and only for a result that shows it.
        """
        loaded = self._subject.load()
        self.notes += notes_on(loaded, self._submission)
        self._answers.problem = problem_of(loaded, self._submission)
        if self._answers.problem:
            return
        self._find_engine(loaded)
        self._ask_engine()
        self._judge_own_run()
        self.notes += (*remarks(self._exercise, self._answers), *_form_notes(self._answers))
        self._diagnose()

    def _find_engine(self, loaded: "LoadResult") -> None:
        """Find the submission's own names of what is asked, and whether they are its own work."""
        taken = {name for one in self._prepared.expected.values() for name in one.program.takes()}
        named = self._options.class_name or named_class(self._submission)
        keys = self._answers.engine_programs()
        attempt = _attempt(self._subject, self._prepared, keys, self._ask_options(), self.notes)
        names = names_for(taken, loaded.candidates, named, attempt)
        if isinstance(names, NoEngine):
            self._answers.no_engine = names.message
        else:
            self._names = names
        self._graded_names = self._names or {name: name for name in taken}
        borrowed = borrowed_by(self._exercise, self._submission, self._graded_names.values())
        self._answers.forbidden_use = message(borrowed, self._submission)

    def _ask_engine(self) -> None:
        """Ask every Program, compare each answer, and look whether the engine is their own."""
        answers = self._answers
        if answers.forbidden_use:
            return
        programs = answers.engine_programs() if self._names else {}
        forbids = self._exercise.forbids
        asked = self._ask_options()._replace(given=self._graded_names, forbids=forbids)
        self._subject.ask(programs_or_none(programs), asked, answers.is_wanted, self._compare)
        if answers.forbidden_use:
            answers.drop()

    def _compare(self, key: str, observation: Observation) -> None:
        borrowed = message(observation.borrowed, self._submission)
        self._answers.forbidden_use = self._answers.forbidden_use or borrowed
        self._answers.add(key, observation)

    def _ask_options(self) -> AskOptions:
        return AskOptions(self._names, self._exercise.accepts, self._exercise.by_name)

    def _judge_own_run(self) -> None:
        """Judge what is asked of the submission's own run."""
        checks = [check for check in self._exercise.checks if check.own_run]
        if not checks:
            return
        from grader.grading.own_run.checks import (  # six modules that most exercises do not need
            OwnRunChecks,
            note_on_engine_faults,
        )

        engine = next((self._names[name] for name in USUAL if name in self._names), None)
        answer = asks_one(self._subject, self._ask_options())
        cells = _tagged_cells(self._exercise, self._submission)
        own_run = OwnRunChecks(self._subject, engine, self._prepared.ask, answer, cells)
        for check in checks:
            if self._answers.is_wanted(check.id) and not self._answers.obstacle(check):
                result = own_run.judge(check)
                self._answers.add_run(check, result)
                self.notes += [result.note] if result.note and check.is_public else []
        if own_run.engine_faults:
            self.notes.append(note_on_engine_faults(own_run.engine_faults))

    def _diagnose(self) -> None:
        """Find the misconceptions that explain what is wrong, over all that was asked."""
        answers, expected = self._answers, self._prepared.expected
        observations = answers.to_diagnose()
        if not observations:
            return
        from grader.feedback.diagnosis.diagnose import diagnose
        from grader.feedback.diagnosis.two_misconceptions import SubmissionAnswers

        runs = answers.run_results
        asked = {key: runs[key].expected if key in runs else expected[key] for key in observations}
        wrong = {key: at for key in observations if (at := answers.mismatches[key])}
        submission = SubmissionAnswers(asked, observations, wrong, runs.keys())
        self._misconceptions = list(self._options.misconceptions(asked))
        self._diagnoses = diagnose(submission, self._misconceptions, self._options.two_mutants)

    def result(self, check: Check) -> CheckResult:
        """Return the result of one check, with the example of a failure that may be shown."""
        answers = self._answers
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
        explanation, wrong_node = self._example(key, mismatch)
        says = explanation.message + (OTHER_LAYOUT if "@" in key else "")
        example, diagnoses = explanation.counterexample, self._diagnoses(key)
        result = check_result(check, Outcome.FAILED, says, example, diagnoses)
        return result._replace(first_wrong_node=wrong_node)

    def _example(self, key: str, mismatch: Mismatch) -> "Example":
        """Find the smallest example of a failure, and its first wrong node, as time allows."""
        from grader.feedback.examples import ExampleOracles, Examples, SubmissionNames
        from grader.feedback.shrinking.smallest import FailingProgram

        prepared, submission = self._prepared, self._submission
        if self._examples is None:
            names = SubmissionNames(self._names, submission.line, self._exercise.taught)
            subject = within_time(self._subject, self._ask_options())
            oracles = ExampleOracles(prepared.ask, prepared.candidates())
            self._examples = Examples(subject, oracles, names, self._options.examples_s)
        expectation = prepared.expected[key]
        failing = FailingProgram(expectation.program, mismatch, expectation.by_oracle)
        known = _smallest_known(key, self._diagnoses(key), self._misconceptions)
        return self._examples.of(failing, known)


def _attempt(
    subject: Gradable,
    prepared: PreparedExercise,
    programs: Collection[str],
    asked: AskOptions,
    notes: list[str],
) -> Attempt:
    """Return a way to try classes, which notes which one does more than others."""

    def attempt(classes: Sequence[str]) -> Sequence[str]:
        from grader.grading.engine_trial import best_classes  # where names do not tell

        fixed = {
            key: one
            for key, one in prepared.expected.items()
            if key in programs and check_of(key) == key and one.program.takes()
        }
        best = best_classes(subject, fixed, asked, classes)
        if len(best) == 1 and len(classes) > 1:
            others = ", ".join(name for name in classes if name not in best)
            notes.append(f"{best[0]} was graded: it does more of what is asked than {others}")
        return best

    return attempt


def _form_notes(answers: Answers) -> list[str]:
    """Return the line on how the engine has what was asked, where that is otherwise than usual."""
    unusual = [one for one in answers.observations.values() if one.members or one.precision]
    if not unusual:
        return []
    from grader.grading.form_note import note_on_form

    return list(filter(None, [note_on_form(unusual)]))


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
