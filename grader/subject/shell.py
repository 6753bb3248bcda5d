"""Runs a notebook's cells in IPython's shell, in the student's process.

Without a kernel the shell is made here; in a kernel it is the kernel's. Either way a cell that
raises does not stop the later ones, a magic or a shell line never costs the class of its cell, and
all cells together are under one deadline.
"""

import os
from collections.abc import Mapping
from time import monotonic
from typing import Any, Protocol

os.environ.setdefault("MPLBACKEND", "Agg")

from IPython.core.getipython import get_ipython
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from grader.subject.walls import Limits

NOT_RUN = ("bash", "sh", "script", "writefile", "html", "javascript", "js", "latex", "markdown")
NO_DEFINITIONS = ("capture", "timeit", "prun")


class Submission(Protocol):
    """What running cells needs of `child.Submission`."""

    names: dict[str, Any]
    cells: Mapping[str, str]
    limits: Limits
    running: str

    def arm(self, seconds: float) -> None:
        """Set the alarm."""
        ...

    def ended_by(self, error: BaseException) -> None:
        """Keep what a cell raised."""
        ...


def run(submission: Submission, cells: list[str]) -> None:
    """Run `cells` from top to bottom; what they define is in `submission.names` afterwards."""
    shell = _new_shell()
    watch(shell, submission, len(cells))
    for cell in cells:
        shell.run_cell(cell, store_history=False)


def current_shell() -> Any:
    """Return the shell of the kernel that this process is."""
    return get_ipython()


def watch(shell: Any, submission: Submission, count: int) -> None:
    """Have `shell` run a notebook of `count` cells as a submission, one by one."""
    submission.names = shell.user_ns
    submission.cells = {f"<cell {number}>": f"cell {number}" for number in range(1, count + 1)}
    _make_lenient(shell)
    clock = _Clock(submission)
    shell.compile.get_code_name = lambda *_: f"<cell {clock.number}>"
    shell.events.register("pre_run_cell", clock.before)
    shell.events.register("post_run_cell", clock.after)


class _Clock:
    """Counts the cells, and holds the deadline that they share."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.number = 0
        self.left: float = submission.limits.load_s
        self.started = 0.0

    def before(self, _: object) -> None:
        self.number += 1
        self.submission.running = f"cell {self.number}"
        self.started = monotonic()
        self.submission.arm(max(self.left, 0.01))

    def after(self, result: Any) -> None:
        self.submission.arm(0.0)
        self.left -= monotonic() - self.started
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            self.submission.ended_by(error)


def _make_lenient(shell: Any) -> None:
    """Let magics fail without failing their cell, run no command, and show nothing."""
    line_magic, cell_magic = shell.run_line_magic, shell.run_cell_magic

    def run_line_magic(name: str, line: str, _stack_depth: int = 1) -> Any:
        try:
            return line_magic(name, line, _stack_depth=_stack_depth + 1)
        except Exception:  # a magic belongs to the notebook's comfort, not to its engine
            return None

    def run_cell_magic(name: str, line: str, cell: str) -> Any:
        if name in NOT_RUN:
            return None
        if shell.find_cell_magic(name) is None or name in NO_DEFINITIONS:
            return shell.ex(shell.transform_cell(cell))
        return cell_magic(name, line, cell)

    def nothing(*_: Any, **__: Any) -> None:
        """Do not install, draw or show."""

    shell.run_line_magic = run_line_magic
    shell.run_cell_magic = run_cell_magic
    for name in ("system", "getoutput", "enable_gui", "showtraceback", "showsyntaxerror"):
        setattr(shell, name, nothing)
    shell.displayhook.write_format_data = nothing
    shell.display_formatter.active_types = ["text/plain"]


def _new_shell() -> Any:
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = InteractiveShell.instance(config=config)
    shell.display_pub.publish = lambda *_, **__: None  # type: ignore[method-assign]
    return shell
