"""Judges what a submission's own run printed, against the oracles."""

from collections.abc import Iterable

from grader.engines.compare import compare, missing_numbers
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected
from grader.exercises.exercise import Check
from grader.grading.own_run.run_result import RunResult
from grader.reports.report import shown
from grader.sandbox.trace import Moment, Trace


def judge_output(check: Check, question: Expected, trace: Trace) -> RunResult:
    """Return whether one cell, or the whole of a script, prints every number that is asked."""
    rough = bool(check.own_run and check.own_run.rough)
    asked = {
        seen.label: value
        for seen in question.program.observed
        if isinstance(value := question.want.answers[seen.at].value, float)
    }
    texts = list(_texts(trace.moments))
    lacking = min(
        (missing_numbers(asked, text, rough=rough) for text in texts), key=len, default=[]
    )
    printed = Observation("answered", {})
    if texts and not lacking:
        return RunResult(question, question.want)
    lacking = lacking or list(asked)
    answers = {
        seen.at: question.want.answers[seen.at]
        for seen in question.program.observed
        if seen.label not in lacking
    }
    mismatch = compare(question.program, question.want, printed._replace(answers=answers))
    first = lacking[0]
    message = f"{first} is not printed: {shown(asked[first])} is nowhere in the output"
    return RunResult(question, printed._replace(answers=answers), mismatch, message)


def _texts(moments: Iterable[Moment]) -> Iterable[str]:
    """Return what each cell printed; a script is one cell."""
    texts: dict[int, str] = {}
    for moment in moments:
        texts[moment.cell] = texts.get(moment.cell, "") + moment.printed
    return [text for text in texts.values() if text]
