"""The result of a check of a submission's own run, before it is scored."""

from collections.abc import Mapping
from typing import NamedTuple

from grader.engines.compare import Mismatch
from grader.engines.observation import NOTHING, Answer, Observation, Place
from grader.engines.oracles.expected import Expected
from grader.reports.report import Counterexample, LossCurve


class RunResult(NamedTuple):
    """The result of a check of a run: the run's answers, and how they differ from the oracles'.

    Attributes:
        expected: what was asked of the run, and what the oracles say to it.
        observation: what the run answers.
        mismatch: where it differs first; None where it is right.
        message: what a failure is, in a student's words.
        example: what there is to show.
        score: points for what is right though it fails.
        on_right_engine: it was made on a right engine, in place of the submission's own.
        note: what to remark on a run that is right.
        curve: the training beside the one that was asked.
        is_open: it is right as far as can be seen, and not all could.
        place: the line of a training that calls `backward`.
    """

    expected: Expected
    observation: Observation
    mismatch: Mismatch | None = None
    message: str = ""
    example: Counterexample | None = None
    score: float = 0.0
    on_right_engine: bool = False
    note: str = ""
    curve: LossCurve | None = None
    is_open: bool = False
    place: Place | None = None


def no_result(
    expected: Expected,
    message: str,
    *,
    score: float = 0.0,
    answers: Mapping[int, Answer] | None = None,
) -> RunResult:
    """Return the result for a run in which there is nothing to compare.

    Args:
        expected: what was asked.
        message: what to say.
        score: points for what is right all the same.
        answers: what the run answers all the same.
    """
    observation = Observation("answered", answers or {})
    first = min(look.at for look in expected.program.observed)
    mismatch = Mismatch(first, expected.want.answers.get(first), Answer(NOTHING, None), observation)
    return RunResult(expected, observation, mismatch, message, score=score)
