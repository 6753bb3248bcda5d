"""A Subject in this process, for submissions that are our own: solutions, starters, mutants."""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from io import StringIO
from types import FrameType
from typing import Any, Literal
from warnings import catch_warnings, simplefilter

from grader.engines.interpreter.execute import Implementation, OutOfTime
from grader.engines.interpreter.forms.engine_form import EngineForm
from grader.engines.interpreter.set_order import fix_set_order
from grader.engines.memo import Memo
from grader.engines.observation import Observation
from grader.engines.oracles.recorded_answers import RecordedOracle
from grader.engines.program import Program
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import first_oracle
from grader.grading.mutants.run import trace_of, trace_on_right_engine
from grader.grading.preparation import misconceptions_of, two_mutants_of
from grader.grading.prepared_exercise import PreparedExercise, prepare_exercise
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import Report
from grader.sandbox.child.asked_engine import AskedEngine
from grader.sandbox.child.edits.edited_code import EditedCode
from grader.sandbox.child.inspection.classes import accept
from grader.sandbox.child.stand_ins.plotting_stubs import installed
from grader.sandbox.engine_class import Candidate
from grader.sandbox.load_result import LoadResult
from grader.sandbox.recording.elsewhere import Elsewhere
from grader.sandbox.subject import AskOptions
from grader.sandbox.trace import Trace
from grader.submissions.submission import Submission

CANDIDATE_S = 0.5  # of CPU for all that one edit is asked


class InProcess:
    """Runs source text that is trusted, without a process of its own."""

    isolation: Literal["limits"] = "limits"
    killed = ""

    def __init__(self, source: str) -> None:
        self.source = source
        self.names: dict[str, Any] = {"__name__": "submission"}
        self.may_be_unusual = True
        self.form: EngineForm | None = None

    def load(self, without: Sequence[str] = ()) -> LoadResult:
        """Run the source, and say which classes it defines."""
        with (
            redirect_stdout(StringIO()),
            installed(),
            suppress(Exception),
        ):  # below the class, anything may go wrong
            exec(self.source, self.names)
        classes = [name for name, value in self.names.items() if isinstance(value, type)]
        return LoadResult("ran", candidates=tuple(Candidate(name, True, True) for name in classes))

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: AskOptions,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        """Answer every Program that is wanted."""
        given = asked.given.items()
        names = {ours: self.names[theirs] for ours, theirs in given if theirs in self.names}
        engine = self._engine(names, asked)
        for key, program in programs.items():
            if wanted(key):
                fix_set_order(names.values(), program.layout)
                with catch_warnings(), installed():
                    simplefilter("ignore")  # numpy's
                    done(key, engine.observe(program)[0])

    def _engine(self, names: Mapping[str, Any], asked: AskOptions) -> AskedEngine:
        ours = next((name for name in ("Value", "Scalar") if name in names), "")
        own = asked.given.get(ours, "")
        if ours:
            accept(names[ours], asked.accepts)
        form = EngineForm(names[ours], own, self.names, asked.by_name) if ours else None
        if form is not None and not self.may_be_unusual:
            form.give_up()  # to survey an engine costs more than to ask it
        self.form = form
        return AskedEngine(Implementation(names, self.names), form, lambda _, run: run(), 1.0)

    def edits(self, asked: AskOptions, _: float, __: float) -> "InProcessEdits":
        """Return a way to ask edits of the source."""
        return InProcessEdits(self, asked)

    def start_over(self) -> None:
        """Do nothing: it is trusted."""

    def load_with_numbers_of(self, package: str) -> LoadResult:
        """Run the source as it is: ours holds its own numbers."""
        return self.load()

    def trace(self) -> Trace:
        """Return what the source's own run leaves behind."""
        return trace_of(self.source)

    def trace_on_right_engine(
        self, name: str, *, zeroes: bool = False, elsewhere: Elsewhere | None = None
    ) -> Trace | None:
        """Return what it leaves behind on an engine of the grader's."""
        return trace_on_right_engine(self.source, name, zeroes=zeroes, elsewhere=elsewhere)

    def trace_of_edit(
        self, source: str | Sequence[str], name: str | None, *, zeroes: bool = False
    ) -> Trace | None:
        """Return what an edited source's own run leaves behind."""
        assert isinstance(source, str)
        return trace_on_right_engine(source, name, zeroes=zeroes) if name else trace_of(source)


EDITED = "value.py"
RING_AGAIN_S = 0.01


class InProcessEdits:
    """Edits of a source that is trusted; one that does not come to its end is given up."""

    def __init__(self, subject: InProcess, asked: AskOptions) -> None:
        self._subject = subject
        self._asked = asked
        self._edited = EditedCode(EDITED)

    def answers(
        self, sources: Sequence[Sequence[str]], programs: Sequence[Program]
    ) -> list[list[Observation]]:
        """Return what each source answers to each Program."""
        return [self._answers(source, programs) for source in sources]

    def _answers(self, source: Sequence[str], programs: Sequence[Program]) -> list[Observation]:
        found: dict[str, Observation] = {}
        edited = InProcess(source[0])
        edited.names = dict(self._subject.names)
        own = self._subject.form
        edited.may_be_unusual = own is not None and own.own is not None
        numbered = {str(number): program for number, program in enumerate(programs)}
        with within_cpu_s(CANDIDATE_S), suppress(Exception, OutOfTime):
            with redirect_stdout(StringIO()), catch_warnings():
                simplefilter("ignore")  # of the compiler's
                for code in self._edited.of(source[0]):
                    exec(code, edited.names)
            edited.ask(numbered, self._asked, lambda _: True, found.__setitem__)
        return list(found.values())


@contextmanager
def within_cpu_s(seconds: float) -> Iterator[None]:
    """Raise OutOfTime where what runs takes more of this process's CPU."""

    def ring(_: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code.co_filename == EDITED:
            raise OutOfTime  # elsewhere, in a destructor say, it would be lost: it rings again

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, RING_AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


ASKED: Memo[Exercise, PreparedExercise] = Memo()
NAMED: Memo[Exercise, GradingOptions] = Memo()


def graded(exercise: Exercise, source: str) -> Report:
    """Grade a source text that is trusted."""
    submission = Submission("value.py", "/", "script", "", source)
    options = NAMED.of(exercise, _named)
    return grade(ASKED.of(exercise, _asked), submission, InProcess(source), options)


def _asked(exercise: Exercise) -> PreparedExercise:
    recorded = RecordedOracle(exercise.folder / "torch.json")
    return prepare_exercise(exercise, [first_oracle(exercise), recorded])


def _named(exercise: Exercise) -> GradingOptions:
    return GradingOptions(
        misconceptions=misconceptions_of(exercise), two_mutants=two_mutants_of(exercise)
    )
