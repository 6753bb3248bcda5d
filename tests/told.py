"""What a student would be told of an engine that answers otherwise than the reference."""

from collections.abc import Mapping

from grader.engines.compare import compare
from grader.engines.observation import Answer, Observation
from grader.engines.oracles.textbook import Textbook
from grader.exercises.check_recorder import record
from grader.exercises.exercise import CheckFunction
from grader.feedback.wording.explain import Explanation, explain

LINES = {("value.py", 31): "        other.grad += out.grad\n"}


def told(
    asks: CheckFunction,
    got: Observation,
    given: Mapping[str, str] | None = None,
    oracles: str = "reference",
) -> Explanation:
    """What a student is told whose engine, asked `asks`, does `got`."""
    program = record(asks)
    want = Textbook().answer(program)
    mismatch = compare(program, want, got)
    assert mismatch is not None
    expected = dict.fromkeys(oracles.split(", "), want)
    return explain(program, mismatch, expected, given or {}, lambda *at: LINES.get(at))


def answered(asks: CheckFunction, **changed: Answer) -> Observation:
    """What the reference engine does, with the answer of step `_7` and the like changed."""
    right = Textbook().answer(record(asks))
    answers = {int(at[1:]): answer for at, answer in changed.items()}
    return right._replace(answers={**right.answers, **answers})
