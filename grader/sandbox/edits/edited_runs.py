"""Asks edits of a submission, in the process in which it has run.

Code that prints without end, never comes to an end, ends its process or takes long does so in most
of its edits, too. Such answers are counted, and after a few no more edits are asked: a count is the
same on a busy machine. Beyond that there is a limit on the CPU time of all, which usual code does
not come near.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.engines.program_encoding import program_to
from grader.sandbox.restarts import RestartedRun
from grader.sandbox.submission_run import LINE_FAULTS

if TYPE_CHECKING:
    from grader.sandbox.subject import AskOptions

MOST_FALLS = 3  # after so many it is left alone
MOST_GIVEN_UP = 12  # that did not come to an end, or printed without end
MOST_SLOW = 40
BATCH = 32  # sources in one message


class EditedRuns:
    """The runs of edited sources; where one brings the process down, the submission runs anew."""

    def __init__(
        self, run: RestartedRun, asked: "AskOptions", seconds: float, most_s: float
    ) -> None:
        """Prepare; see `Editable.edits`."""
        self._run = run
        self._asked = asked
        self._seconds = seconds
        self._left_s = most_s
        self._falls = self._given_up = self._slow = 0

    def answers(
        self, sources: Sequence[Sequence[str]], programs: Sequence[Program]
    ) -> list[list[Observation]]:
        """Return the answers of each source; the last ones are missing where there is no process.

        A source that does not come to its end, or prints without end, has less of them, and one
        that brings the process down has none.
        """
        found: list[list[Observation]] = []
        while len(found) < len(sources) and self._is_there():
            some = sources[len(found) : len(found) + BATCH]
            answered = self._some(some, programs)
            if answered is None:  # one of them has brought it down: which, they say one by one
                answered = self._one_by_one(some, programs)
            found += answered
        return found

    def _one_by_one(
        self, sources: Sequence[Sequence[str]], programs: Sequence[Program]
    ) -> list[list[Observation]]:
        found: list[list[Observation]] = []
        for source in sources:
            if not self._is_there():
                break
            found += self._some([source], programs) or [[]]
        return found

    def _is_there(self) -> bool:
        if self._falls > MOST_FALLS or self._given_up > MOST_GIVEN_UP or self._slow > MOST_SLOW:
            return False
        if self._left_s <= 0:
            return False
        if self._run.current is None and self._run.reason_to_stop() is None:
            self._run.load()
        return self._run.current is not None

    def _some(
        self, sources: Sequence[Sequence[str]], programs: Sequence[Program]
    ) -> list[list[Observation]] | None:
        """Return the answers of sources up to the first that is stopped.

        None where the process has not outlived them.
        """
        run = self._run.current
        assert run is not None
        message = {
            **self._asked._asdict(),
            "versions": dict(self._asked.versions),
            "edited": [list(texts) for texts in sources],
            "programs": [program_to(program) for program in programs],
        }
        try:
            all_programs = [*programs] * len(sources)
            edited = run.edited_observations(message, all_programs, self._seconds)
        except LINE_FAULTS as error:
            self._falls += 1
            self._run.bring_down(error, self._seconds)
            return None
        answered = edited.observations
        self._given_up += bool(answered) and answered[-1].ended in ("timed out", "flooded")
        self._slow += edited.slow
        self._left_s -= edited.seconds
        each = len(programs)
        return [answered[at : at + each] for at in range(0, len(answered), each)]
