"""Compares the output of a submission's own run with the oracles."""

from collections.abc import Iterable

from grader.engines.compare import compare, missing_numbers
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected
from grader.exercises.exercise import Check
from grader.grading.own_run.run_result import RunResult
from grader.reports.report import shown
from grader.sandbox.trace import Moment, Trace

BETWEEN = 2  # cells that print something else between those that print what is asked


def judge_output(
    check: Check, expected: Expected, trace: Trace, *, rounded: bool = False
) -> RunResult:
    """Look whether cells that follow each other, or a script, print every number that is asked.

    Args:
        check: of what is printed.
        expected: what it asks, and what the oracles say.
        trace: what the run left behind.
        rounded: see `missing_numbers`.
    """
    rough = bool(check.own_run and check.own_run.rough)
    numbers = {
        look.label: value
        for look in expected.program.observed
        if isinstance(value := expected.want.answers[look.at].value, float)
    }
    texts = list(_texts(trace.moments, len(numbers)))
    missing = (missing_numbers(numbers, text, rough=rough, rounded=rounded) for text in texts)
    lacking = min(missing, key=len, default=[])
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


def _texts(moments: Iterable[Moment], numbers: int) -> Iterable[str]:
    """Return the output of each cell, and of as many after it as so many numbers may be in.

    A script is one cell. All cells of a notebook are too many: some print most numbers there are.
    """
    texts: dict[int, str] = {}
    for moment in moments:
        texts[moment.cell] = texts.get(moment.cell, "") + moment.printed
    printed = [text for text in texts.values() if text]
    most = numbers + BETWEEN if numbers > 1 else 1
    return ["\n".join(printed[at : at + most]) for at in range(len(printed))]
