"""Grades a submission: the only module that knows the order of the stages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from grader.engines.compare import Mismatch, compare
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected
from grader.engines.program import Program
from grader.exercises.exercise import Advisory, Check
from grader.exercises.exercise_programs import check_of
from grader.feedback.diagnosis.one_misconception import Misconception
from grader.grading.check_result import check_result, hidden_result
from grader.grading.forbidden_use import borrowed_by, message, needs_engine, programs_or_none
from grader.grading.gradable import Gradable
from grader.grading.prepared_exercise import PreparedExercise
from grader.grading.request import EXAMPLES_S
from grader.grading.run_notes import notes_on, problem_of
from grader.reports.report import SCHEMA, CheckResult, HandedIn, Outcome, Report
from grader.sandbox.engine_class import USUAL, NoEngine, names_for
from grader.sandbox.subject import AskOptions
from grader.submissions.submission import TAG, Submission

if TYPE_CHECKING:
    from grader.feedback.diagnosis.diagnose import Diagnoses
    from grader.feedback.diagnosis.two_misconceptions import AskEngine
    from grader.feedback.examples import Example, Examples
    from grader.grading.own_run.run_result import RunResult


OTHER_LAYOUT = "; a set gives its nodes in any order, and this goes wrong in one of them"


class GradingOptions(NamedTuple):
    """What a person chose for this run.

    Attributes:
        class_name: the engine's class, where it was named.
        suspects: gives where each known misconception goes wrong; asked only if something is.
        together: makes an engine with two of them; asked only if none explains all that is wrong.
        examples_s: how long, in seconds, to look for smaller examples of what is wrong; with 0, the
            checks' own are shown.
    """

    class_name: str | None = None
    suspects: Callable[[Mapping[str, Expected]], Iterable[Misconception]] = lambda _: ()
    together: "Callable[[str, str], AskEngine | None]" = lambda _one, _other: None
    examples_s: float = EXAMPLES_S


def grade(
    asked: PreparedExercise,
    submission: Submission,
    subject: Gradable,
    options: GradingOptions | None = None,
) -> Report:
    """Ask `submission` everything that an exercise asks, and report.

    Args:
        asked: what to ask, and what the oracles say.
        submission: what was handed in.
        subject: the same submission in a world of its own, not yet loaded.
        options: what a person chose.

    Raises:
        SeveralEngines: more than one class could be meant.
        UnknownClass: the class that was named does not exist.
    """
    started = perf_counter()
    exercise = asked.exercise
    sitting = _Grading(asked, submission)
    sitting.run(subject, options or GradingOptions())
    results = tuple(sitting.result(check) for check in exercise.checks)
    return Report(
        schema=SCHEMA,
        exercise=exercise.path,
        title=exercise.title,
        submission=HandedIn(submission.shown, submission.sha256, submission.kind),
        score=sum(result.score for result in results),
        max_score=sum(result.max_score for result in results),
        passed=all(result.outcome is Outcome.PASSED for result in results),
        checks=results,
        notes=tuple(sitting.notes),
        oracles=asked.oracles,
        isolation=subject.isolation,
        seed=asked.seed,
        duration_s=round(perf_counter() - started, 4),
    )


class _Grading:
    """One submission's answers to one exercise, as they come in."""

    def __init__(self, asked: PreparedExercise, submission: Submission) -> None:
        self.examples: Examples | None = None
        self.exercise = exercise = asked.exercise
        self.submission = submission
        self.ask = asked.ask
        self.near = asked.near
        self.questions = asked.questions
        self.checks = {check.id: check for check in exercise.checks}
        keys = [(key, check_of(key)) for key in asked.questions]
        self.keys = {id_: [key for key, of in keys if of == id_] for id_ in self.checks}
        self.observations: dict[str, Observation] = {}
        self.mismatches: dict[str, Mismatch | None] = {}
        self.findings: dict[str, RunResult] = {}
        self.given: Mapping[str, str] = {}
        self.problem = ""
        self.missing = self.borrowed = ""
        self.named: Diagnoses = lambda _: ()
        self.suspects: Sequence[Misconception] = ()
        self.notes: list[str] = []

    def run(self, subject: Gradable, options: GradingOptions) -> None:
        """Load the submission, ask it everything, and say what explains its faults."""
        self.subject = subject
        self.examples_s = options.examples_s
        loaded = subject.load()
        self.notes += notes_on(loaded, self.submission)
        self.problem = problem_of(loaded, self.submission)
        if self.problem:
            return
        programs = [question.program for question in self.questions.values()]
        taken = {name for program in programs for name in program.takes()}
        names = names_for(taken, loaded.candidates, options.class_name)
        if isinstance(names, NoEngine):
            self.missing = names.message
        else:
            self.given = names
        self._ask_engine(subject, self.given or {name: name for name in taken})
        self._hear(subject, next((self.given[name] for name in USUAL if name in self.given), None))
        self._advise()
        self._diagnose(options)

    def _ask_engine(self, subject: Gradable, graded: Mapping[str, str]) -> None:
        """Ask everything that is asked of the engine, and whether it is the student's own."""
        borrowed = borrowed_by(self.exercise, self.submission, graded.values())
        self.borrowed = message(borrowed, self.submission)
        if self.borrowed:
            return
        programs = {
            key: question.program
            for key, question in self.questions.items()
            if self.given and not self._is_of_run(key)
        }
        asked = self._asked()._replace(given=graded, forbids=self.exercise.forbids)
        subject.ask(programs_or_none(programs), asked, self.wanted, self.done)
        if self.borrowed:
            self.observations.clear()
            self.mismatches.clear()

    def _asked(self) -> AskOptions:
        return AskOptions(self.given, self.exercise.accepts, self.exercise.data)

    def _hear(self, subject: Gradable, engine: str | None) -> None:
        """Judge what is asked of the submission's own run."""
        checks = [check for check in self.exercise.checks if check.own_run]
        if not checks:
            return
        from grader.grading.own_run.checks import (  # six modules that most exercises do not need
            OwnRunChecks,
            note_on_excused,
        )

        def answer(key: str, program: Program) -> Observation:
            got: dict[str, Observation] = {}
            subject.ask({key: program}, self._asked(), lambda _: True, got.__setitem__)
            return got[key]

        hearing = OwnRunChecks(subject, engine, self.ask, answer, self._tagged())
        for check in checks:
            if self.wanted(check.id) and not self._obstacle(check):
                found = self.findings[check.id] = hearing.find(check)
                self.observations[check.id] = found.observation
                self.mismatches[check.id] = found.mismatch
                self.notes += [found.note] if found.note and check.is_public else []
        if hearing.excused:
            self.notes.append(note_on_excused(hearing.excused))

    def _tagged(self) -> set[int]:
        """Return the numbers of the cells that carry the exercise's tag."""
        own = TAG + self.exercise.path
        return {number for number, tag in enumerate(self.submission.tags, 1) if tag == own}

    def _is_of_run(self, key: str) -> bool:
        check = self.checks.get(check_of(key))
        return check is not None and check.own_run is not None

    def _diagnose(self, options: GradingOptions) -> None:
        """Say which misconceptions explain what is wrong, over all that was asked."""
        mine = self._telling()
        if not mine:
            return
        from grader.feedback.diagnosis.diagnose import diagnose
        from grader.feedback.diagnosis.two_misconceptions import SubmissionAnswers

        told = {
            key: self.findings[key].question if key in self.findings else self.questions[key]
            for key in mine
        }
        wrong = {key: at for key in mine if (at := self.mismatches[key])}
        case = SubmissionAnswers(told, mine, wrong, self.findings.keys())
        self.suspects = list(options.suspects(told))
        self.named = diagnose(case, self.suspects, options.together)

    def _telling(self) -> dict[str, Observation]:
        """Return the Observations that a fault is told by, none where nothing is wrong.

        Those of random graphs, and in other layouts, only where nothing else differs: there it
        matters whether children are kept in a set, and misconceptions may keep theirs otherwise.
        """
        excused = {key for key, found in self.findings.items() if found.excused}
        seen_of = {key: it for key, it in self.observations.items() if check_of(key) in self.checks}
        asked = {key: seen for key, seen in seen_of.items() if key not in excused}
        wrong = {key for key in asked if self.mismatches[key]}
        if not wrong:  # what is left is wrong on a right engine, too
            return {key: seen for key, seen in seen_of.items() if self.mismatches[key]}
        fixed = {key: seen for key, seen in asked.items() if key in self.checks}
        if wrong & fixed.keys():
            return fixed
        return asked

    def wanted(self, key: str) -> bool:
        """Return whether an id is still worth asking: nothing that it comes after has failed."""
        check = self.checks.get(check_of(key))
        if check is None:  # a remark is not worth another wait
            return all(seen.ended in ("answered", "raised") for seen in self.observations.values())
        return not any(self._failed(needed) for needed in check.after)

    def done(self, key: str, observation: Observation) -> None:
        """Judge one Observation."""
        self.borrowed = self.borrowed or message(observation.borrowed, self.submission)
        if key not in self.questions:
            return
        asked = self.questions[key]
        want = next(iter(asked.by_oracle.values()))
        self.observations[key] = observation
        self.mismatches[key] = compare(asked.program, want, observation)

    def result(self, check: Check) -> CheckResult:
        """Return how one check came out."""
        own = self.keys[check.id]
        quarrel = next(filter(None, (self.questions[key].disagreement for key in own)), "")
        if quarrel:
            return check_result(check, Outcome.BROKEN, f"not your fault: {quarrel}")
        failed = next((needed for needed in check.after if self._failed(needed)), None)
        if failed is not None:
            return check_result(check, Outcome.SKIPPED, f"asked when “{failed.title}” holds")
        problem = self._obstacle(check)
        if problem:
            return check_result(check, Outcome.FAILED, problem)
        if check.id in self.findings:
            return self._result_of_run(check, self.findings[check.id])
        found = next(((key, at) for key in own if (at := self.mismatches.get(key))), None)
        if found is None:
            return check_result(check, Outcome.PASSED, "")
        key, mismatch = found
        if not check.is_public:
            return hidden_result(check, self.named(key))
        told, wrong = self._example(key, mismatch)
        message = told.message + (OTHER_LAYOUT if "@" in key else "")
        shown = check_result(check, Outcome.FAILED, message, told.counterexample, self.named(key))
        return shown._replace(first_wrong_node=wrong)

    def _result_of_run(self, check: Check, found: "RunResult") -> CheckResult:
        if found.question.disagreement:
            return check_result(
                check, Outcome.BROKEN, f"not your fault: {found.question.disagreement}"
            )
        if found.mismatch is None:
            curve = found.curve if check.is_public else None
            return check_result(check, Outcome.PASSED, "")._replace(training=curve)
        if not check.is_public:
            return hidden_result(check, self.named(check.id), found.score)
        failed = check_result(
            check, Outcome.FAILED, found.message, found.example, self.named(check.id)
        )
        return failed._replace(score=found.score, training=found.curve)

    def _example(self, key: str, mismatch: Mismatch) -> "Example":
        """Return what to show of a failure; what a passing run does without is loaded here."""
        from grader.feedback.examples import ExampleOracles, Examples, SubmissionNames
        from grader.feedback.shrinking.smallest import FailingProgram
        from grader.grading.gradable import within_time

        if self.examples is None:
            words = SubmissionNames(self.given, self.submission.line, self.exercise.taught)
            asking_it = within_time(self.subject, self._asked())
            oracles = ExampleOracles(self.ask, self.near)
            self.examples = Examples(asking_it, oracles, words, self.examples_s)
        asked = self.questions[key]
        return self.examples.of(
            FailingProgram(asked.program, mismatch, asked.by_oracle), self._smallest_known(key)
        )

    def _smallest_known(self, key: str) -> Program | None:
        """Return the smallest Program that the one misconception fails that explains a failure."""
        told = self.named(key)
        if len(told) != 1:
            return None
        first = told[0].id.partition("/")[0]
        guilty = next((one for one in self.suspects if one.diagnosis.id == first), None)
        return guilty.smallest.get(key) if guilty else None

    def _obstacle(self, check: Check) -> str:
        """Return why a check cannot be asked, "" where it can."""
        if self.borrowed and needs_engine(check, self.questions[check.id].program):
            return self.borrowed
        return self.problem or ("" if check.own_run else self.missing)

    def _failed(self, check: Check) -> bool:
        """Return whether a check, or one that it comes after, has failed."""
        own = self.keys[check.id]
        if any(self.questions[key].disagreement for key in own):
            return False
        if self._obstacle(check) or any(self.mismatches.get(key) for key in own):
            return True
        return any(self._failed(needed) for needed in check.after)

    def _advise(self) -> None:
        """Remark on what was answered; nothing where all is still to be done."""
        if all(self._failed(check) for check in self.exercise.checks):
            return
        for advisory in self.exercise.advisories:
            observation = self.observations.get(advisory.id)
            if observation is None or observation.ended != "answered":
                continue
            if _remarkable(advisory, self.mismatches[advisory.id]):
                self.notes.append(advisory.says)


def _remarkable(advisory: Advisory, mismatch: Mismatch | None) -> bool:
    """Return whether an advisory applies: to an answer like the oracles', or to a wrong one.

    A wrong answer is one of the kind that was wanted, a wrong number say; where a submission gives
    something else altogether, its checks have told.
    """
    if mismatch is None or advisory.when == "agrees":
        return mismatch is None and advisory.when == "agrees"
    want, got = mismatch.want, mismatch.got
    return want is not None and got is not None and want.kind == got.kind
