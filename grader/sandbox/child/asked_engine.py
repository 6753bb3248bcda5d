"""Answers Programs as the submission's engine does: in the usual form, or in one found by trying.

Trying has a turn of its own, and happens once, where a Program went wrong that may be right in
another form. Then that Program is asked again; those after it are asked in that form at once.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar

from grader.engines.interpreter.execute import (
    Implementation,
    OutOfTime,
    execute,
)
from grader.engines.interpreter.forms.engine_form import EngineForm
from grader.engines.interpreter.forms.own_form import OwnForm
from grader.engines.interpreter.precision import precision_of
from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.sandbox.child import alarm

T = TypeVar("T")
SURVEY = 0.25  # of what one Program may take
WORTH_IT = ("answered", "raised")


class TakesTurns(Protocol):
    """Runs student code within so many seconds of CPU."""

    def __call__(self, seconds: float, run: Callable[[], T], /) -> T:
        """Return what it gives."""
        ...


class AskedEngine(NamedTuple):
    """An engine that Programs are put to.

    Attributes:
        implementation: the engine in its usual form.
        form: what is known of its own form; None where arrays are asked.
        turn: runs student code within a time.
        program_s: CPU seconds for one Program.
        begin: forgets what has been printed so far.
    """

    implementation: Implementation
    form: EngineForm | None
    turn: TakesTurns
    program_s: float
    begin: Callable[[], None] = lambda: None

    def observe(self, program: Program) -> tuple[Observation, list[Any]]:
        """Return what was observed, and the results of the steps."""
        form = self.form
        if form is None:
            return self._ask(program, None)
        if form.looks_unusual():
            self._survey(form)
        first = self._ask(program, form.own)
        observation, _ = first
        if form.own is not None or observation.ended not in WORTH_IT:
            return first
        if not form.needs_survey(program, observation):
            return first
        if not form.is_surveyed:
            self._survey(form)
        return self._ask(program, form.own) if form.applies_to(program, observation) else first

    def _ask(self, program: Program, form: OwnForm | None) -> tuple[Observation, list[Any]]:
        self.begin()
        kept: list[list[Any]] = [[]]
        implementation = self.implementation._replace(form=form, on_results=kept.append)
        try:
            observation = self.turn(self.program_s, partial(execute, program, implementation))
            if observation.ended != "timed out":
                alarm.check()
        except OutOfTime:  # it rang outside the student's steps
            observation = Observation("timed out")
        precision = precision_of(kept[-1]) if self.form is not None else ""
        return observation._replace(precision=precision), kept[-1]

    def _survey(self, form: EngineForm) -> None:
        """Find out what form the engine has, within a time; else it is taken to be the usual."""
        try:
            self.turn(self.program_s * SURVEY, form.survey)
            alarm.check()
        except BaseException:  # a submission may raise anything, SystemExit included
            form.give_up()
