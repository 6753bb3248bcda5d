"""The student's end of the line: loads one submission, then answers Programs until the line closes.

It runs in an interpreter of its own. It takes the line away from the standard descriptors, forgets
the grader's modules, puts limits on itself, and only then runs student code.
"""

import builtins
import gc
import operator
import os
import signal
import sys
from _sitebuiltins import Quitter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import FileIO, RawIOBase, TextIOWrapper
from types import FrameType, ModuleType
from typing import Any, BinaryIO

from grader.encoding import fault_to, observation_to, program_from
from grader.execute import (
    Implementation,
    Locate,
    OutOfTime,
    TooMuchOutput,
    execute,
    fault_of,
)
from grader.observation import Fault, Observation, Place
from grader.plain import clean
from grader.subject import standins
from grader.subject.walls import Limits, confine
from grader.subject.wire import HEADER, pack, unpack

OURS = ("grader", "reference", "exercises")
SHELLS = ("exit", "quit", "input", "display", "get_ipython")  # an interactive shell replaces them
RING_AGAIN_S = 0.2
EXTRAS: Mapping[str, object] = {
    "label": "",
    "name": "",
    "_label": "",
    "_children": (),
    "children": (),
    "_prev": (),
    "prev": (),
    "parents": (),
    "_op": "",
    "op": "",
    "grad": 0.0,
    "requires_grad": True,
}

_write, _exit = os.write, os._exit


class Line:
    """The two ends of the line to the grader, on descriptors out of the way."""

    def __init__(self, reader: BinaryIO, descriptor: int) -> None:
        self.reader = reader
        self.descriptor = descriptor

    def receive(self) -> dict[str, Any] | None:
        """Return the next request, or None where the line has closed."""
        header = self.reader.read(HEADER.size)
        if len(header) < HEADER.size:
            return None
        return unpack(self.reader.read(HEADER.unpack(header)[0]))

    def send(self, message: Mapping[str, object]) -> None:
        """Send one reply."""
        frame = memoryview(pack(message))
        while frame:
            frame = frame[_write(self.descriptor, frame) :]


class Tape(RawIOBase):
    """Where prints go: counted, not kept."""

    def __init__(self, limit: int) -> None:
        self.count = 0
        self.limit = limit

    def writable(self) -> bool:
        """Say that a text can be written."""
        return True

    def write(self, printed: Any) -> int:
        """Count what is printed, and stop the submission past the limit."""
        size = len(printed)
        self.count += size
        if self.count > self.limit:
            raise TooMuchOutput
        return size


class Submission:
    """A submission that has run: its names, what went wrong, and which files are the student's."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        self.kind: str = request["kind"]
        self.folder: str = request["folder"]
        self.name: str = request["name"]
        self.path: str = os.path.join(self.folder, self.name)
        self.limits = Limits(*request["limits"])
        self.names: dict[str, Any] = {}
        self.cells: Mapping[str, str] = {}
        self.ended = "ran"
        self.running = self.name
        self.mishaps: list[tuple[str, Fault]] = []

    def student_file(self, file: str) -> str | None:
        """Return the name under which the student knows `file`, or None where it is not theirs."""
        if file in self.cells:
            return self.cells[file]
        if self.kind == "script" and file == self.path:
            return self.name
        inside = file.startswith(self.folder + os.sep) and "site-packages" not in file
        return file[len(self.folder) + 1 :] if inside and not file.startswith(sys.prefix) else None

    def ended_by(self, error: BaseException) -> None:
        """Keep what was raised, and where; a notebook goes on after it."""
        if isinstance(error, OutOfTime):
            self.ended = "timed out"
        elif isinstance(error, TooMuchOutput):
            self.ended = "flooded"
        elif self.kind == "script":
            self.ended = "raised"
        fault = fault_of(error, error.__traceback__, self.student_file)
        if isinstance(error, SyntaxError):
            file = self.student_file(str(error.filename)) or self.running
            fault = Fault(fault.type, clean(str(error.msg)), Place(file, error.lineno or 1, ""))
        self.mishaps.append((self.running, fault))

    @staticmethod
    def arm(seconds: float) -> None:
        """Raise OutOfTime in student code after `seconds`, and again while it is swallowed.

        0 takes the alarm back.
        """
        if hasattr(signal, "setitimer"):  # on Windows the grader's own deadline stands alone
            signal.signal(signal.SIGALRM, _ring)
            signal.setitimer(signal.ITIMER_REAL, seconds, RING_AGAIN_S if seconds else 0.0)


def _ring(_: int, __: FrameType | None) -> None:
    raise OutOfTime


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in student code after `seconds`."""
    Submission.arm(seconds)
    try:
        yield
    finally:
        Submission.arm(0.0)


def main() -> None:
    """Serve on standard input and output, which student code will not see."""
    gc.disable()
    line = _take_line()
    request = line.receive()
    if request is not None:
        sys.path += request["site"]
        run = _load_cells() if request["kind"] == "notebook" else _load_script
        tape = prepare(request)
        before = library()
        submission = Submission(request)
        gc.freeze()
        gc.enable()
        run(submission, request["source"])
        line.send({"id": request["id"], **description(submission, before)})
        serve(line, submission, tape)
    _exit(0)


def serve(line: Line, submission: Submission, tape: Tape) -> None:
    """Answer requests until the line closes."""
    while (request := line.receive()) is not None:
        answer(line, submission, tape, request)


def answer(line: Line, submission: Submission, tape: Tape, request: Mapping[str, Any]) -> None:
    """Answer the Programs of one request, one reply each, up to the first that runs out of time."""
    given: Mapping[str, str] = request["given"]
    classes = {ours: submission.names[theirs] for ours, theirs in given.items()}
    for kind in classes.values():
        _accept(kind, request["accepts"])
    keywords = {ours: _keywords(kind) for ours, kind in classes.items()}
    implementation = Implementation(
        classes, submission.names, keywords, submission.student_file, lambda: tape.count
    )
    for number, plain in enumerate(request["programs"]):
        program = program_from(plain)
        observation = Observation("timed out")
        tape.count = 0
        with suppress(OutOfTime), deadline(submission.limits.program_s):
            observation = execute(program, implementation)
        reply = {"id": request["id"], "number": number, **observation_to(observation)}
        line.send(reply)
        if observation.ended == "timed out":
            break
    line.send({"id": request["id"], "number": -1})


def _take_line() -> Line:
    """Move the line to new descriptors, and leave the null device on 0, 1 and 2."""
    reader = os.fdopen(os.dup(0), "rb")
    writer = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return Line(reader, writer)


class _Refusal:
    """Finds nothing of the grader's, unless the student's own folder has a file of that name."""

    def __init__(self, folder: str, root: str) -> None:
        self.folder = folder
        self.is_ours = os.path.realpath(folder) == os.path.realpath(root)

    def find_spec(self, name: str, *_: object) -> None:
        first = name.partition(".")[0]
        if first in OURS and (self.is_ours or not self._has(first)):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    def _has(self, name: str) -> bool:
        path = os.path.join(self.folder, name)
        return os.path.exists(path + ".py") or os.path.isdir(path)


def prepare(request: Mapping[str, Any]) -> Tape:
    """Make this process one in which the submission may run, and return where its prints go."""
    limits = Limits(*request["limits"])
    forget_ourselves(request)
    os.chdir(request["folder"])
    sys.path[:0] = [request["folder"]]
    sys.dont_write_bytecode = True
    standins.install()
    builtins.exit = Quitter("exit", "")
    builtins.quit = Quitter("quit", "")
    tape = Tape(limits.output_kb << 10)
    sys.stdout = sys.stderr = TextIOWrapper(tape, "utf-8", "replace", write_through=True)
    sys.__stdout__ = sys.__stderr__ = sys.stdout  # type: ignore[misc]
    sys.stdin = TextIOWrapper(FileIO(os.devnull))  # at its end: input() raises EOFError
    confine(limits)
    return tape


def forget_ourselves(request: Mapping[str, Any]) -> None:
    """Make what is the grader's neither imported nor importable; functions keep what they need."""
    for name in tuple(sys.modules):
        if name.partition(".")[0] in OURS:
            del sys.modules[name]
    root = request["root"]
    sys.path[:] = [entry for entry in sys.path if entry != root or entry in request["site"]]
    sys.meta_path.insert(0, _Refusal(request["folder"], root))


def _load_cells() -> Callable[[Submission, Any], None]:
    from grader.subject import shell  # 90 ms, for notebooks alone; not importable once prepared

    return shell.run


def _load_script(submission: Submission, source: str) -> None:
    """Run a script as `__main__`."""
    module = _main_module(submission)
    submission.names = module.__dict__

    try:
        with deadline(submission.limits.load_s):
            exec(compile(source, submission.path, "exec", dont_inherit=True), module.__dict__)
    except BaseException as error:  # a submission may raise anything, SystemExit included
        submission.ended_by(error)


def _main_module(submission: Submission) -> ModuleType:
    """Return a fresh `__main__`, whose relative imports find the files beside it."""
    package = ModuleType("_submission")
    package.__path__ = [submission.folder]
    module = ModuleType("__main__")
    module.__dict__.update(
        __file__=submission.path, __builtins__=builtins, __package__="_submission"
    )
    sys.modules.update({"_submission": package, "__main__": module})
    sys.argv[:] = [submission.path]
    return module


def description(submission: Submission, before: Mapping[str, object]) -> dict[str, Any]:
    """Return what the grader is told of a submission that has run."""
    try:
        with deadline(submission.limits.program_s):
            classes = _classes(submission)
    except BaseException:  # a metaclass is student code too
        classes = []
    after = library()
    return {
        "ended": submission.ended,
        "mishaps": [[running, fault_to(fault)] for running, fault in submission.mishaps[:50]],
        "classes": classes,
        "patched": [name for name, value in before.items() if after.get(name) is not value],
    }


def _classes(submission: Submission) -> list[dict[str, Any]]:
    """Return what is known of each class that the submission defines."""
    found: dict[int, dict[str, Any]] = {}
    for name, value in tuple(submission.names.items()):
        if isinstance(value, type) and _is_own(value, submission.student_file):
            facts = {
                "name": clean(name),
                "backward": any("backward" in vars(base) for base in value.__mro__),
                "arithmetic": any(
                    method in vars(base)
                    for base in value.__mro__[:-1]
                    for method in ("__add__", "__mul__")
                ),
            }
            if id(value) not in found or value.__name__ == name:
                found[id(value)] = facts
    return list(found.values())[:200]


def _is_own(kind: type, student_file: Locate) -> bool:
    module = sys.modules.get(kind.__module__)
    file = getattr(module, "__file__", None)
    return kind.__module__ == "__main__" or (bool(file) and student_file(str(file)) is not None)


def _accept(kind: type, accepts: Mapping[str, list[str]]) -> None:
    """Give a class the methods that Python looks for, where it has them under another name."""
    for wanted, others in accepts.items():
        for other in others:
            if not hasattr(kind, wanted) and hasattr(kind, other):
                setattr(kind, wanted, getattr(kind, other))


def _keywords(kind: type) -> dict[str, object]:
    """Return what a constructor wants beyond the number, as far as its names tell."""
    function: Any = getattr(kind, "__init__", None)
    code = getattr(function, "__code__", None)
    if code is None:
        return {}
    required = code.co_varnames[2 : code.co_argcount - len(function.__defaults__ or ())]
    only = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    required += tuple(name for name in only if name not in (function.__kwdefaults__ or {}))
    return {name: EXTRAS[name] for name in required if name in EXTRAS}


def library() -> dict[str, object]:
    """Return what a submission could replace in the language itself, by full name."""
    return {
        f"{module.__name__}.{name}": value
        for module in (builtins, operator)
        for name, value in vars(module).items()
        if (not name.startswith("_") or name == "__import__") and name not in SHELLS
    }
