"""Compares the output of a submission's own run with the oracles."""

from collections.abc import Iterable

from grader.engines.compare import compare, missing_numbers
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected
from grader.exercises.exercise import Check
from grader.grading.own_run.run_result import RunResult
from grader.reports.report import shown
from grader.sandbox.trace import Moment, Trace


def judge_output(check: Check, expected: Expected, trace: Trace) -> RunResult:
    """Look whether one cell, or the whole of a script, prints every number that is asked."""
    rough = bool(check.own_run and check.own_run.rough)
    numbers = {
        look.label: value
        for look in expected.program.observed
        if isinstance(value := expected.want.answers[look.at].value, float)
    }
    texts = list(_texts(trace.moments))
    lacking = min(
        (missing_numbers(numbers, text, rough=rough) for text in texts), key=len, default=[]
    )
    if texts and not lacking:
        return RunResult(expected, expected.want)
    lacking = lacking or list(numbers)
    answers = {
        look.at: expected.want.answers[look.at]
        for look in expected.program.observed
        if look.label not in lacking
    }
    observation = Observation("answered", answers)
    mismatch = compare(expected.program, expected.want, observation)
    first = lacking[0]
    message = f"{first} is not printed: {shown(numbers[first])} is nowhere in the output"
    return RunResult(expected, observation, mismatch, message)


def _texts(moments: Iterable[Moment]) -> Iterable[str]:
    """Return the output of each cell; a script is one cell."""
    texts: dict[int, str] = {}
    for moment in moments:
        texts[moment.cell] = texts.get(moment.cell, "") + moment.printed
    return [text for text in texts.values() if text]
