"""The kernel way: a notebook runs in a real Jupyter kernel, driven by nbclient.

The kernel holds one end of a socket pair, on which the student's end of the line is served once the
cells have run: the same code, the same Programs and the same report as without a kernel.
"""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from grader.errors import GraderAtFault
from grader.sandbox.channel import Channel
from grader.sandbox.interpreter import (
    ROOT,
    end_group,
    ended_by_itself,
    environment,
    held_signals,
)
from grader.sandbox.protocol.socket_folder import socket_folder
from grader.sandbox.usage import Usage, cpu_s, queued_s, usage_of
from grader.submissions.submission import Submission, as_notebook


class KernelUnavailable(GraderAtFault):
    """A Jupyter kernel could not be started, or did not answer."""


START_S = 60.0
BEGIN = (
    "__import__('sys').path.append({root!r});"
    "__import__('grader.sandbox.child.kernel_main', fromlist=['begin']).begin({descriptor})"
)
FINISH = "__import__('IPython').get_ipython()._finish_grading()"


class Kernel:
    """A Jupyter kernel that will run one notebook."""

    start_s = START_S
    grace_s = 10.0  # for what the kernel and its client do between the cells

    def __init__(self, submission: Submission) -> None:
        """Start a kernel.

        Raises:
            KernelUnavailable: it does not start, or this system cannot hand it a socket.
        """
        if sys.platform == "win32":
            raise KernelUnavailable("--kernel needs Linux or macOS", hint="leave --kernel out")
        self._start_is_over = Event()
        self._failure: Exception | None = None
        self._stop: Callable[[], object] = lambda: None
        with ExitStack() as built:
            with held_signals():
                self._start(submission)
                built.callback(self.end)
            self._start_is_over.wait(START_S)
            if self._failure is not None or not self._start_is_over.is_set():
                raise KernelUnavailable(
                    f"the Jupyter kernel did not start: {self._failure or 'no answer'}",
                    hint="leave --kernel out, or see that ipykernel works here",
                ) from self._failure
            built.pop_all()

    def _start(self, submission: Submission) -> None:
        ours, self._theirs = socket.socketpair()
        self.channel = Channel(ours.makefile("rb"), ours.makefile("wb"))
        ours.close()  # the two files keep it open
        self._folder = TemporaryDirectory(
            prefix="grade-", dir=socket_folder(), ignore_cleanup_errors=True
        )
        self._manager = _manager(self._folder.name)
        self._thread = Thread(target=self._run, args=(submission,), daemon=True)
        self._thread.start()

    def cpu_s(self) -> float | None:
        """Return the seconds of CPU that the kernel has used; see `SandboxProcess`."""
        process = self._process
        return cpu_s(process.pid) if process and process.returncode is None else None

    def queued_s(self) -> float:
        """Return how long the kernel has stood in the queue for a processor; see `Meter`."""
        process = self._process
        return queued_s(process.pid) if process and process.returncode is None else 0.0

    def usage(self) -> Usage:
        """Return the usage of the kernel; see `SandboxProcess`."""
        process = self._process
        return usage_of(process.pid) if process and process.returncode is None else Usage()

    def end(self, patience_s: float = 0.0) -> int | None:
        """End the kernel and all that it started in its group; see `SandboxProcess`."""
        with held_signals():
            own = ended_by_itself(self._process, patience_s) if self._process else None
            self._kill()
            with suppress(RuntimeError):  # the loop has ended by itself
                self._stop()
            self._thread.join(timeout=5.0)
            if self._process is not None and self._process.returncode is None:
                self._kill()  # it was only just being started
            self.channel.close()
            self._folder.cleanup()
        return own

    @property
    def _process(self) -> "subprocess.Popen[bytes] | None":
        return getattr(self._manager.provisioner, "process", None)

    def _kill(self) -> None:
        if self._process is not None:
            end_group(self._process)

    def _run(self, submission: Submission) -> None:
        """Drive the kernel until it is ended, in a thread and an event loop of its own."""
        try:
            asyncio.run(self._drive(submission))
        except asyncio.CancelledError:
            pass
        except Exception as error:  # whatever it is, the kernel ends, and the line to it closes
            self._failure = error
            self._kill()
        finally:
            self._theirs.close()
            self._start_is_over.set()

    async def _drive(self, submission: Submission) -> None:
        """Start the kernel, run every cell, then have the kernel answer Programs until its end."""
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        self._stop = partial(loop.call_soon_threadsafe, task.cancel)
        await self._manager.start_kernel(
            cwd=self._folder.name,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[self._theirs.fileno()],
        )
        client = self._manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=START_S)
            await self._run_cells(submission, client)
            await asyncio.Event().wait()
        finally:
            client.stop_channels()
            await self._manager.cleanup_resources()

    async def _run_cells(self, submission: Submission, client: AsyncKernelClient) -> None:
        client.allow_stdin = False
        begin = BEGIN.format(root=str(ROOT), descriptor=self._theirs.fileno())
        client.execute(begin, silent=True, store_history=False)
        self._theirs.close()
        self._start_is_over.set()
        notebook = as_notebook(submission)
        runner = NotebookClient(notebook, self._manager, allow_errors=True, timeout=None)
        runner.kc = client
        for index, cell in enumerate(notebook.cells):
            await runner.async_execute_cell(cell, index)
        client.execute(FINISH, silent=True, store_history=False)

    def _environment(self) -> Mapping[str, str]:
        names = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")
        own = {name: str(Path(self._folder.name, name.lower())) for name in names}
        return environment() | own


def _manager(folder: str) -> AsyncKernelManager:
    """Return a manager of kernels of this interpreter, which talk through files in `folder`."""
    return AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True),
        connection_file=str(Path(folder, "connection.json")),
        transport="ipc",  # others on the machine could connect to a TCP port
        ip=str(Path(folder, "kernel")),
    )
