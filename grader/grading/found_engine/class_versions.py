"""Chooses among the versions of a class: the last whole one counts, and a note says so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from grader.engines.program import Program
from grader.grading.answers import Answers
from grader.grading.gradable import Askable
from grader.grading.prepared_exercise import PreparedExercise
from grader.sandbox.load_result import ClassVersion, LoadResult, VersionedClass
from grader.submissions.submission import Submission

if TYPE_CHECKING:
    from grader.sandbox.subject import AskOptions

MOST_EARLIER = 3
METHODS = {"neg": ("__neg__",), "abs": ("__abs__",)}


def needed_facts(programs: Iterable[Program]) -> frozenset[str]:
    """Return the names of the methods and attributes that Programs ask a class for."""
    names = set[str]()
    for program in programs:
        for kind, name, _ in program.steps:
            if kind == "operate":
                names.update(METHODS.get(name, (f"__{name}__", f"__r{name}__")))
            elif kind in ("call", "read", "write"):
                names.add(name)
    return frozenset(names)


def last_whole(versions: Sequence[ClassVersion], needed: frozenset[str]) -> int:
    """Return the number of the last version that can do as much of what is asked as any.

    Args:
        versions: in their order.
        needed: what is asked; a version that defines nothing at all is never chosen over another.
    """
    able = [(len(version.facts & needed), bool(version.facts)) for version in versions]
    most = max(able)
    return max(number for number, one in enumerate(able) if one == most)


def earlier_moments(
    versions: Sequence[ClassVersion], chosen: int, needed: frozenset[str]
) -> Iterator[int]:
    """Yield the versions, late ones first, that an exercise may have been about before `chosen`.

    They can do as much of what is asked; and the chosen one can do something besides, so that work
    has gone on since.
    """
    last = versions[chosen]
    for number in range(chosen - 1, max(-1, chosen - 1 - MOST_EARLIER), -1):
        facts = versions[number].facts
        if facts & needed >= last.facts & needed and last.facts - facts - needed:
            yield number


class EngineVersions:
    """The versions of the engine's class, and the one of them that is asked.

    Attributes:
        chosen: the name → the number of the version that is asked; empty where there is but one.
        notes: which one that is, and why; none where there is but one.
        moment: a note, where the exercise was about an earlier one, which is asked then.
    """

    def __init__(
        self, loaded: LoadResult, name: str, programs: Iterable[Program], submission: Submission
    ) -> None:
        """Choose the last whole version.

        Args:
            loaded: the run of the submission.
            name: the submission's own, of the class.
            programs: what it is asked.
            submission: whose lines are shown.
        """
        self.chosen: dict[str, int] = {}
        self.notes: list[str] = []
        self.moment: list[str] = []
        self._of = next((one for one in loaded.versioned if one.name == name), None)
        self._submission = submission
        self._needed = needed_facts(programs)
        if self._of is not None and self._of.versions:
            number = last_whole(self._of.versions, self._needed)
            self.chosen = {name: number}
            self.notes.append(note_on_versions(self._of, number, submission))

    def ask_earlier(
        self, prepared: PreparedExercise, subject: Askable, options: "AskOptions"
    ) -> Answers | None:
        """Return the right answers of a version that the exercise was about, None without any."""
        for chosen, note in self.earlier():
            answers = Answers(prepared)
            asked = options._replace(versions=chosen)
            subject.ask(answers.programs(hidden=False), asked, answers.is_wanted, answers.add)
            if answers.is_right():
                self.chosen, self.moment = dict(chosen), [note]
                return answers
        return None

    def earlier(self) -> Iterator[tuple[Mapping[str, int], str]]:
        """Yield versions that the exercise may have been about, each with a note that says so."""
        for name, chosen in self.chosen.items():
            assert self._of is not None
            for number in earlier_moments(self._of.versions, chosen, self._needed):
                yield {name: number}, note_on_moment(self._of, number, self._submission)


def note_on_versions(of: VersionedClass, chosen: int, submission: Submission) -> str:
    """Return a note on which version was graded, and why not the last."""
    counted = _where(of.versions[chosen], submission)
    if of.gone:
        since = _bound_away(of, submission)
        return f"`{of.name}` is no class any more{since}; the class of {counted} was graded"
    number, last = len(of.versions), of.versions[-1]
    says = f"there are {number} versions of {of.name}"
    if chosen == number - 1:
        return f"{says}: the last one counts"
    rest = f"that of {_where(last, submission)} can do less"
    return f"{says}: the last whole one counts, that of {counted}; {rest}"


def note_on_moment(of: VersionedClass, chosen: int, submission: Submission) -> str:
    """Return a note on an exercise that an earlier version was about."""
    return f"it holds for the {of.name} of {_where(of.versions[chosen], submission)}, which counts"


def _where(version: ClassVersion, submission: Submission) -> str:
    if version.file == submission.shown:
        return f"line {version.line}"
    return version.file if version.file.startswith("cell ") else f"{version.file}:{version.line}"


def _bound_away(of: VersionedClass, submission: Submission) -> str:
    """Return since where a name is no class, as far as the text tells."""
    from grader.submissions.bindings import last_binding  # `ast`, 5 ms; seldom needed

    last = of.versions[-1]
    place = last_binding(submission, of.name, last.file, last.line)
    if place is None:
        return ""
    text = (submission.line(*place) or "").strip()
    cell = f"{place[0]}, " if place[0] != submission.shown else ""
    return f" since {cell}line {place[1]}{f' (`{text[:60]}`)' if text else ''}"
