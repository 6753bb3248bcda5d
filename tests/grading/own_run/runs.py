"""Runs of small sources in this process, for the checks of a submission's own run."""

from grader.engines.observation import Observation
from grader.engines.oracles.expected import AskOracles, memoised
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.grading.mutants.engine import engine_of
from grader.grading.mutants.run import trace_of, trace_on_right_engine
from grader.sandbox.recording.elsewhere import Elsewhere
from grader.sandbox.trace import Trace

ENGINE = catalogue.solution(catalogue.load(catalogue.find("ex12"))).partition("# %%")[0]
ask: AskOracles = memoised([Textbook()])


class Script:
    """A script that runs in this process, as often as it is traced."""

    def __init__(self, source: str, engine: str | None = None) -> None:
        """Prepare; the engine that answers is the script's own, if no other source is given."""
        self._source = source
        self._engine = engine_of(engine or source, {"Value": "Value"}, "value.py")

    def trace(self) -> Trace:
        return trace_of(self._source)

    def trace_on_right_engine(
        self, name: str, *, zeroes: bool = False, elsewhere: Elsewhere | None = None
    ) -> Trace | None:
        return trace_on_right_engine(self._source, name, zeroes=zeroes, elsewhere=elsewhere)

    def answer(self, _: str, program: Program) -> Observation:
        return self._engine.answer(program)


def trace_below_engine(code: str) -> Trace:
    """Return what a right engine leaves behind with code below it."""
    return trace_of(f"{ENGINE}\n\n{code}\n")
