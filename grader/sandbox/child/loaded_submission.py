"""A submission in its own process: its names, its run, and what went wrong in it.

Whatever code of the student's runs, runs in a turn: with an alarm, some memory held back, and the
language put right afterwards.
"""

import os
import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any, Protocol, TypeVar

from grader.engines.encoding import fault_to
from grader.engines.interpreter.execute import OutOfTime, TooMuchOutput
from grader.engines.interpreter.forms.engine_form import EngineForm
from grader.engines.observation import Fault
from grader.engines.text import LONGEST_TEXT, visible
from grader.sandbox.child import alarm, script
from grader.sandbox.child.builtins_guard import BuiltinsGuard
from grader.sandbox.child.edits.edited_code import EditedCode
from grader.sandbox.child.inspection import classes
from grader.sandbox.child.inspection.class_versions import ClassVersions, MadeClass
from grader.sandbox.child.inspection.import_guard import WithheldUse
from grader.sandbox.child.memory_reserve import MemoryReserve
from grader.sandbox.child.prepare import OutputTape
from grader.sandbox.child.tracing.backward_watch import BackwardWatch
from grader.sandbox.child.tracing.variables import VariableMoments
from grader.sandbox.protocol.limits import Limits

T = TypeVar("T")

MOST_MISHAPS = 49  # beside what stopped it
INSTALLED = (sys.prefix + os.sep, sys.base_prefix + os.sep, __file__.rpartition("sandbox")[0])

_len = len


class Watches(Protocol):
    """Watches a run: see `BackwardWatch`, and `RecordedWatch` in its place."""

    engines: list[type]
    made: list[MadeClass]
    cell: int

    def begin(self) -> None:
        """Watch classes from now on."""
        ...

    def end(self) -> None:
        """Stop watching."""
        ...

    def pause(self) -> None:
        """Notice the end of a statement or a cell."""
        ...

    def watch_functions(self, names: dict[str, Any]) -> None:
        """Watch the functions among `names` that may be a backward pass."""
        ...

    def to_json(self) -> list[Any]:
        """Return the trainings as the grader is told of them."""
        ...


class LoadedSubmission:
    """A submission: its names, what went wrong in it, and which files are the student's."""

    def __init__(
        self, request: Mapping[str, Any], tape: OutputTape, language: BuiltinsGuard | None = None
    ) -> None:
        self.kind: str = request["kind"]
        self.folder: str = request["folder"]
        self.name = visible(request["name"], LONGEST_TEXT)  # as in everything that is shown
        self.path: str = os.path.join(self.folder, request["name"])
        self.limits = Limits(*request["limits"])
        self.language = language or BuiltinsGuard()
        self.memory_reserve = MemoryReserve()
        self.names: dict[str, Any] = {}
        self.forms: dict[tuple[int, tuple[str, ...]], EngineForm] = {}
        self.cells: Mapping[str, str] = {}
        self.ended, self.running = "ran", self.name
        self.cell = self.many = 0  # mishaps in all
        self.until: list[int] | None = request.get("until")  # the cell and statement not to run
        self.announce: Callable[[list[int]], None] = lambda _: None
        self.stand_ins: Any = None
        self.withheld: WithheldUse | None = None  # where packages are not there
        self.versions: ClassVersions | None = None
        self.tape, self.edited = tape, EditedCode(self.path)
        self.watch: Watches = BackwardWatch(self.student_file, self.look_after_pass)
        self.moments = VariableMoments(self.watch.engines, tape.take)
        self.mishaps: list[tuple[str, Fault]] = []
        self.limit_faults: list[tuple[str, Fault]] = []

    def student_file(self, file: str) -> str | None:
        """Return the name under which the student knows `file`, or None where it is not theirs."""
        if file in self.cells:
            return self.cells[file]
        if self.kind == "script" and file == self.path:
            return self.name
        if os.pardir in file:  # found by a path such as `scripts/../src`
            file = os.path.normpath(file)
        inside = file.startswith(self.folder + os.sep) and "site-packages" not in file
        return file[len(self.folder) + 1 :] if inside and not file.startswith(INSTALLED) else None

    def turn(self, seconds: float, run: Callable[[], T]) -> T:
        """Run student code, and put right what it left.

        Raises:
            OutOfTime: it did not come to an end within `seconds`.
        """
        try:
            self.begin_turn(seconds)
            return run()
        finally:
            self.end_turn()
            self.language.restore()

    def begin_turn(self, seconds: float) -> None:
        """Begin a student's turn: hold back some memory, and set the alarm."""
        self.memory_reserve.take()
        alarm.arm(seconds, self.student_file)

    def end_turn(self) -> None:
        """End a student's turn, in which they may have used up the memory."""
        self.memory_reserve.drop()
        try:
            alarm.disarm()
        except OutOfTime:  # it rang on the way here
            alarm.disarm()

    def keep_fault(self, error: BaseException) -> None:
        """Keep what was raised, and where; a notebook goes on after it.

        Whatever comes of an interruption, it is the interruption that ended the turn.
        """
        error = alarm.interruption() or error
        fault = script.fault_in(error, self.student_file, self.running)
        if not isinstance(error, (OutOfTime, TooMuchOutput)):
            again = self.mishaps and self.mishaps[-1][0] == self.running
            self.many += self.kind == "script" or not again
            if _len(self.mishaps) < MOST_MISHAPS:
                self.mishaps.append((self.running, fault))
            self.ended = "raised" if self.kind == "script" else self.ended
        elif not self.limit_faults:
            self.limit_faults.append((self.running, fault))
            self.ended = "timed out" if isinstance(error, OutOfTime) else "flooded"

    def parsed(self, parse: Callable[[str], Any], source: str) -> Any:
        """Parse a script, without the lines that only a notebook has."""
        if self.stand_ins is None:
            return parse(source)
        tree, errors = self.stand_ins.parsed(source, parse)
        for error in errors:
            self.keep_fault(error)
        return tree

    def begin_statement(self, number: int, line: int) -> bool:
        """Tell the grader which statement is next; return whether it is run at all."""
        here = [self.cell, number]
        if self.until is not None and here >= self.until:
            return False
        self.announce([*here, line])
        return True

    def goes_on_after(
        self, statement: Any, error: BaseException, run: Callable[[Any], None]
    ) -> bool:
        """Keep what a statement has raised, and return whether the next ones are run.

        Args:
            statement: what has raised; where it is an import, what of it is there is imported.
            error: what it has raised.
            run: runs another one in its place.
        """
        self.keep_fault(error)
        if alarm.interruption() is not None or isinstance(error, TooMuchOutput):
            return False
        if isinstance(error, SystemExit):
            return bool(script.ended_by(error, self.student_file))
        if self.stand_ins is not None:
            self.stand_ins.import_what_is_there(statement, self.names, run)
        return True

    def look(self, where: str) -> None:
        """Read the variables at the end of a cell or a statement, unless threads still run."""
        if not script.has_threads(self.student_file):
            self.watch.pause()
            self.watch.watch_functions(self.names)
            self.moments.look(where, self.cell, self.names)

    def look_after_pass(self, frame: FrameType) -> None:
        """Read the variables around the first pass of a training."""
        where = self.running if self.cell else f"line {frame.f_lineno}"
        names = {**frame.f_globals, **frame.f_locals}
        self.moments.look(where, self.cell, names, after_pass=True)

    def trace(self) -> list[Any]:
        """Return the variables and trainings of the run; see `grader.sandbox.trace`."""
        return [self.moments.to_json(), self.watch.to_json()]

    def description(self) -> dict[str, Any]:
        """Return the fields of the reply for a submission that has run; what stopped it is last."""
        mishaps = self.mishaps + self.limit_faults
        self.versions = ClassVersions(self.watch.made, self.names)
        return {
            "ended": self.ended,
            "mishaps": [[running, fault_to(fault)] for running, fault in mishaps],
            "many": self.many,
            "threads": self.ended == "timed out" and script.has_threads(self.student_file),
            "classes": classes.classes(self.names, self.student_file),
            "versions": self.versions.facts(),
            "patched": sorted(self.language.replaced),
            "withheld": sorted(self.withheld.wanted) if self.withheld else [],
        }
