"""A submission that can be asked: what grading needs of one in a sandbox."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from grader.engines.observation import Observation
from grader.engines.program import Program

if TYPE_CHECKING:
    from grader.feedback.shrinking.smallest import AskSubject
    from grader.sandbox.load_result import Loaded
    from grader.sandbox.subject import Asked
    from grader.sandbox.trace import Trace


class Askable(Protocol):
    """A submission that can be asked Programs."""

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: "Asked",
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        """Ask Programs, and hand over each Observation as it arrives."""
        ...


class Subject(Askable, Protocol):
    """A submission in a world of its own; see `subject.subject.Subject`."""

    @property
    def isolation(self) -> Literal["full", "container", "limits"]:
        """The tier of the walls around it."""
        ...

    def load(self) -> "Loaded":
        """Run the submission."""
        ...

    def trace(self) -> "Trace":
        """Return what its run left behind."""
        ...

    def trace_on(self, name: str, engine: str) -> "Trace":
        """Run it again on another engine, and return what that run leaves behind."""
        ...


NOT_ASKED = Observation("not asked")


def asking(subject: Askable, asked: "Asked") -> Callable[[Callable[[], bool]], "AskSubject"]:
    """Return what asks a submission Programs as long as there is time."""

    def within(has_time: Callable[[], bool]) -> "AskSubject":
        def ask(programs: Sequence[Program]) -> list[Observation]:
            answers: dict[str, Observation] = {}
            numbered = {str(number): program for number, program in enumerate(programs)}
            subject.ask(numbered, asked, lambda _: has_time(), answers.__setitem__)
            return [answers.get(number, NOT_ASKED) for number in numbered]

        return ask

    return within
