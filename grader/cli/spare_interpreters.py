"""Interpreters for one grading after another, the next one's started ahead."""

from collections.abc import Mapping
from threading import Lock

from grader.sandbox.interpreter import Interpreter

Version = Mapping[str, str]


class SavedAgain(Exception):
    """The submission was saved again while it was graded, so that nobody waits for the result."""


class SpareInterpreters:
    """Gives out interpreters, and ends a grading that a save has overtaken.

    The grading goes on in the main thread, which finds its submission's world gone, and gets no
    other; what tells of saves is another thread.
    """

    def __init__(self) -> None:
        self._ready: Interpreter | None = Interpreter()
        self._world: Interpreter | None = None
        self._grades: Version | None = None
        self._lock = Lock()
        self._overtaken = False

    def begin(self, version: Version) -> None:
        """Begin to grade a version of the submission."""
        with self._lock:
            self._grades, self._overtaken = version, False

    def launch(self) -> Interpreter:
        """Return an interpreter, for the grading that goes on.

        Raises:
            SavedAgain: there is a newer version than the one that is graded.
        """
        with self._lock:
            if self._overtaken:
                raise SavedAgain
            self._world = self._ready or Interpreter()
            self._ready = None
            return self._world

    def saved(self, version: Version) -> None:
        """End the grading of any other version; called from another thread."""
        with self._lock:
            if self._grades is not None and version != self._grades:
                self._overtaken = True
                if self._world is not None:
                    self._world.kill()

    def prepare(self) -> bool:
        """End a grading, start the next one's interpreter, and return whether it was overtaken."""
        with self._lock:
            self._grades = self._world = None
            self._ready = self._ready or Interpreter()
            return self._overtaken

    def end(self) -> None:
        """End the interpreter that waits."""
        if self._ready is not None:
            self._ready.end()
            self._ready = None
