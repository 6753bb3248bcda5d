"""A Finding: what a check of a submission's own run came to."""

from collections.abc import Mapping
from typing import NamedTuple

from grader.engines.compare import Mismatch
from grader.engines.observation import NOTHING, Answer, Observation
from grader.engines.oracles.expected import Question
from grader.reports.report import Counterexample, LossCurve


class Finding(NamedTuple):
    """What was looked for in a run, what was found there, and what to say of it.

    Attributes:
        question: what was asked of the run, and what the oracles say to it.
        observation: what the run answers.
        mismatch: where it differs first; None where it is right.
        message: what a failure is, in a student's words.
        example: what there is to show.
        score: points for what is right though it fails.
        excused: it was made on a right engine, in place of the submission's own.
        note: what to remark on a run that is right.
        curve: the training beside the one that was asked.
    """

    question: Question
    observation: Observation
    mismatch: Mismatch | None = None
    message: str = ""
    example: Counterexample | None = None
    score: float = 0.0
    excused: bool = False
    note: str = ""
    curve: LossCurve | None = None


def nothing_found(
    question: Question,
    message: str,
    *,
    score: float = 0.0,
    answers: Mapping[int, Answer] | None = None,
) -> Finding:
    """Return the Finding of a run in which there is nothing of what was asked to look at.

    Args:
        question: what was asked.
        message: what to say.
        score: points for what is right all the same.
        answers: what the run does answer.
    """
    observation = Observation("answered", answers or {})
    first = min(seen.at for seen in question.program.observed)
    mismatch = Mismatch(first, question.want.answers.get(first), Answer(NOTHING, None), observation)
    return Finding(question, observation, mismatch, message, score=score)
