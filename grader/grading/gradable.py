"""A submission that can be asked, run and traced: what grading needs of one in a sandbox."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from grader.engines.observation import Observation
from grader.engines.program import Program

if TYPE_CHECKING:
    from grader.feedback.shrinking.smallest import AskSubject
    from grader.sandbox.load_result import LoadResult
    from grader.sandbox.recording.elsewhere import Elsewhere
    from grader.sandbox.subject import AskOptions
    from grader.sandbox.trace import Trace


class Askable(Protocol):
    """A submission that can be asked Programs."""

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: "AskOptions",
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        """Ask Programs, and hand over each Observation as it arrives."""
        ...


class Traceable(Protocol):
    """A submission that has run, and can be run again on an engine of the grader's."""

    def trace(self) -> "Trace":
        """Return the trace of its run."""
        ...

    def trace_on_right_engine(
        self, name: str, *, zeroes: bool = False, elsewhere: "Elsewhere | None" = ...
    ) -> "Trace | None":
        """Run it again, recorded on an engine of the grader's, and return what that left behind.

        Args:
            name: of the class that gets a stand-in.
            zeroes: whether its `backward` begins with gradients of 0.
            elsewhere: where its leaves begin, if not where the submission has them begin.

        Returns:
            None where it cannot be recorded.
        """
        ...


class TracesEdits(Protocol):
    """A submission whose own run can be made again with an edit of its source."""

    def trace_of_edit(
        self, source: str | Sequence[str], name: str | None, *, zeroes: bool = False
    ) -> "Trace | None":
        """Return what an edited run leaves behind, None where it does not come to its end.

        Args:
            source: a script's text, or the cells.
            name: of the class for which an engine of the grader's stands in; None for its own.
            zeroes: whether its `backward` begins with gradients of 0.
        """
        ...


class AsksEdits(Protocol):
    """Edits of a submission's source, which can be asked as it is."""

    def answers(
        self, sources: Sequence[Sequence[str]], programs: Sequence[Program]
    ) -> Sequence[list[Observation]]:
        """Return what each source answers, up to what does not come to its end.

        Args:
            sources: each a text for every file or cell.
            programs: put to each of them.
        """
        ...


class Gradable(Askable, Traceable, TracesEdits, Protocol):
    """A submission in a world of its own; see `sandbox.subject.Subject`."""

    @property
    def isolation(self) -> Literal["full", "container", "limits"]:
        """The tier of the walls around it."""
        ...

    @property
    def killed(self) -> str:
        """Why the grader is at fault for what is not asked; "" where it is not."""
        ...

    def load(self, without: Sequence[str] = ...) -> "LoadResult":
        """Run the submission; packages are withheld from the process that is asked."""
        ...

    def load_with_numbers_of(self, package: str) -> "LoadResult":
        """Run it where what stands in for a package holds numbers, and differentiates nothing."""
        ...

    def edits(self, asked: "AskOptions", seconds: float, most_s: float) -> AsksEdits:
        """Return a way to ask edits of it; what they answer is no verdict."""
        ...

    def start_over(self) -> None:
        """Have a new process answer from here on, which knows nothing of what was asked."""
        ...


NOT_ASKED = Observation("not asked")


def asks_one(subject: Askable, options: "AskOptions") -> Callable[[str, Program], Observation]:
    """Return a way to ask a submission one Program, under a key of its own."""

    def ask(key: str, program: Program) -> Observation:
        answers: dict[str, Observation] = {}
        subject.ask({key: program}, options, lambda _: True, answers.__setitem__)
        return answers[key]

    return ask


def within_time(
    subject: Askable, options: "AskOptions"
) -> Callable[[Callable[[], bool]], "AskSubject"]:
    """Return a way to ask a submission Programs as long as there is time."""

    def within(has_time: Callable[[], bool]) -> "AskSubject":
        def ask(programs: Sequence[Program]) -> list[Observation]:
            answers: dict[str, Observation] = {}
            numbered = {str(number): program for number, program in enumerate(programs)}
            subject.ask(numbered, options, lambda _: has_time(), answers.__setitem__)
            return [answers.get(number, NOT_ASKED) for number in numbered]

        return ask

    return within
