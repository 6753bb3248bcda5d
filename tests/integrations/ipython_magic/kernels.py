"""A real kernel, whose cells are run one by one as a front end runs them."""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

LONGEST_S = 120.0


class Said(NamedTuple):
    """What a cell has shown: printed, on stderr, its rich outputs, and what it raised."""

    out: str
    err: str
    shown: list[dict[str, Any]]
    raised: str

    @property
    def text(self) -> str:
        """The plain text of its only rich output."""
        (shown,) = self.shown
        return str(shown["text/plain"])

    @property
    def html(self) -> str:
        """The HTML of its only rich output."""
        (shown,) = self.shown
        return str(shown["text/html"])


class Kernel:
    """A kernel of some interpreter, in some folder."""

    def __init__(self, folder: Path, place: Path, python: str = sys.executable) -> None:
        """Start it.

        Args:
            folder: where the notebook would lie.
            place: a folder for what Jupyter writes.
            python: the interpreter.
        """
        spec = place / "kernels" / "python3"
        spec.mkdir(parents=True)
        argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Python 3"}))
        specs = KernelSpecManager(kernel_dirs=[str(spec.parent)], ensure_native_kernel=False)
        self._manager = KernelManager(
            kernel_spec_manager=specs, transport="ipc", ip=str(place / "kernel")
        )
        left_out = ("JPY_SESSION_NAME", "COVERAGE_PROCESS_START")
        environment = {name: held for name, held in os.environ.items() if name not in left_out}
        own = {"IPYTHONDIR": str(place / "ipython"), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        self._manager.start_kernel(cwd=str(folder), env=environment | own)
        self.client: BlockingKernelClient = self._manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=LONGEST_S)
        self._pid = int(self.run("import os; print(os.getpid())").out)

    def run(self, cell: str) -> Said:
        """Run a cell, and return what it shows."""
        streams, shown, raised = {"stdout": "", "stderr": ""}, [], ""

        def hear(message: dict[str, Any]) -> None:
            nonlocal raised
            content = message["content"]
            if message["msg_type"] == "stream":
                streams[content["name"]] += content["text"]
            elif message["msg_type"] in ("display_data", "execute_result"):
                shown.append(content["data"])
            elif message["msg_type"] == "error":
                raised = f"{content['ename']}: {content['evalue']}"

        self.client.execute_interactive(cell, output_hook=hear, timeout=LONGEST_S)
        return Said(streams["stdout"], streams["stderr"], shown, raised)

    def interrupt(self) -> None:
        """Interrupt what runs, as the button does."""
        os.kill(self._pid, signal.SIGINT)

    def completions(self, line: str) -> list[str]:
        """Return what the Tab key offers at the end of a line."""
        reply = self.client.complete(line, reply=True, timeout=LONGEST_S)
        return list(reply["content"]["matches"])

    def end(self) -> None:
        """End it."""
        self.client.stop_channels()
        self._manager.shutdown_kernel(now=True)
