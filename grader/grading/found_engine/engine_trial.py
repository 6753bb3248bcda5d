"""Tries which of several classes does what an exercise asks: bounded in number, and in patience."""

from collections.abc import Mapping, Sequence

from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected, mismatch_of
from grader.grading.gradable import Askable
from grader.sandbox.engine_class import USUAL, usual_name
from grader.sandbox.subject import AskOptions

MOST_CLASSES = 8
MOST_PROGRAMS = 12
MOST_STOPS = 2  # classes that come to no end, before the trial is over
ENDED = ("answered", "raised")


def best_classes(
    subject: Askable, expected: Mapping[str, Expected], options: AskOptions, names: Sequence[str]
) -> list[str]:
    """Return those of several classes that do best what checks ask of an engine.

    Args:
        subject: the submission.
        expected: the ids of checks → what they ask of an engine, with what the oracles say.
        options: rules of the exercise.
        names: of the classes.
    """
    taken = {name for one in expected.values() for name in one.program.takes()}
    engine = usual_name(taken) or USUAL[0]
    given = {name: name for name in taken if name != engine}
    return EngineTrial(subject, expected, engine, options._replace(given=given)).best(names)


class EngineTrial:
    """The trial of several classes, each of which answers what the checks ask."""

    def __init__(
        self,
        subject: Askable,
        expected: Mapping[str, Expected],
        engine: str,
        options: AskOptions,
    ) -> None:
        """Prepare.

        Args:
            subject: the submission.
            expected: the ids of checks → what they ask of an engine, with what the oracles say.
            engine: the name by which checks take it.
            options: names and rules of the exercise.
        """
        self._subject = subject
        self._expected = dict(list(expected.items())[:MOST_PROGRAMS])
        self._engine = engine
        self._options = options
        self._stops = 0

    def best(self, names: Sequence[str]) -> list[str]:
        """Return the classes that give the most right answers, none where none gives an answer."""
        marks = {name: self._marks(name) for name in names[:MOST_CLASSES]}
        most = max(marks.values(), default=(0, 0))
        return [name for name, own in marks.items() if own == most and any(own)]

    def _marks(self, name: str) -> tuple[int, int]:
        """Return how many Programs a class answers rightly, and how many answers it gives."""
        if self._stops >= MOST_STOPS:
            return 0, 0
        answers: dict[str, Observation] = {}
        programs = {key: one.program for key, one in self._expected.items()}
        own = {**self._options.given, self._engine: name}
        self._subject.ask(
            programs,
            self._options._replace(given=own),
            lambda _: all(one.ended in ENDED for one in answers.values()),
            answers.__setitem__,
        )
        self._stops += any(one.ended not in ENDED for one in answers.values())
        right = [key for key, one in self._expected.items() if _is_right(one, answers.get(key))]
        return len(right), sum(len(one.answers) for one in answers.values())


def _is_right(expected: Expected, observation: Observation | None) -> bool:
    if observation is None:
        return False
    return mismatch_of(expected.program, expected.want, observation) is None
