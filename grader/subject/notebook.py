"""The kernel way: a notebook runs in a real Jupyter kernel, driven by nbclient.

The kernel holds one end of a socket pair, on which the student's end of the line is served once the
cells have run: the same code, the same Programs and the same verdict as without a kernel.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from grader.errors import KernelUnavailable
from grader.subject.channel import Channel
from grader.subject.process import ROOT, environment
from grader.submission import Submission, as_notebook

START_S = 60.0
BEGIN = (
    "__import__('sys').path.append({root!r});"
    "__import__('grader.subject.inkernel', fromlist=['begin']).begin({descriptor})"
)
FINISH = "get_ipython()._finish_grading()"


class Kernel:
    """A Jupyter kernel that will run one notebook."""

    start_s = START_S

    def __init__(self, submission: Submission) -> None:
        """Start a kernel.

        Raises:
            KernelUnavailable: it does not start, or this system cannot hand it a socket.
        """
        if sys.platform == "win32":
            raise KernelUnavailable("--kernel needs Linux or macOS", hint="leave --kernel out")
        ours, self._theirs = socket.socketpair()
        self.channel = Channel(ours.makefile("rb"), ours.makefile("wb"))
        ours.close()  # the two files keep it open
        self._folder = TemporaryDirectory(prefix="grade-")
        self._manager = _manager(self._folder.name)
        self._started = Event()
        self._failure: Exception | None = None
        self._thread = Thread(target=self._run, args=(submission,), daemon=True)
        self._thread.start()
        self._started.wait(START_S)
        if self._failure is not None or not self._started.is_set():
            self.end()
            raise KernelUnavailable(
                f"the Jupyter kernel did not start: {self._failure or 'no answer'}",
                hint="leave --kernel out, or see that ipykernel works here",
            ) from self._failure

    def end(self) -> int:
        """End the kernel and all that it started in its group; return its exit status."""
        process = getattr(self._manager.provisioner, "process", None)
        own = process.poll() if process is not None else 0
        if process is not None:
            with suppress(ProcessLookupError, PermissionError):  # nothing is left in the group
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._thread.join(timeout=5.0)
        self.channel.close()
        self._folder.cleanup()
        return -signal.SIGKILL if own is None else int(own)

    def _run(self, submission: Submission) -> None:
        """Start the kernel, run every cell, then have the kernel answer Programs until its end."""
        notebook = as_notebook(submission)
        client = NotebookClient(notebook, self._manager, allow_errors=True, timeout=None)
        try:
            with client.setup_kernel(
                cwd=self._folder.name,
                env=self._environment(),
                stderr=subprocess.DEVNULL,
                pass_fds=[self._theirs.fileno()],
            ):
                assert client.kc is not None
                begin = BEGIN.format(root=str(ROOT), descriptor=self._theirs.fileno())
                client.kc.execute(begin, silent=True, store_history=False)
                self._theirs.close()
                self._started.set()
                for index, cell in enumerate(notebook.cells):
                    client.execute_cell(cell, index)
                client.kc.execute(FINISH, silent=True, store_history=False)
        except Exception as error:  # whatever ends a kernel, the line to it closes as well
            self._failure = error
            self._theirs.close()
            self._started.set()

    def _environment(self) -> Mapping[str, str]:
        names = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")
        own = {name: str(Path(self._folder.name, name.lower())) for name in names}
        return environment() | own


def _manager(folder: str) -> AsyncKernelManager:
    """Return a manager of kernels of this interpreter, which talk through files in `folder`."""
    return AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True),
        transport="ipc",  # others on the machine could connect to a TCP port
        ip=str(Path(folder, "kernel")),
    )
