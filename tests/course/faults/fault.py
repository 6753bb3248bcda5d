"""A fault that there was, a trial of it, and the words in which a command answers."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from grader.cli.main import run
from tests.course.push.stand_in import TOKEN, Server, serving
from tests.places import ROOT

RIGHT = (ROOT / "exercises" / "my475" / "09_ex9" / "solution.py").read_bytes()
STARTER = (ROOT / "exercises" / "my475" / "09_ex9" / "starter.py").read_bytes()


class Wrong(AssertionError):
    """The fault is there."""


class Fault(NamedTuple):
    """A fault.

    Attributes:
        name: whose it is, and which: "Moodle 3".
        before: what went wrong.
        test: the test that holds it, "push/test_moodle.py::test_…", below tests/course unless it
            begins with "tests/".
        trial: provokes it in an empty folder, and returns what is now said or done.

    The trial raises `Wrong` where the fault is there.
    """

    name: str
    before: str
    test: str
    trial: Callable[[], str]

    def has_test(self) -> bool:
        """Return whether its test exists."""
        file, _, name = self.test.partition("::")
        below = ROOT if file.startswith("tests/") else ROOT / "tests" / "course"
        return f"def {name}(" in (below / file).read_text("utf-8")


class Faults(list[Fault]):
    """Faults, in the order in which their trials are written."""

    def __init__(self, whose: str) -> None:
        super().__init__()
        self._whose = whose

    def fault(
        self, number: str, before: str, test: str
    ) -> Callable[[Callable[[], str]], Callable[[], str]]:
        """Note the trial of a fault."""

        def noted(trial: Callable[[], str]) -> Callable[[], str]:
            self.append(Fault(f"{self._whose} {number}".strip(), before, test, trial))
            return trial

        return noted


class Ran(NamedTuple):
    """A command that has ended: its exit status, and all that it said."""

    status: int
    said: str

    def line(self, words: str, status: int | None = None) -> str:
        """Return the first line with some words.

        Raises:
            Wrong: there is none, or the exit status is another one than that.
        """
        if status not in (None, self.status):
            raise Wrong(f"status {self.status} in place of {status}: {self.said}")
        for line in self.said.splitlines():
            if words in line:
                return line.strip()
        raise Wrong(f"{words!r} is not said: {self.said}")


def expect(holds: bool, otherwise: object) -> None:
    """Go on if something holds.

    Raises:
        Wrong: it does not.
    """
    if not holds:
        raise Wrong(str(otherwise))


def ran(*words: str) -> Ran:
    """Run a command of `grade`, in an empty folder that is kept from one to the next."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = run(list(words))
    return Ran(status, said.getvalue())


def pushed(
    server: Server, *words: str, assignment: str = "9", at: Callable[[str], str] = str
) -> Ran:
    """Run `grade push` from the folder `out` to a stand-in.

    Args:
        server: the stand-in, which is not there yet.
        words: more options.
        assignment: the number of the one that is meant.
        at: how the stand-in's address is written.
    """
    with _there(server) as place:
        server.url = at(server.url)
        return ran("push", "out", *place, "--assignment", assignment, "--url", server.url, *words)


def both_pushed(server: Server, *pushes: Iterable[str]) -> list[Ran]:
    """Run `grade push` several times, one after the other, to the same stand-in."""
    with _there(server) as place:
        where = [*place, "--assignment", "9", "--url", server.url]
        return [ran("push", "out", *where, *words) for words in pushes]


@contextmanager
def _there(server: Server) -> Iterator[list[str]]:
    """Let a stand-in answer, with its token where it is looked for and nobody waiting."""
    system = type(server).__name__.lower()
    env = {f"{system.upper()}_TOKEN": TOKEN}
    with patch("time.sleep"), patch.dict("os.environ", env), serving(server):
        yield ["--to", system, "--course", "7"]


def exported(system: str, sheet: str | bytes, *words: str) -> Ran:
    """Run `grade export --write` from the folder `out` into a sheet, which becomes `new.csv`."""
    Path("sheet.csv").write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode())
    into = ["--to", system, "--into", "sheet.csv", "--write", "-o", "new.csv"]
    return ran("export", "out", *into, *words)


def new_sheet() -> str:
    """Return what `grade export` has written; "" where it wrote nothing."""
    file = Path("new.csv")
    return file.read_text("utf-8-sig") if file.exists() else ""
