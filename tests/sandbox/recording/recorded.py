"""An engine whose class is recorded in this process, for the tests of recording."""

from types import FrameType
from typing import Any

from grader.exercises import catalogue
from grader.sandbox.child.recording.recorded_watch import RecordedWatch
from grader.sandbox.recording.record import Record

ENGINE = catalogue.solution(catalogue.load(catalogue.find("ext2"))).partition("# %%")[0]
FILE = "student.py"


class Recorded:
    """A script that runs here on the grader's engine, and what is recorded of it."""

    def __init__(self, code: str, engine: str = ENGINE, *, zeroes: bool = False) -> None:
        self.record = Record()
        self.turns = 0
        self.answers: list[Any] = []
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.looked: list[int] = []
        self.watch = RecordedWatch(_own, self._look, "Value", self._exchange, zeroes=zeroes)
        self.watch.begin()
        try:
            exec(compile(f"{engine}\n{code}", FILE, "exec"), self.names)
        finally:
            self.watch.pause()
            self.watch.entries.send()
            self.watch._classes.end()
            self.watch._stand_ins.end()

    def _exchange(self, entries: list[Any], wants: bool) -> Any:
        answer = self.record.take(entries)
        self.turns += wants
        return answer if wants else None

    def _look(self, frame: FrameType) -> None:
        self.looked.append(frame.f_lineno)


def _own(file: str) -> str | None:
    return file if file == FILE else None
