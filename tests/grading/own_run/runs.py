"""Runs of small sources in this process, for the checks of a submission's own run."""

from grader.engines.oracles.expected import AskOracles, memoised
from grader.engines.oracles.textbook import Textbook
from grader.exercises import catalogue
from grader.grading.mutants.run import trace_of
from grader.sandbox.trace import Trace

ENGINE = catalogue.solution(catalogue.load(catalogue.find("ex12"))).partition("# %%")[0]
ask: AskOracles = memoised([Textbook()])


def trace_below_engine(code: str) -> Trace:
    """Return what a right engine leaves behind with code below it."""
    return trace_of(f"{ENGINE}\n\n{code}\n")
