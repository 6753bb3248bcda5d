"""A submission whose source can be edited, and each edit asked as it is."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from grader.sandbox.edits.edited_runs import EditedRuns
    from grader.sandbox.load_result import LoadResult
    from grader.sandbox.protocol.limits import Limits
    from grader.sandbox.restarts import RestartedRun
    from grader.sandbox.subject import AskOptions
    from grader.sandbox.submission_run import SandboxProcess
    from grader.sandbox.trace import Trace


KERNEL = "kernel"  # a key of the request for a run in a kernel, which has its cells from elsewhere


class RunAgain(NamedTuple):
    """What it takes to run a submission again, with every package that it had.

    Attributes:
        launch: gives a process that is not used yet.
        request: to run it as it is.
        limits: what it may use.
        before: what came of its run.
    """

    launch: "Callable[[], SandboxProcess]"
    request: Mapping[str, object]
    limits: "Limits"
    before: "LoadResult"


class Editable(ABC):
    """A submission that runs, and edits of it."""

    _run: "RestartedRun"

    @abstractmethod
    def _run_again(self) -> RunAgain:
        """Return what it takes to run the submission again."""

    def edits(self, asked: "AskOptions", seconds: float, most_s: float) -> "EditedRuns":
        """Return the runs of edits of the submission, defined beside it in its own process.

        Nothing of what they answer is a verdict.

        Args:
            asked: names, on both sides.
            seconds: of CPU for each Program; what takes longer is given up.
            most_s: of CPU for all of them; waiting counts a PATIENCE-th of its time.
        """
        from grader.sandbox.edits.edited_runs import EditedRuns  # for failing runs alone

        return EditedRuns(self._run, asked, seconds, most_s)

    def trace_of_edit(
        self, source: str | Sequence[str], name: str | None, *, zeroes: bool = False
    ) -> "Trace | None":
        """Run it with another source, behind the same walls, and return what that leaves behind.

        Args:
            source: a script's text, or the cells.
            name: of the engine's class, for which one of the grader's stands in; None for its own.
            zeroes: whether its `backward` begins with gradients of 0.

        Returns:
            None where it does not come to its end, cannot be recorded, or runs in a kernel.
        """
        from grader.sandbox.edits.edited_trace import edited_trace  # for failing trainings alone

        launch, request, limits, before = self._run_again()
        if KERNEL in request:
            return None
        request = {**request, "source": source}
        if name is not None:
            request["record"] = [name, zeroes]
        return edited_trace(launch, request, limits, before)
