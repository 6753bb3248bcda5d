"""A Subject in this process, for submissions that are our own: solutions, starters, mutants."""

from collections.abc import Callable, Mapping
from contextlib import redirect_stdout, suppress
from io import StringIO
from typing import Any, Literal
from warnings import catch_warnings, simplefilter

from grader.execute import Implementation, execute
from grader.exercise import Exercise
from grader.grade import Options, grade
from grader.layout import arrange
from grader.observation import Observation
from grader.oracles.engine import Engine
from grader.oracles.recorded import Recorded
from grader.program import Program
from grader.questionnaire import Questionnaire, questionnaire
from grader.questions import as_it_is
from grader.remembered import Remembered
from grader.results import Report
from grader.sittings.sitting import suspected, together
from grader.subject.engine import Candidate
from grader.subject.graphs import Fields
from grader.subject.loaded import Loaded
from grader.subject.rehearsal import trace_of
from grader.subject.standins import installed
from grader.subject.subject import Asked
from grader.submission import Submission
from grader.trace import Trace


class InProcess:
    """Runs source text that is trusted, without a process of its own."""

    isolation: Literal["limits"] = "limits"

    def __init__(self, source: str) -> None:
        self.source = source
        self.names: dict[str, Any] = {"__name__": "submission"}

    def load(self) -> Loaded:
        """Run the source, and say which classes it defines."""
        with (
            redirect_stdout(StringIO()),
            suppress(Exception),
        ):  # below the class, anything may go wrong
            exec(self.source, self.names)
        classes = [name for name, value in self.names.items() if isinstance(value, type)]
        return Loaded("ran", candidates=tuple(Candidate(name, True, True) for name in classes))

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: Asked,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        """Answer every Program that is wanted."""
        given = asked.given.items()
        field = Fields() if asked.data == "any" else as_it_is
        names = {ours: self.names[theirs] for ours, theirs in given if theirs in self.names}
        for key, program in programs.items():
            if wanted(key):
                arrange(names.values(), program.layout)
                with catch_warnings(), installed():
                    simplefilter("ignore")  # numpy's
                    done(key, execute(program, Implementation(names, self.names, field=field)))

    def trace(self) -> Trace:
        """Return what the source's own run leaves behind."""
        return trace_of(self.source)

    def trace_on(self, name: str, engine: str) -> Trace:
        """Return what it leaves behind on another engine."""
        return trace_of(self.source, {name: engine})


ASKED: Remembered[Exercise, Questionnaire] = Remembered()
NAMED: Remembered[Exercise, Options] = Remembered()


def graded(exercise: Exercise, source: str) -> Report:
    """Grade a source text that is trusted."""
    submission = Submission("value.py", "/", "script", "", source)
    options = NAMED.of(exercise, _named)
    return grade(ASKED.of(exercise, _asked), submission, InProcess(source), options)


def _asked(exercise: Exercise) -> Questionnaire:
    return questionnaire(exercise, [Engine(), Recorded(exercise.folder / "torch.json")])


def _named(exercise: Exercise) -> Options:
    return Options(suspects=suspected(exercise), together=together(exercise))
