"""Asks Programs of a submission, through restarts, and returns an Observation for each.

Whatever the other process does, hang, die, print without end or speak out of turn, is an
Observation; nothing here raises because of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from grader.engines.memo import Memo
from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.engines.program_encoding import program_to
from grader.sandbox.packages.loadable import Loadable
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.protocol.wire import Encoded, encoded, listed
from grader.sandbox.restarts import KILLING, NOT_AGAIN, Restarts
from grader.sandbox.submission_run import LINE_FAULTS, SandboxProcess
from grader.submissions.submission import Submission


class AskOptions(NamedTuple):
    """The names and rules under which Programs are put to a submission.

    Attributes:
        given: the name a check uses → the submission's own name for it.
        accepts: method Python looks for → other names taken for it.
        by_name: members that are asked by name, for which nothing else is taken.
        forbids: packages that what is given must not use; where it does, the Observation says so.
        versions: the name of a class of which there are several → the number of the one to ask.
    """

    given: Mapping[str, str]
    accepts: Mapping[str, tuple[str, ...]]
    by_name: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    versions: Mapping[str, int] = MappingProxyType({})


class Subject(Loadable):
    """One submission in a process of its own, started again where it is brought down.

    Attributes:
        isolation: the tier of the walls around it.
    """

    def __init__(
        self,
        launch: Callable[..., SandboxProcess],
        request: Mapping[str, object],
        limits: Limits,
        isolation: Tier = "limits",
        encoded: Memo[Program, Encoded] | None = None,
    ) -> None:
        """Prepare.

        Args:
            launch: gives a process that is not used yet; behind walls, one without the packages
                that it is told.
            request: see `request_for`.
            limits: what the submission may use.
            isolation: the tier of the walls around the processes.
            encoded: Programs as they travel, from other submissions too.
        """
        super().__init__(launch, request, limits, isolation)
        self._encoded = encoded or Memo()

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: AskOptions,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        """Ask every Program that is wanted, and hand over each Observation as it arrives.

        Args:
            programs: id → Program, asked in this order, in one message if nothing goes wrong.
            asked: names, on both sides.
            wanted: whether an id is still worth asking, consulted after each one that did not end.
            done: receives the id and its Observation.

        Raises:
            TakesLong: one has not come to an end, and was asked in haste.
        """
        left = [key for key in programs if wanted(key)]
        restarts = Restarts()
        restarts.stop = self._run.reason_to_stop()
        while left and restarts.stop is None:
            if self._run.current is None:
                if restarts.may_start():
                    self._run.load()
                    restarts.fail_unless(self._run.current is not None)
                continue
            left, last = self._ask_some(left, programs, asked, done)
            left = [key for key in left if wanted(key)]
            restarts.count(last)
            restarts.stop = restarts.stop or self._run.reason_to_stop()
        for key in left:
            done(key, restarts.stop or NOT_AGAIN)

    def _ask_some(
        self,
        keys: Sequence[str],
        programs: Mapping[str, Program],
        asked: AskOptions,
        done: Callable[[str, Observation], None],
    ) -> tuple[list[str], Observation]:
        """Ask Programs in one message until one does not end; return what is left, and the last."""
        run = self._run.current
        assert run is not None
        left, observation = list(keys), NOT_AGAIN
        each, seconds = [programs[key] for key in keys], self._run.budget.seconds()
        message = _message(asked, (self._encoded.of(program, _travelling) for program in each))
        try:
            for observation in run.observations(message, each, seconds):
                self._run.spend(observation, seconds)
                done(left.pop(0), observation)
        except LINE_FAULTS as error:
            end = self._run.bring_down(error, seconds)
            if left and end:
                observation = end
                self._run.spend(observation, seconds * KILLING)
                done(left.pop(0), observation)
        return left, observation


def _message(asked: AskOptions, travelling: Iterable[Encoded]) -> dict[str, object]:
    names = {**asked._asdict(), "versions": dict(asked.versions)}
    return {**names, "programs": listed(travelling)}


def _travelling(program: Program) -> Encoded:
    return encoded(program_to(program))


def request_for(
    submission: Submission, limits: Limits, site: Sequence[str], root: str
) -> dict[str, object]:
    """Return the request that has a process run `submission`.

    Args:
        submission: one that is `packed` brings its files along.
        limits: what it may use.
        site: the folders where packages are installed.
        root: the folder that holds the grader, which it must not see.
    """
    return {
        "kind": submission.kind,
        "name": submission.name,
        "folder": submission.folder,
        "source": submission.source if submission.kind == "script" else list(submission.cells),
        "limits": list(limits),
        "site": list(site),
        "root": root,
        "files": _parcel(submission),
    }


def _parcel(submission: Submission) -> list[list[str]]:
    if submission.folder or not submission.beside:  # where it has a folder, they lie in it
        return []
    from grader.sandbox.protocol.file_transfer import wrap

    return wrap(submission.beside)
