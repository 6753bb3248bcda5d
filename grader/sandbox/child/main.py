"""The student's end of the line: loads one submission, then answers Programs until the line closes.

It runs in an interpreter of its own. It takes the line away from the standard descriptors, forgets
the grader's modules, puts limits on itself, and only then runs student code. After each turn of the
student's it puts the language right before its own code goes on.
"""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import FrameType
from typing import Any, BinaryIO, NamedTuple, Protocol, TypeAlias, TypeVar

from grader.engines.encoding import fault_to, observation_to, program_from
from grader.engines.interpreter.execute import (
    Implementation,
    OutOfTime,
    TooMuchOutput,
)
from grader.engines.interpreter.forms.engine_form import EngineForm
from grader.engines.interpreter.set_order import fix_set_order
from grader.engines.observation import Fault
from grader.engines.text import LONGEST_TEXT, visible
from grader.sandbox.child import alarm, resource_limits, script
from grader.sandbox.child.asked_engine import AskedEngine
from grader.sandbox.child.builtins_guard import BuiltinsGuard
from grader.sandbox.child.inspection import classes, module_names
from grader.sandbox.child.inspection.class_versions import ClassVersions, MadeClass
from grader.sandbox.child.inspection.import_guard import ImportGuard
from grader.sandbox.child.memory_reserve import MemoryReserve
from grader.sandbox.child.prepare import OutputTape, prepare
from grader.sandbox.child.tracing.backward_watch import BackwardWatch
from grader.sandbox.child.tracing.variables import VariableMoments
from grader.sandbox.protocol import file_transfer
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.wire import HEADER, LOST_LINE, pack, unpack

T = TypeVar("T")

SCALARS = ("Value", "Scalar")  # the engines whose nodes hold one number each
MOST_MISHAPS = 49  # beside what stopped it
INSTALLED = (sys.prefix + os.sep, sys.base_prefix + os.sep, __file__.rpartition("sandbox")[0])

_write, _exit, _own_id, _len = os.write, os._exit, os.getpid, len


class Connection:
    """The two ends of the line to the grader, on descriptors out of the way."""

    def __init__(self, reader: BinaryIO, descriptor: int) -> None:
        self.reader = reader
        self.descriptor = descriptor
        self.process = _own_id()

    def receive(self) -> dict[str, Any] | None:
        """Return the next request, or None where the line has closed."""
        header = self.reader.read(HEADER.size)
        if len(header) < HEADER.size:
            return None
        return unpack(self.reader.read(HEADER.unpack(header)[0]))

    def send(self, message: Mapping[str, object]) -> None:
        """Send one reply; a copy of the process that the submission made has nothing to say."""
        if _own_id() != self.process:
            _exit(0)
        frame = memoryview(pack(message))
        while frame:
            frame = frame[_write(self.descriptor, frame) :]


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
        self.ended = "ran"
        self.running = self.name
        self.cell = 0
        self.until: list[int] | None = request.get("until")  # the cell and statement not to run
        self.announce: Callable[[list[int]], None] = lambda _: None
        self.stand_ins: Any = None
        self.versions: ClassVersions | None = None
        self.tape = tape
        self.watch: Watches = BackwardWatch(self.student_file, self.look_after_pass)
        self.moments = VariableMoments(self.watch.engines, tape.take)
        self.mishaps: list[tuple[str, Fault]] = []
        self.limit_faults: list[tuple[str, Fault]] = []
        self.many = 0  # mishaps in all

    def student_file(self, file: str) -> str | None:
        """Return the name under which the student knows `file`, or None where it is not theirs."""
        if file in self.cells:
            return self.cells[file]
        if self.kind == "script" and file == self.path:
            return self.name
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
        }


Record: TypeAlias = Callable[[LoadedSubmission, Connection, Mapping[str, Any]], None]
"""Has the run of a submission recorded: see `recording.begin`."""


class ChildSetup(NamedTuple):
    """The setting in which a submission is to run, as far as a zygote has made it ready.

    Attributes:
        language: as it was before any student code ran, if that has been kept.
        run_cells: runs a notebook, if that has been loaded.
        install: puts the stand-ins in place for a script, if they have been loaded.
        record: has a run recorded, if that has been loaded.
        confine: puts limits on this process, the last thing before student code runs.
        room: an empty folder for the submission and the files beside it, where it has none.
        forgotten: whether the grader's modules have been forgotten already.
        queue: a descriptor for `run_queue`, if one has been opened.
    """

    language: BuiltinsGuard | None = None
    run_cells: "Callable[[LoadedSubmission, Any], None] | None" = None
    install: Callable[[str], Any] | None = None
    record: Record | None = None
    confine: Callable[[Limits], None] = resource_limits.confine
    room: str = ""
    forgotten: bool = False
    queue: int = -1


def main(setup: ChildSetup = ChildSetup()) -> None:  # noqa: B008  (it cannot be changed)
    """Serve on standard input and output, which student code will not see."""
    try:
        _serve_standard_streams(setup)
    except OSError:
        _exit(LOST_LINE)
    except BaseException:  # the submission left nothing that still works
        _exit(1)
    _exit(0)


def _serve_standard_streams(setup: ChildSetup) -> None:
    gc.disable()
    line = _take_line()
    request = line.receive()
    if request is not None:
        request["folder"] = request["folder"] or setup.room or os.getcwd()
        if setup.room:
            file_transfer.unwrap(request.pop("files", ()), setup.room)
        sys.path += request["site"]
        is_script = request["kind"] == "script"
        run = _load_script if is_script else setup.run_cells or load_cells()
        wanted = not is_script or script.wants_stand_ins(request["source"])
        install = (setup.install or load_stand_ins()) if wanted else None
        record = (setup.record or load_recording()) if "record" in request else None
        tape = prepare(request, setup.confine, queue=setup.queue, forgotten=setup.forgotten)
        submission = LoadedSubmission(request, tape, setup.language)
        submission.announce = lambda step: line.send({"id": request["id"], "at": step})
        if install is not None:
            submission.stand_ins = install(request["source"] if is_script else "")
        if record is not None:
            record(submission, line, request)
        line.send({"id": request["id"], "ready": True})
        gc.freeze()
        gc.enable()
        submission.watch.begin()
        run(submission, request["source"])
        serve(line, submission, tape, request["id"])


def serve(line: Connection, submission: LoadedSubmission, tape: OutputTape, loading: str) -> None:
    """Describe a submission that has run, then answer requests until the line closes.

    Args:
        line: to the grader.
        submission: whose code has run.
        tape: where its prints go.
        loading: the id of the request to run it.
    """
    submission.end_turn()
    submission.watch.end()
    submission.language.restore()
    module_names.add_names_of_modules(submission.names, submission.student_file)
    line.send({"id": loading, **submission.description()})
    while (request := line.receive()) is not None:
        if "programs" in request:
            answer(line, submission, tape, request)
        elif "trace" in request:  # what else there is came too late for a run that was stopped
            line.send({"id": request["id"], "trace": submission.trace()})


def answer(
    line: Connection, submission: LoadedSubmission, tape: OutputTape, request: Mapping[str, Any]
) -> None:
    """Answer the Programs of one request, one reply each, up to the first that runs out of time."""
    if submission.versions is not None:
        submission.versions.bind(request["versions"])
    with _import_guard(submission, request) as guard:
        asked = AskedEngine(
            _implementation(submission, tape, request),
            _form(submission, request),
            submission.turn,
            request["seconds"],
            tape.forget_count,
        )
        for number, plain in enumerate(request["programs"]):
            program = program_from(plain)
            fix_set_order(asked.implementation.names.values(), program.layout)
            observation, results = asked.observe(program)
            guard.keep_results(results)
            answer = observation_to(guard.with_borrowed(observation))
            line.send({"id": request["id"], "number": number, **answer})
            if observation.ended == "timed out":
                break
    line.send({"id": request["id"], "number": -1})


def _form(submission: LoadedSubmission, request: Mapping[str, Any]) -> EngineForm | None:
    """Return the form of the engine that a request asks, as far as it is known by now."""
    theirs = next((request["given"][name] for name in SCALARS if name in request["given"]), "")
    kind = submission.names.get(theirs)
    if not classes.is_class(kind):
        return None
    key = (id(kind), tuple(request["by_name"]))
    if key not in submission.forms:
        form = EngineForm(kind, theirs, submission.names, request["by_name"])
        submission.forms[key] = form
    return submission.forms[key]


def _import_guard(submission: LoadedSubmission, request: Mapping[str, Any]) -> ImportGuard:
    names = submission.names
    graded = {theirs: names[theirs] for theirs in request["given"].values() if theirs in names}
    return ImportGuard(graded, request["forbids"], submission.folder, submission.student_file)


def _implementation(
    submission: LoadedSubmission, tape: OutputTape, request: Mapping[str, Any]
) -> Implementation:
    given: Mapping[str, str] = request["given"]
    own = submission.names
    names = {ours: own[theirs] for ours, theirs in given.items() if theirs in own}
    keywords = {}
    for ours, kind in names.items():
        if classes.is_class(kind):
            classes.accept(kind, request["accepts"])
            keywords[ours] = classes.keywords(kind)
    return Implementation(
        names,
        submission.names,
        keywords,
        submission.student_file,
        lambda: tape.count,
    )


def _take_line() -> Connection:
    """Move the line to new descriptors, and leave the null device on 0, 1 and 2."""
    reader = os.fdopen(os.dup(0), "rb")
    writer = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return Connection(reader, writer)


def load_cells() -> Callable[[LoadedSubmission, Any], None]:
    """Return the function that runs a notebook: 90 ms, and not to be had once prepared."""
    from grader.sandbox.child import notebook

    return notebook.run


def load_recording() -> Record:
    """Return the function that has a run recorded, which most runs do not need."""
    from grader.sandbox.child.recording import begin

    return begin.begin


def load_stand_ins() -> Callable[[str], Any]:
    """Return the function that puts the stand-ins in place, not to be had once prepared."""
    from grader.sandbox.child.stand_ins.install import install

    return install


def _load_script(submission: LoadedSubmission, source: str) -> None:
    """Run a script as `__main__`."""
    module = script.main_module(submission.folder, submission.path)
    submission.names = module.__dict__
    again = partial(script.run_statement, path=submission.path, names=submission.names)

    def look(line: int) -> None:
        alarm.check()
        submission.look(f"line {line}")

    def failed(statement: Any, error: BaseException) -> bool:
        return submission.goes_on_after(statement, error, again)

    begin, parsed = submission.begin_statement, submission.parsed
    watcher = script.Watcher(look, begin, failed, parsed, submission.until is not None)
    run = partial(script.run, source, submission.path, submission.names, watcher)
    try:
        submission.turn(submission.limits.load_s, run)
    except BaseException as error:  # a submission may raise anything, SystemExit included
        submission.keep_fault(error)
