"""Finds what a student is shown of a failure: the smallest Program, and the first wrong node."""

from collections.abc import Callable, Collection, Mapping
from time import perf_counter
from typing import NamedTuple

from grader.engines.oracles.expected import AskOracles
from grader.engines.program import Program
from grader.feedback.shrinking.candidates import Candidates
from grader.feedback.shrinking.shrink import Budget
from grader.feedback.shrinking.smallest import (
    Askers,
    AskSubject,
    FailingProgram,
    Smallest,
    smallest,
)
from grader.feedback.wording.explain import Explanation, explain
from grader.feedback.wording.source import LineText, SourceNames
from grader.feedback.wrong_node.locate import locate
from grader.feedback.wrong_node.source_frame import frame_of
from grader.reports.report import WrongNode

GRACE_S = 0.2  # to ask once more what was found, and to look for its first wrong node
PROGRAMS = 3000
UNSTEADY = "asked again, it answers differently"
OUT_OF_BUDGET = "a smaller example may exist; there was no time to look further"


class ExampleOracles(NamedTuple):
    """The way to ask the oracles, and the candidates that are known by now."""

    ask: AskOracles
    candidates: Candidates | None = None


class SubmissionNames(NamedTuple):
    """The words for a submission, from it and from its exercise.

    Attributes:
        names: the name a check uses → the submission's own.
        line: finds a line of the submission.
        taught: the operators that a student knows so far.
    """

    names: Mapping[str, str]
    line: LineText
    taught: Collection[str]


class Example(NamedTuple):
    """A failure as it is shown; no node where no graph is wrong, or there was no time to look."""

    explanation: Explanation
    wrong: WrongNode | None = None


class Examples:
    """Finds the examples of one submission, all within one budget."""

    def __init__(
        self,
        subject: Callable[[Callable[[], bool]], AskSubject],
        oracles: ExampleOracles,
        words: SubmissionNames,
        seconds: float,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self._deadline = clock() + seconds
        self._grace_s = GRACE_S if seconds else 0.0
        self._clock = clock
        self._programs_left = PROGRAMS
        self._askers = Askers(subject(self._has_time), oracles.ask, oracles.candidates)
        self._words = words

    def of(self, failing: FailingProgram, guess: Program | None = None) -> Example:
        """Return the example to show of one failing check.

        Args:
            failing: the Program that failed.
            guess: the smallest Program that its misconception fails, if that is known.
        """
        budget = Budget(self._programs_left, self._deadline, self._clock)
        least = smallest(failing, self._askers, self._words.taught, budget, guess)
        self._programs_left -= least.programs_asked
        program, mismatch, expected = least.failing
        explanation = explain(program, mismatch, expected, self._words.names, self._words.line)
        example = explanation.counterexample._replace(note=_note(least))
        wrong = None if least.unsteady or not self._has_time() else self._wrong(least.failing)
        return Example(explanation._replace(counterexample=example), wrong)

    def _wrong(self, failing: FailingProgram) -> WrongNode | None:
        program, mismatch, _ = failing
        location = locate(program, mismatch, self._askers, SourceNames(self._words.names))
        if location is None or location.faulty_part is None:
            return location.node if location else None
        frame = frame_of(program, location.faulty_part, self._askers.subject, self._words.line)
        return location.node._replace(where=frame)

    def _has_time(self) -> bool:
        return self._clock() < self._deadline + self._grace_s


def _note(least: Smallest) -> str:
    if least.unsteady:
        return UNSTEADY
    return OUT_OF_BUDGET if least.out_of_budget and least.programs_asked else ""
