"""Finds a submission's engine, and asks it what the checks ask: openly first, then what is hidden.

What is hidden is asked in a process that ends with it: nothing that a public check shows can have
been there.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from grader.engines.observation import BorrowedPackage, Observation
from grader.exercises.exercise_programs import check_of
from grader.grading.answers import Answers
from grader.grading.forbidden_use import HOLD_NUMBERS, borrowed_by, message, programs_or_none
from grader.grading.gradable import Gradable
from grader.grading.prepared_exercise import PreparedExercise
from grader.sandbox.engine_class import NoEngine, names_for, usual_name
from grader.sandbox.load_result import LoadResult
from grader.sandbox.subject import AskOptions
from grader.submissions.class_comment import named_class
from grader.submissions.submission import Submission

if TYPE_CHECKING:
    from grader.grading.found_engine.class_versions import EngineVersions

UNSAID = "it uses a package that this exercise forbids, where a hidden check asks"


class EngineStage:
    """The engine of one submission, as it is found and asked.

    Attributes:
        answers: what it has answered.
        names: the name that checks take → the submission's own; empty where no engine was found.
        notes: on what was chosen.
    """

    def __init__(
        self,
        prepared: PreparedExercise,
        submission: Submission,
        subject: Gradable,
        class_name: str | None = None,
    ) -> None:
        """Prepare.

        Args:
            prepared: what to ask.
            submission: what was handed in.
            subject: the same submission in a world of its own.
            class_name: the engine's, where it was named.
        """
        self.answers = Answers(prepared)
        self.names: Mapping[str, str] = {}
        self.notes: list[str] = []
        self._prepared = prepared
        self._submission = submission
        self._subject = subject
        self._class_name = class_name
        self._versions: EngineVersions | None = None
        self._graded_names: Mapping[str, str] = {}
        self._in_text: BorrowedPackage | None = None
        self._unwithheld: Collection[str] = ()
        self._numbers_of = ""

    def engine(self) -> str | None:
        """Return the submission's own name of the engine's class, None where there is none."""
        usual = usual_name(self.names)
        return self.names[usual] if usual else None

    def find(self, loaded: LoadResult) -> None:
        """Find the submission's own names of what is asked, and whether they are its own work."""
        self._unwithheld = {*HOLD_NUMBERS}.difference(loaded.withheld)
        expected = self._prepared.expected.values()
        taken = {name for expectation in expected for name in expectation.program.takes()}
        named = self._class_name or named_class(self._submission)
        names = names_for(taken, loaded.candidates, named, self._attempt)
        self.names = _functions_alone(self.answers) if isinstance(names, NoEngine) else names
        if isinstance(names, NoEngine) and not self.names:
            self.answers.no_engine = names.message
        self._graded_names = self.names or {name: name for name in taken}
        borrowed = self._in_text = borrowed_by(
            self._prepared.exercise, self._submission, self._graded_names.values()
        )
        if borrowed and borrowed.package in HOLD_NUMBERS:
            if borrowed.package in self._unwithheld:
                self.find(self._subject.load_with_numbers_of(borrowed.package))
                return
            borrowed = None  # it may hold numbers: what else is borrowed, what is asked will show
        self.answers.forbidden_use = message(borrowed, self._submission)
        self._versions = _versions(loaded, self.engine(), self.answers, self._submission)
        self.notes += self._versions.notes if self._versions else []

    def _attempt(self, classes: Sequence[str]) -> Sequence[str]:
        """Return those of several classes that do best what the checks ask."""
        from grader.grading.found_engine.engine_trial import best_classes  # names do not tell

        expected = {
            key: self._prepared.expected[key]
            for key, program in self.answers.programs(hidden=False).items()
            if check_of(key) == key and program.takes()
        }
        best = best_classes(self._subject, expected, self.options(), classes)
        if len(best) == 1 and len(classes) > 1:
            others = ", ".join(name for name in classes if name not in best)
            self.notes.append(f"{best[0]} was graded: it does more of what is asked than {others}")
        return best

    def ask(self) -> None:
        """Ask what is public, compare each answer, and look whether the engine is their own."""
        answers = self.answers
        if answers.forbidden_use:
            return
        public = answers.programs(hidden=False) if self.names else {}
        if self.names and not public and answers.programs(hidden=True):
            return
        self._subject.ask(
            programs_or_none(public), self._looking_for_others(), answers.is_wanted, self._compare
        )
        if self._numbers_of:
            self._ask_with_numbers_alone()
        elif answers.forbidden_use:
            answers.drop()
        elif self._versions is not None and not answers.is_right():
            ask_earlier, options = self._versions.ask_earlier, self.options()
            self.answers = ask_earlier(self._prepared, self._subject, options) or answers
            self.notes += self._versions.moment

    def _ask_with_numbers_alone(self) -> None:
        """Ask again where a package that was found in what objects hold can hold numbers alone."""
        package, self._numbers_of = self._numbers_of, ""
        self.answers = Answers(self._prepared)
        self.find(self._subject.load_with_numbers_of(package))
        self.ask()

    def ask_what_is_hidden(self) -> None:
        """Ask what is hidden in a process that ends with it, so that nothing can show it later."""
        answers = self.answers
        hidden = answers.programs(hidden=True) if self.names else {}
        if answers.forbidden_use or not any(map(answers.is_wanted, hidden)):
            return
        self._subject.start_over()
        self._subject.ask(
            hidden, self._looking_for_others(), answers.is_wanted, self._compare_hidden
        )
        self._subject.start_over()
        if answers.forbidden_use:
            answers.drop()

    def _compare(self, key: str, observation: Observation) -> None:
        if observation.borrowed and observation.borrowed.package in self._unwithheld:
            self._numbers_of = observation.borrowed.package
        borrowed = message(self._with_place(observation.borrowed), self._submission)
        self.answers.forbidden_use = self.answers.forbidden_use or borrowed
        self.answers.add(key, observation)

    def _with_place(self, borrowed: BorrowedPackage | None) -> BorrowedPackage | None:
        """Return the use of a package with the place that the text shows of it."""
        text = self._in_text
        return text if borrowed and text and borrowed.package == text.package else borrowed

    def _compare_hidden(self, key: str, observation: Observation) -> None:
        """Compare what a hidden check got; of a forbidden package it can say that there is one."""
        if observation.borrowed is not None:
            self.answers.forbidden_use = self.answers.forbidden_use or UNSAID
        self.answers.add(key, observation)

    def _looking_for_others(self) -> AskOptions:
        """Return the options with which the engine is looked at for what it borrows."""
        forbids = self._prepared.exercise.forbids
        return self.options()._replace(given=self._graded_names, forbids=forbids)

    def options(self) -> AskOptions:
        """Return the names and rules under which the engine is asked."""
        exercise = self._prepared.exercise
        asked = AskOptions(self.names, exercise.accepts, exercise.by_name)
        return asked._replace(versions=self._versions.chosen) if self._versions else asked


def _functions_alone(answers: Answers) -> Mapping[str, str]:
    """Return the names that are asked where no check but those of a run takes an engine."""
    programs = answers.engine_programs().values()
    taken = {name for program in programs for name in program.takes()}
    return {} if usual_name(taken) else {name: name for name in sorted(taken)}


def _versions(
    loaded: LoadResult, engine: str | None, answers: Answers, submission: Submission
) -> "EngineVersions | None":
    """Return the versions of the engine's class, None where it was defined once."""
    if not loaded.versioned or engine is None:
        return None
    from grader.grading.found_engine.class_versions import EngineVersions

    return EngineVersions(loaded, engine, answers.engine_programs().values(), submission)
