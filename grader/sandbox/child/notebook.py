"""Runs a notebook's cells in IPython's shell, in the student's process.

Without a kernel the shell is made here; in a kernel it is the kernel's. Either way a statement that
raises stops neither those below it nor the later cells, a magic or a shell line never costs the
class of its cell, and all cells together are under one deadline.
"""

import os
from ast import Module
from collections.abc import Callable, Mapping
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, Protocol

os.environ.setdefault("MPLBACKEND", "Agg")

from IPython.core.getipython import get_ipython
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from grader.sandbox.child.alarm import interruption
from grader.sandbox.child.run_queue import passed_s
from grader.sandbox.child.stand_ins.notebook_lines import AROUND, SHELLS, SHOWN, WRITTEN
from grader.sandbox.child.written_modules import WrittenModules
from grader.sandbox.protocol.limits import AFTERWARDS_S, PATIENCE, Limits

LEAST_S = 0.002
SHOWN_CHARACTERS = 2000


class KeepsOutput(Protocol):
    """The tape on which output is kept."""

    def keep(self, printed: bytes) -> None:
        """Keep it."""
        ...


class CountsCells(Protocol):
    """Watches backward passes; knows which cell runs."""

    cell: int


class RunsCells(Protocol):
    """The part of `main.LoadedSubmission` that running cells needs."""

    names: dict[str, Any]
    cells: Mapping[str, str]
    limits: Limits
    running: str
    cell: int

    @property
    def tape(self) -> KeepsOutput:
        """Where what is shown is kept."""
        ...

    @property
    def watch(self) -> CountsCells:
        """What watches backward passes."""
        ...

    def begin_turn(self, seconds: float) -> None:
        """Begin a student's turn."""
        ...

    def end_turn(self) -> None:
        """End it."""
        ...

    def keep_fault(self, error: BaseException) -> None:
        """Keep what a cell raised."""
        ...

    def begin_statement(self, number: int, line: int) -> bool:
        """Tell which statement is next, and return whether it is run."""
        ...

    def goes_on_after(
        self, statement: Any, error: BaseException, run: Callable[[Any], None]
    ) -> bool:
        """Keep what a statement has raised, and return whether the next ones are run."""
        ...

    def look(self, where: str) -> None:
        """Read the variables at the end of a cell."""
        ...


def run(submission: RunsCells, cells: list[str]) -> None:
    """Run `cells` from top to bottom; what they define is in `submission.names` afterwards."""
    shell = _new_shell()
    watch(shell, submission, len(cells))
    for cell in cells:
        try:
            shell.run_cell(cell, store_history=False)
        except BaseException as error:  # raised in the shell's own code, around the cell
            submission.end_turn()
            submission.keep_fault(error)


def current_shell() -> Any:
    """Return the shell of the kernel that this process is."""
    return get_ipython()


def watch(shell: Any, submission: RunsCells, count: int) -> None:
    """Have `shell` run a notebook of `count` cells as a submission, one by one."""
    submission.names = shell.user_ns
    submission.cells = {f"<cell {number}>": f"cell {number}" for number in range(1, count + 1)}
    clock = _Clock(submission)
    _make_lenient(shell, clock)
    _run_each_statement(shell, clock)
    _keep_lines(shell)
    shell.compile.get_code_name = lambda *_: clock.place
    shell.events.register("pre_run_cell", clock.before)
    shell.events.register("post_run_cell", clock.after)


class _Clock:
    """Counts the cells, and holds the time that they share."""

    def __init__(self, submission: RunsCells) -> None:
        self.submission = submission
        self.number = 0
        self.text = ""
        self.inside = 0  # how many run inside one another: a cell can have other cells run
        self.left = [submission.limits.load_s, AFTERWARDS_S]
        self.started = 0.0, 0.0

    @property
    def place(self) -> str:
        """The file name of the cell that runs, as tracebacks have it."""
        return f"<cell {self.number}>"

    def before(self, info: Any) -> None:
        self.inside += 1
        if self.inside > 1:
            return
        self.text = info.raw_cell
        self.number += 1
        self.submission.running = f"cell {self.number}"
        self.submission.cell = self.submission.watch.cell = self.number
        self.started = process_time(), passed_s()
        if self.left[0] <= 0 and self.left[1:]:
            self.left.pop(0)
        self.submission.begin_turn(max(self.left[0], LEAST_S))

    def after(self, result: Any) -> None:
        self.inside -= 1
        if self.inside:
            return
        self._look()
        self.submission.end_turn()
        computed, passed = process_time() - self.started[0], passed_s() - self.started[1]
        self.left[0] -= max(computed, passed / PATIENCE)
        raised = (result.error_before_exec, result.error_in_exec) if result else ()
        for error in (*raised, interruption()):
            if error is not None:
                self.submission.keep_fault(error)

    def shown(self, data: Mapping[str, Any], *_: Any, **__: Any) -> None:
        """Keep the text of what a cell shows at its end, or by `display`."""
        self.submission.tape.keep(f"{data.get('text/plain', '')}\n"[:SHOWN_CHARACTERS].encode())

    def _look(self) -> None:
        """Read the variables, which are the student's objects, in the cell's own time."""
        try:
            self.submission.look(self.submission.running)
        except BaseException as error:
            self.submission.keep_fault(error)


def _make_lenient(shell: Any, clock: _Clock) -> None:
    """Let magics fail without failing their cell, run no command, and show nothing."""

    def nothing(*_: Any, **__: Any) -> None:
        """Do not install, draw or show."""

    _make_magics_lenient(shell, clock)
    for name in ("system", "enable_gui", "ask_exit", "showtraceback", "showsyntaxerror"):
        setattr(shell, name, nothing)
    shell.getoutput = lambda *_, **__: []
    hook = shell.displayhook
    hook.quiet = lambda: hook.semicolon_at_end_of_expression(clock.text)
    hook.write_format_data = shell.display_pub.publish = clock.shown
    shell.display_formatter.active_types = ["text/plain"]


def _run_each_statement(shell: Any, clock: _Clock) -> None:
    """Have a cell go on after a statement that raises, and tell the grader of each."""
    run_nodes, submission = shell.run_ast_nodes, clock.submission

    async def run_ast_nodes(
        nodes: list[Any],
        cell_name: str,
        interactivity: str = "last_expr",
        compiler: Any = compile,
        result: Any = None,
    ) -> bool:
        if clock.inside != 1:
            return bool(await run_nodes(nodes, cell_name, interactivity, compiler, result))

        def run(statement: Any) -> None:
            exec(compiler(Module([statement], []), cell_name, "exec"), shell.user_ns)

        for number, node in enumerate(nodes):
            if not submission.begin_statement(number, node.lineno):
                return False
            shown = interactivity if node is nodes[-1] or interactivity == "all" else "none"
            failed = await run_nodes([node], cell_name, shown, compiler, result)
            if failed and not submission.goes_on_after(node, _error_in(result), run):
                return True
        return False

    shell.run_ast_nodes = run_ast_nodes


def _error_in(result: Any) -> BaseException:
    """Return what was raised, and take it out of a result."""
    error: BaseException = result.error_in_exec  # which may call itself false
    if error is None:
        error = result.error_before_exec
    result.error_in_exec = result.error_before_exec = None
    return error


def _keep_lines(shell: Any) -> None:
    """Have the lines of a cell keep their numbers where it begins with blank ones."""
    transform = shell.transform_cell

    def transform_cell(cell: str) -> Any:
        return "\n" * blank_lines_before(cell) + transform(cell)

    shell.transform_cell = transform_cell


def blank_lines_before(cell: str) -> int:
    """Return how many blank lines a cell begins with."""
    return cell[: len(cell) - len(cell.lstrip())].count("\n")


def _make_magics_lenient(shell: Any, clock: _Clock) -> None:
    line_magic, cell_magic = shell.run_line_magic, shell.run_cell_magic
    written = WrittenModules()

    def run_line_magic(name: str, line: str, _stack_depth: int = 1) -> Any:
        try:
            return line_magic(name, line, _stack_depth=_stack_depth + 1)
        except Exception:  # a magic belongs to the notebook's comfort, not to its engine
            return None

    def run_cell_magic(name: str, line: str, cell: str) -> Any:
        if name in SHELLS or name in SHOWN:
            return None
        if name in WRITTEN:
            return written.keep(line, cell, clock.place)
        if shell.find_cell_magic(name) is None or name in AROUND:
            above = "\n" * (1 + blank_lines_before(clock.text))
            below = above + shell.transform_cell(cell)
            return exec(compile(below, clock.place, "exec", dont_inherit=True), shell.user_ns)
        return cell_magic(name, line, cell)

    shell.run_line_magic = run_line_magic
    shell.run_cell_magic = run_cell_magic


def _new_shell() -> Any:
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    with TemporaryDirectory() as folder:  # it wants one, and needs none
        return InteractiveShell.instance(config=config, ipython_dir=folder)
