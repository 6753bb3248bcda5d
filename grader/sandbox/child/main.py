"""The student's end of the line: loads one submission, then answers Programs until the line closes.

It runs in an interpreter of its own. It takes the line away from the standard descriptors, forgets
the grader's modules, puts limits on itself, and only then runs student code. After each turn of the
student's it puts the language right before its own code goes on.
"""

import gc
import os
import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, BinaryIO, NamedTuple, TypeAlias, TypeVar

from grader.engines.encoding import observation_to
from grader.engines.interpreter.engine_state import SCALARS
from grader.engines.interpreter.execute import (
    Implementation,
)
from grader.engines.interpreter.forms.engine_form import EngineForm
from grader.engines.interpreter.set_order import fix_set_order
from grader.engines.program_encoding import program_from
from grader.sandbox.child import alarm, resource_limits, script
from grader.sandbox.child.asked_engine import AskedEngine
from grader.sandbox.child.builtins_guard import BuiltinsGuard
from grader.sandbox.child.edits import edited_source
from grader.sandbox.child.inspection import classes, module_names
from grader.sandbox.child.inspection.import_guard import ImportGuard, WithheldUse
from grader.sandbox.child.loaded_submission import LoadedSubmission
from grader.sandbox.child.prepare import OutputTape, prepare
from grader.sandbox.protocol import file_transfer
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.wire import HEADER, LOST_LINE, pack, unpack

T = TypeVar("T")

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
        withheld: packages that are installed, and that this process has not.
        withhold: puts stand-ins for them in place, if they have been loaded.
    """

    language: BuiltinsGuard | None = None
    run_cells: "Callable[[LoadedSubmission, Any], None] | None" = None
    install: Callable[[str], Any] | None = None
    record: Record | None = None
    confine: Callable[[Limits], None] = resource_limits.confine
    room: str = ""
    forgotten: bool = False
    queue: int = -1
    withheld: tuple[str, ...] = ()
    withhold: Callable[[Collection[str], Collection[str]], WithheldUse] | None = None


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
        _move_in(request, setup.room)
        is_script = request["kind"] == "script"
        setup = _loaded(setup, request, is_script=is_script)
        run = _load_script if is_script else setup.run_cells or load_cells()
        tape = prepare(request, setup.confine, queue=setup.queue, forgotten=setup.forgotten)
        submission = LoadedSubmission(request, tape, setup.language)
        if setup.withhold is not None:
            submission.withheld = setup.withhold(setup.withheld, request["site"])
        submission.announce = lambda step: line.send({"id": request["id"], "at": step})
        if setup.install is not None:
            submission.stand_ins = setup.install(request["source"] if is_script else "")
        if setup.record is not None:
            setup.record(submission, line, request)
        line.send({"id": request["id"], "ready": resource_limits.peak_kb()})
        gc.freeze()
        gc.enable()
        submission.watch.begin()
        run(submission, request["source"])
        serve(line, submission, tape, request["id"])


def _loaded(setup: ChildSetup, request: Mapping[str, Any], *, is_script: bool) -> ChildSetup:
    """Return a setup with what this submission needs of it, and nothing that it does not."""
    withheld = setup.withheld or tuple(request.get("withheld", ()))
    wanted = not is_script or script.wants_stand_ins(request["source"])
    return setup._replace(
        install=(setup.install or load_stand_ins()) if wanted else None,
        record=(setup.record or load_recording()) if "record" in request else None,
        withheld=withheld,
        withhold=(setup.withhold or load_withheld()) if withheld else None,
    )


def _move_in(request: dict[str, Any], room: str) -> None:
    """Have the submission's files in a folder, and the packages that are installed on the path."""
    request["folder"] = request["folder"] or room or os.getcwd()
    if room:
        file_transfer.unwrap(request.pop("files", ()), room)
    sys.path += request["site"]


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
        if "edited" in request:
            answer_edited(line, submission, tape, request)
        elif "programs" in request:
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


def answer_edited(
    line: Connection, submission: LoadedSubmission, tape: OutputTape, request: Mapping[str, Any]
) -> None:
    """Answer the Programs of one request by edits of the submission, all in one reply.

    There are hundreds of them: a reply for each would cost as much as all else.
    """
    slow = edited_source.SlowAnswers()
    given = edited_source.answers(submission, tape, {**request, "scalars": SCALARS}, slow)
    answers = [observation_to(observation) for observation in given]
    line.send({"id": request["id"], "answers": answers, "slow": slow.count})


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
    where = submission.folder, submission.student_file
    return ImportGuard(graded, request["forbids"], *where, submission.withheld)


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


def load_withheld() -> Callable[[Collection[str], Collection[str]], WithheldUse]:
    """Return the function that puts stand-ins for withheld packages in place."""
    from grader.sandbox.child.stand_ins import withheld_packages

    return withheld_packages.withhold


def _load_script(submission: LoadedSubmission, source: str) -> None:
    """Run a script as `__main__`."""
    module = script.main_module(os.path.dirname(submission.path), submission.path)
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
