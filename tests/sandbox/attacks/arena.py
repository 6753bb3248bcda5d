"""A place to attack from: a zygote behind its walls, and outside of it what attacks are after."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.grading.preparation import oracles
from grader.grading.prepared_exercise import PreparedExercise, prepare_exercise
from grader.grading.session import SHELL
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import CheckResult, Report
from grader.sandbox.interpreter import ROOT, site_folders
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.subject import Subject, request_for
from grader.sandbox.zygote_client import ZygoteClient
from grader.submissions.submission import Submission
from tests.sandbox.attacks.suite import ENGINES, Attack
from tests.sandbox.patience import hasty
from tests.sandbox.processes import descriptors, numbers

HONEST = ("right", "minus", "once")
NEXT = "once"  # it has 4 points of 5, so that gains are seen as well as losses
SHORT_EXERCISE = "ex4"  # that is asked of the next one, after each attack
BORROWED = "tinygrad"  # a package that differentiates, as far as the exercises know


class Left(NamedTuple):
    """What could be left behind: processes, files and descriptors, and a mark on another's file."""

    processes: frozenset[int]
    files: frozenset[str]
    descriptors: int
    victim: tuple[str, int, float]


class Verdict(NamedTuple):
    """What a report says of a submission, how long it took left out."""

    score: float
    checks: tuple[CheckResult, ...]
    notes: tuple[str, ...]


class Arena:
    """Grades attacks through one zygote, and looks at what they leave and whom they reach."""

    def __init__(self, folder: Path, tier: Tier, listeners: dict[str, socket.socket]) -> None:
        self.folder = folder
        self._listeners = listeners
        self._site = [*site_folders(), str(_installed(folder / "site"))]
        self._before_us = frozenset(numbers())
        self.zygote = ZygoteClient(self._site, at_most=tier, warm=[SHELL])
        self.exercise: Exercise = catalogue.load(catalogue.find("ex9"))
        self._asked = prepare_exercise(self.exercise, oracles(self.exercise, "recorded"))
        short = catalogue.load(catalogue.find(SHORT_EXERCISE))
        self._asked_next = prepare_exercise(short, oracles(short, "recorded"))
        self.outside = self._outside()
        self.honest = {name: self.verdict(name) for name in HONEST}

    def attack(self, attack: Attack) -> Report:
        """Grade an attack."""
        return self.grade(attack.submission(self.outside), attack.limits)

    def grade(self, source: str, limits: Limits | None = None) -> Report:
        """Grade a script in the child's own folder."""
        return self._graded(_script(source), limits)

    def attack_by_notebook(self, attack: Attack) -> Report:
        """Grade an attack as a notebook; there have to be walls that are warm for one."""
        return self._graded(self.notebook(attack), attack.limits)

    def notebook(self, attack: Attack) -> Submission:
        """Return an attack as a notebook."""
        cells = attack.cells(self.outside)
        return Submission("value.ipynb", "", "notebook", "0" * 64, cells=cells)

    def _graded(self, submission: Submission, limits: Limits | None) -> Report:
        return self.grade_in(self._subject(submission, limits or Limits()), submission)

    def _subject(self, submission: Submission, limits: Limits) -> Subject:
        request = request_for(submission, limits, self._site, str(ROOT))
        return Subject(hasty(self.zygote.fork), request, limits, self.zygote.isolation)

    def grade_in(self, subject: Subject, submission: Submission) -> Report:
        """Grade a submission in a world."""
        return _grade(self._asked, submission, subject)

    def verdict(self, name: str) -> Verdict:
        """Return what an honest submission gets now, and what it is told."""
        script = _script(ENGINES[name])
        asked = self._asked_next if name == NEXT else self._asked
        report = _grade(asked, script, self._subject(script, Limits()))
        return Verdict(report.score, report.checks, report.notes)

    def left(self) -> Left:
        """Return what there is now of what an attack could leave."""
        files = frozenset(str(path) for path in self.folder.rglob("*"))
        ours = frozenset(filter(self._is_ours, numbers()))
        victim = self.folder / "victim"
        told = victim.stat()
        mark = (victim.read_text(encoding="utf-8"), told.st_mode, told.st_mtime)
        return Left(ours, files, descriptors(), mark)

    def visitors(self) -> list[str]:
        """Return which listeners somebody has reached."""
        return [name for name, listener in self._listeners.items() if _reached(listener)]

    def _is_ours(self, number: int) -> bool:
        """Return whether a process comes from this arena: its temporary folder tells."""
        if number in self._before_us:
            return False
        try:
            environment = Path(f"/proc/{number}/environ").read_bytes()
        except OSError:
            return False
        return str(self.folder).encode() in environment

    def _outside(self) -> dict[str, object]:
        (self.folder / "other").mkdir()
        other = self.folder / "other" / "value.py"
        other.write_text(ENGINES["right"], encoding="utf-8")
        (self.folder / "victim").write_text("untouched", encoding="utf-8")
        tcp, udp = (self._listeners[kind].getsockname()[1] for kind in ("tcp", "udp"))
        return {
            "key": str(self.exercise.folder / "solution.py"),
            "root": str(ROOT),
            "site": self._site[-1],
            "engine": str(self.folder / "site" / BORROWED / "__init__.py"),
            "other": str(other),
            "folder": str(self.folder),
            "victim": str(self.folder / "victim"),
            "socket": str(self.folder / "socket"),
            "abstract": f"\0{self.folder}",
            "tcp": tcp,
            "udp": udp,
            "grader": os.getpid(),
            "processes": sorted(numbers()),
        }


def _script(source: str) -> Submission:
    return Submission("value.py", "", "script", "0" * 64, source)


def _grade(asked: PreparedExercise, submission: Submission, subject: Subject) -> Report:
    with closing(subject):
        return grade(asked, submission, subject, GradingOptions(examples_s=0))


@contextmanager
def arena(tier: Tier) -> Iterator[Arena]:
    """Open an arena whose walls are of `tier`, or of less where this machine lets no more be built.

    Args:
        tier: "full" or "container".
    """
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="arena-"))
        stack.callback(shutil.rmtree, folder)
        folder.chmod(0o711)  # as /tmp is: else a user without rights would reach nothing in it
        listeners = {name: stack.enter_context(one) for name, one in _listeners(folder).items()}
        with _temporary_files_in(folder):
            made = Arena(folder, tier, listeners)
            with closing(made.zygote):
                yield made


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Have all that is started from here on keep its temporary files in `folder`."""
    before, tempfile.tempdir = os.environ.get("TMPDIR"), str(folder)
    os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = None
        del os.environ["TMPDIR"]
        if before is not None:
            os.environ["TMPDIR"] = before


def _listeners(folder: Path) -> dict[str, socket.socket]:
    """Return sockets of every kind that a submission might reach."""
    made = {
        "tcp": socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "udp": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "unix": socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        "abstract": socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    }
    made["tcp"].bind(("127.0.0.1", 0))
    made["udp"].bind(("127.0.0.1", 0))
    made["unix"].bind(str(folder / "socket"))
    made["abstract"].bind(f"\0{folder}")
    for name, one in made.items():
        one.setblocking(False)
        if name != "udp":
            one.listen()
    return made


def _reached(listener: socket.socket) -> bool:
    try:
        if listener.type == socket.SOCK_DGRAM:
            listener.recv(1)
        else:
            listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _installed(site: Path) -> Path:
    """Make a folder of packages in which ours are installed beside another, and return it."""
    for name in ("grader/shipped/exercises", "harmless"):
        (site / name).mkdir(parents=True)
        (site / name / "__init__.py").write_text("", encoding="utf-8")
    (site / BORROWED).mkdir()
    (site / BORROWED / "__init__.py").write_text(ENGINES["right"], encoding="utf-8")
    shipped = site / "grader" / "shipped" / "exercises"
    shutil.copy(catalogue.find("ex9").folder / "solution.py", shipped / "key.py")
    return site
