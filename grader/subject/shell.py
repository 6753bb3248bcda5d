"""Runs a notebook's cells in IPython's own shell, without a kernel, in the student's process.

A cell that raises does not stop the later ones; a magic or a shell line never costs the class of
its cell; nothing is displayed.
"""

import os
from time import monotonic
from typing import Any, Protocol

os.environ.setdefault("MPLBACKEND", "Agg")

from IPython.core.compilerop import CachingCompiler  # noqa: E402 - matplotlib's backend comes first
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell  # noqa: E402
from traitlets.config import Config  # noqa: E402

NOT_RUN = ("bash", "sh", "script", "writefile", "html", "javascript", "js", "latex", "markdown")


class Submission(Protocol):
    """What running cells needs of `child.Submission`."""

    names: dict[str, Any]
    cells: Any
    limits: Any

    def attempt(self, run: Any, seconds: float) -> None: ...
    def failed(self, ended: str, error: BaseException) -> None: ...


class _Compiler(CachingCompiler):
    """Names the code of each cell after its number."""

    number = 0

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"<cell {self.number}>"


class _Shell(InteractiveShell):
    """IPython without history, display, or a machine to run commands on."""

    compiler_class = _Compiler

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        try:
            return super().run_line_magic(magic_name, line, _stack_depth=_stack_depth + 1)
        except Exception:  # a magic belongs to the notebook's comfort, not to its engine
            return None

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        if magic_name in NOT_RUN:
            return None
        known = self.find_cell_magic(magic_name) is not None
        if known and magic_name not in ("capture", "timeit", "prun"):
            return super().run_cell_magic(magic_name, line, cell)
        return self.ex(self.transform_cell(cell))

    def system(self, cmd: str) -> None:
        """Run no command: `!pip install` has no place here."""

    getoutput = system  # type: ignore[assignment]

    def enable_gui(self, gui: Any = None) -> None:
        pass

    def showtraceback(self, *_: Any, **__: Any) -> None:
        pass

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        pass


def run(submission: Submission, cells: list[str]) -> None:
    """Run `cells` from top to bottom; what they define is in `submission.names` afterwards."""
    shell = _shell()
    submission.names = shell.user_ns
    submission.cells = {f"<cell {number}>": f"cell {number}" for number in range(1, len(cells) + 1)}
    left = submission.limits.load_s
    for number, cell in enumerate(cells, start=1):
        shell.compile.number = number
        if left <= 0:
            break
        left -= _run_cell(submission, shell, cell, left)


def _run_cell(submission: Submission, shell: Any, cell: str, left: float) -> float:
    """Run one cell under what is `left` of the deadline, and return the seconds it took."""
    started = monotonic()

    def attempt() -> None:
        result: ExecutionResult = shell.run_cell(cell, store_history=False)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            raise error

    submission.attempt(attempt, left)
    return monotonic() - started


def _shell() -> Any:
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = _Shell.instance(config=config)
    shell.display_formatter.active_types = ["text/plain"]
    shell.displayhook.write_format_data = lambda *_, **__: None
    shell.display_pub.publish = lambda *_, **__: None
    return shell
