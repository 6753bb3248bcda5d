"""Grades a submission: the only module that knows the order of the stages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from grader.compare import ORACLES_RELATIVE, Mismatch, compare
from grader.diagnose import Suspect, diagnose
from grader.exercise import Advisory, Check, Exercise
from grader.generate import generate, taught_by
from grader.loading import notes_on, problem_of
from grader.observation import Observation
from grader.program import Program
from grader.recording import record
from grader.results import SCHEMA, CheckResult, Counterexample, Diagnosis, HandedIn, Outcome, Report
from grader.subject.engine import NoEngine, names_for
from grader.subject.subject import Asked, Loaded
from grader.submission import Submission

if TYPE_CHECKING:
    from grader.examples import Example, Examples


class Oracle(Protocol):
    """An engine that knows the answers."""

    label: str

    def answer(self, program: Program) -> Observation | None:
        """Return what the oracle does with `program`, or None where it cannot tell."""
        ...


class Subject(Protocol):
    """A submission in a world of its own; see `subject.subject.Subject`."""

    @property
    def isolation(self) -> Literal["full", "container", "limits"]:
        """The tier of the walls around it."""
        ...

    def load(self) -> Loaded:
        """Run the submission."""
        ...

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: Asked,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        """Ask Programs, and hand over each Observation as it arrives."""
        ...


DEFAULT_SEED = 12345
STRIDE = 1_000_003
EXAMPLES_S = 0.5


class Options(NamedTuple):
    """What a person chose for this run.

    Attributes:
        class_name: the engine's class, where it was named.
        seed: for random graphs; the default is the same for everyone.
        suspects: gives what each known misconception answers; asked only if something is wrong.
        examples_s: how long, in seconds, to look for smaller examples of what is wrong; with 0, the
            checks' own are shown.
    """

    class_name: str | None = None
    seed: int = DEFAULT_SEED
    suspects: Callable[[Mapping[str, Program]], Iterable[Suspect]] = lambda _: ()
    examples_s: float = EXAMPLES_S


class Question(NamedTuple):
    """A Program, and what each oracle says to it; `quarrel` tells where they disagree."""

    program: Program
    expected: Mapping[str, Observation]
    quarrel: str = ""


def grade(
    exercise: Exercise,
    submission: Submission,
    subject: Subject,
    oracles: Sequence[Oracle],
    options: Options | None = None,
) -> Report:
    """Ask `submission` everything that `exercise` asks, and report.

    Args:
        exercise: from the catalogue.
        submission: what was handed in.
        subject: the same submission in a world of its own, not yet loaded.
        oracles: the first one's answers are compared with the submission's; all must agree.
        options: what a person chose.

    Raises:
        SeveralEngines: more than one class could be meant.
        UnknownClass: the class that was named does not exist.
        BrokenExercise: a check cannot be recorded.
    """
    started = perf_counter()
    options = options or Options()
    asked = questions(exercise, options.seed)
    answered = _with_answers(asked, oracles)
    sitting = _Sitting(exercise, submission, answered, lambda program: question(program, oracles))
    sitting.run(subject, options)
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
        oracles=tuple(oracle.label for oracle in oracles if sitting.heard(oracle.label)),
        isolation=subject.isolation,
        seed=options.seed,
        duration_s=round(perf_counter() - started, 4),
    )


def questions(exercise: Exercise, seed: int = DEFAULT_SEED) -> dict[str, Program]:
    """Return every Program of an exercise.

    Args:
        exercise: from the catalogue.
        seed: for the random ones.

    Returns:
        The id of a check or advisory → what it asks; "id#1", "id#2", … → random graphs that a
        check asks besides.
    """
    fixed = {id_: record(function) for id_, function in exercise.asks().items()}
    taught = taught_by(exercise.taught)
    random = {
        f"{check.id}#{number}": generate(seed * STRIDE + number, taught)
        for check in exercise.checks
        for number in range(1, check.random + 1)
    }
    return fixed | random


def _with_answers(asked: Mapping[str, Program], oracles: Sequence[Oracle]) -> dict[str, Question]:
    return {key: question(program, oracles) for key, program in asked.items()}


def question(program: Program, oracles: Sequence[Oracle]) -> Question:
    """Ask the oracles a Program, and compare what they say."""
    answers = {oracle.label: oracle.answer(program) for oracle in oracles}
    expected = {label: answer for label, answer in answers.items() if answer is not None}
    (first, want), *others = expected.items()
    if want.ended != "answered":
        return Question(program, expected, f"{first} does not answer: {want.ended}")
    for label, other in others:
        if compare(program, want, other, relative=ORACLES_RELATIVE):
            return Question(program, expected, f"{first} and {label} disagree")
    return Question(program, expected)


class _Sitting:
    """One submission's answers to one exercise, as they come in."""

    def __init__(
        self,
        exercise: Exercise,
        submission: Submission,
        asked: Mapping[str, Question],
        ask: Callable[[Program], Question],
    ) -> None:
        self.ask = ask
        self.examples: Examples | None = None
        self.exercise = exercise
        self.submission = submission
        self.questions = asked
        self.checks = {check.id: check for check in exercise.checks}
        self.keys = {id_: [key for key in asked if check_of(key) == id_] for id_ in self.checks}
        self.observations: dict[str, Observation] = {}
        self.mismatches: dict[str, Mismatch | None] = {}
        self.given: Mapping[str, str] = {}
        self.problem = ""
        self.diagnosis: Diagnosis | None = None
        self.notes: list[str] = []

    def run(self, subject: Subject, options: Options) -> None:
        """Load the submission, ask it everything, and say what explains its faults."""
        self.subject = subject
        self.examples_s = options.examples_s
        loaded = subject.load()
        self.notes += notes_on(loaded, self.submission)
        self.problem = problem_of(loaded, self.submission)
        if self.problem:
            return
        programs = {key: question.program for key, question in self.questions.items()}
        taken = {name for program in programs.values() for name in program.takes()}
        names = names_for(taken, loaded.candidates, options.class_name)
        if isinstance(names, NoEngine):
            self.problem = names.message
            return
        self.given = names
        asked = Asked(self.given, self.exercise.accepts)
        subject.ask(programs, asked, self.wanted, self.done)
        self._advise()
        mine = self._telling()
        if mine:
            told = {key: programs[key] for key in mine}
            self.diagnosis = diagnose(told, mine, options.suspects(told))

    def _telling(self) -> dict[str, Observation]:
        """Return the Observations that a fault is told by, none where nothing is wrong.

        Those of random graphs only where nothing else differs: where children are a set, what a
        wrong order of the graph gives there depends on memory addresses.
        """
        asked = {
            key: seen for key, seen in self.observations.items() if check_of(key) in self.checks
        }
        wrong = {key for key in asked if self.mismatches[key]}
        fixed = {key: seen for key, seen in asked.items() if key in self.checks}
        if wrong & fixed.keys():
            return fixed
        return asked if wrong else {}

    def heard(self, oracle: str) -> bool:
        """Return whether an oracle answered everything that was asked."""
        return all(oracle in question.expected for question in self.questions.values())

    def wanted(self, key: str) -> bool:
        """Return whether an id is still worth asking: nothing that it comes after has failed."""
        check = self.checks.get(check_of(key))
        if check is None:  # a remark is not worth another wait
            return all(seen.ended in ("answered", "raised") for seen in self.observations.values())
        return not any(self._failed(needed) for needed in check.after)

    def done(self, key: str, observation: Observation) -> None:
        """Judge one Observation."""
        asked = self.questions[key]
        want = next(iter(asked.expected.values()))
        self.observations[key] = observation
        self.mismatches[key] = compare(asked.program, want, observation)

    def result(self, check: Check) -> CheckResult:
        """Return how one check came out."""
        own = self.keys[check.id]
        quarrel = next(filter(None, (self.questions[key].quarrel for key in own)), "")
        if quarrel:
            return _result(check, Outcome.BROKEN, f"not your fault: {quarrel}")
        failed = next((needed for needed in check.after if self._failed(needed)), None)
        if failed is not None:
            return _result(check, Outcome.SKIPPED, f"asked when “{failed.title}” holds")
        if self.problem:
            return _result(check, Outcome.FAILED, self.problem)
        found = next(((key, at) for key in own if (at := self.mismatches.get(key))), None)
        if found is None:
            return _result(check, Outcome.PASSED, "")
        key, mismatch = found
        told, wrong = self._example(self.questions[key], mismatch)
        shown = _result(check, Outcome.FAILED, told.message, told.counterexample, self.diagnosis)
        return shown._replace(first_wrong_node=wrong)

    def _example(self, asked: Question, mismatch: Mismatch) -> "Example":
        """Return what to show of a failure; what a passing run does without is loaded here."""
        from grader.examples import Examples, Words, asking
        from grader.smallest import Failing

        if self.examples is None:
            names = Asked(self.given, self.exercise.accepts)
            words = Words(self.given, self.submission.line, self.exercise.taught)
            asking_it = asking(self.subject, names)
            self.examples = Examples(asking_it, self.ask, words, self.examples_s)
        return self.examples.of(Failing(asked.program, mismatch, asked.expected))

    def _failed(self, check: Check) -> bool:
        """Return whether a check, or one that it comes after, has failed."""
        own = self.keys[check.id]
        if any(self.questions[key].quarrel for key in own):
            return False
        if self.problem or any(self.mismatches.get(key) for key in own):
            return True
        return any(self._failed(needed) for needed in check.after)

    def _advise(self) -> None:
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


def check_of(key: str) -> str:
    """Return the id of the check or advisory that asks the Program of this key."""
    return key.partition("#")[0]


def _result(
    check: Check,
    outcome: Outcome,
    message: str,
    example: Counterexample | None = None,
    diagnosis: Diagnosis | None = None,
) -> CheckResult:
    scored = outcome in (Outcome.PASSED, Outcome.BROKEN)
    return CheckResult(
        check.id,
        check.title,
        outcome,
        score=check.points if scored else 0.0,
        max_score=check.points,
        visibility=check.visibility,
        message=message,
        counterexample=example,
        diagnosis=diagnosis,
    )
