"""A submission that runs: as it is asked, and with every package where that is something else.

Whatever it imports of a withheld package, the process that answers Programs has it not.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from grader.sandbox.edits.editable import Editable, RunAgain
from grader.sandbox.load_result import LoadResult
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.restarts import RestartedRun
from grader.sandbox.submission_run import LINE_FAULTS, ProcessLost, SandboxProcess

if TYPE_CHECKING:
    from grader.sandbox.packages.full_run import FullRun
    from grader.sandbox.recording.elsewhere import Elsewhere
    from grader.sandbox.trace import Trace


class Loadable(Editable):
    """A submission in processes of its own.

    Attributes:
        isolation: the tier of the walls around them.
    """

    def __init__(
        self,
        launch: Callable[..., SandboxProcess],
        request: Mapping[str, object],
        limits: Limits,
        isolation: Tier,
    ) -> None:
        """Prepare; see `subject.Subject`."""
        self.isolation = isolation
        self._launch, self._limits, self._request = launch, limits, request
        self._asked_request = request
        self._withheld: tuple[str, ...] = ()
        self._hastily = False
        self._begin_anew(launch)

    def _begin_anew(self, launch: Callable[[], SandboxProcess]) -> None:
        self._run = RestartedRun(launch, self._asked_request, self._limits)
        self._run.hastily = self._hastily
        self._full_run: FullRun | None = None
        self._loaded: LoadResult | None = None
        self._trace: Trace | None = None
        self._starts_over = False
        self._records: dict[tuple[object, ...], Trace | None] = {}

    @property
    def killed(self) -> str:
        """Why the grader is at fault for what is not asked; "" where it is not."""
        return self._run.killed or (self._full_run.killed if self._full_run else "")

    def hurry(self) -> None:
        """Take a limit on time that is reached for a TakesLong from now on."""
        self._run.hastily = self._hastily = True

    def begin(self, without: Sequence[str] = ()) -> None:
        """Start a process and have it run the submission, without waiting for it.

        Args:
            without: packages that are withheld; see `load`.
        """
        self._withhold(without)
        self._run.begin()

    def load(self, without: Sequence[str] = ()) -> LoadResult:
        """Run the submission, once: a track asks one submission many exercises.

        Args:
            without: packages that are not in the process that answers Programs, by their top-level
                names. Who imports one of them is run with it as well, in a process that is asked
                nothing. Without walls nothing can be withheld.

        Raises:
            TakesLong: it has not come to an end, and was asked in haste.
        """
        self._withhold(without)
        if self._loaded is None:
            loaded = self._run.load()
            self._loaded = self._with_all(loaded) if loaded.withheld else loaded
        return self._loaded

    def load_with_numbers_of(self, package: str) -> LoadResult:
        """Run the submission where what stands in for a package holds numbers, and no gradients.

        Behind walls, it does so wherever the package is withheld.
        """
        with suppress(ProcessLost):
            self.close()
        self._asked_request = {**self._request, "withheld": [package]}
        self._begin_anew(self._launch_asked())
        self._loaded = self._run.load()
        return self._loaded

    def _withhold(self, packages: Sequence[str]) -> None:
        if self.isolation != "limits" and self._withheld != tuple(packages):
            with suppress(ProcessLost):  # what is begun next finds the same, and says it
                self.close()
            self._withheld = tuple(packages)
            self._begin_anew(self._launch_asked())

    def _launch_asked(self) -> Callable[[], SandboxProcess]:
        return partial(self._launch, self._withheld) if self._withheld else self._launch

    def _with_all(self, loaded: LoadResult) -> LoadResult:
        from grader.sandbox.packages.full_run import full_run, seen_with_all  # few import such

        how = self._launch, self._request, self._limits
        self._full_run = full_run(*how, hastily=self._hastily)
        return seen_with_all(loaded, self._full_run.loaded)

    def trace(self) -> "Trace":
        """Return the Trace of the submission's run, an empty one where it cannot be had.

        It is asked for once: several exercises of a track look at it.
        """
        if self._full_run:
            return self._full_run.trace
        self._trace = self._trace or self._own_trace()
        if self._trace is None:
            from grader.sandbox.trace import Trace  # most exercises do not ask for it

            return Trace()
        return self._trace

    def _own_trace(self) -> "Trace | None":
        if self._run.current is None and self._starts_over:
            self._run.load()
        while self._run.current is not None:
            try:
                return self._run.current.trace()
            except LINE_FAULTS as error:
                if self._run.bring_down(error, self._limits.program_s):
                    return None
                self._run.load()
        return None

    def trace_on_right_engine(
        self, name: str, *, zeroes: bool = False, elsewhere: "Elsewhere | None" = None
    ) -> "Trace | None":
        """Run it again, recorded on an engine of the grader's; see `recorded_run`."""
        from grader.sandbox.recording.recorded_run import recorded_run  # few runs need it

        how = self._limits, self.load(self._withheld), elsewhere
        if (key := (name, zeroes, elsewhere)) not in self._records:
            run = self._full_run or self._run
            launch = self._launch if self._full_run else self._launch_asked()
            request = {**run.request, "record": [name, zeroes]}
            self._records[key] = recorded_run(launch, request, *how)
        return self._records[key]

    def _run_again(self) -> RunAgain:
        launch = self._launch if self._full_run else self._launch_asked()
        before = self.load(self._withheld)
        return RunAgain(launch, (self._full_run or self._run).request, self._limits, before)

    def start_over(self) -> None:
        """Have a new process asked from here on, which knows nothing of what this one was asked."""
        self.close()
        self._starts_over = True

    def close(self) -> None:
        """End the submission's process."""
        self._run.close()
