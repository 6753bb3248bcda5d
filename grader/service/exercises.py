"""The exercises of a service: each is loaded once, and a broken one is told as such."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from grader.course.batch.cache_keys import stamp_of
from grader.errors import GraderError
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.exercise import Exercise
from grader.exercises.search_path import Folders
from grader.grading.request import GradeRequest, exercises_of
from grader.sandbox.protocol.limits import Tier

STARTER: Final = "value.py"


class ExerciseShelf:
    """The exercises that courses can have."""

    def __init__(self, homes: Folders, walls: Tier) -> None:
        """Look what there is; nothing is loaded yet.

        Args:
            homes: folders of exercises.
            walls: what stands around submissions.
        """
        self._homes, self._walls = homes, walls
        self._entries = {entry.path: entry for entry in catalogue.entries(homes)}
        self.load = cache(self._load)
        self.stamp = cache(self._stamp)
        self.task = cache(self._task)
        self.broken = cache(self._broken)

    def reload(self) -> None:
        """Read every exercise anew, and find those that have come."""
        self._entries = {entry.path: entry for entry in catalogue.entries(self._homes)}
        for known in (self.load, self.stamp, self.task, self.broken):
            known.cache_clear()

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all exercises, track by track."""
        return tuple(self._entries)

    def knows(self, path: str) -> bool:
        """Return whether there is an exercise of this path."""
        return path in self._entries

    def titles(self, paths: Iterable[str]) -> dict[str, str]:
        """Return the titles of exercises, by path; the path itself where one is broken or gone."""
        return {path: self.title(path) for path in paths}

    def title(self, path: str) -> str:
        """Return the title of an exercise; its path where it is broken or gone."""
        try:
            return self.load(path).title
        except GraderError:
            return path

    def points(self, path: str) -> float:
        """Return what an exercise is worth; 0 where it is broken or gone."""
        try:
            return self.load(path).points
        except GraderError:
            return 0.0

    def request(self, path: str, seed: int) -> GradeRequest:
        """Return the request to grade a submission against an exercise."""
        return GradeRequest(path, walls=self._walls, seed=seed, homes=self._homes)

    def starter(self, path: str) -> bytes:
        """Return the file that a student may begin with."""
        return catalogue.starter(self._entry(path)).encode()

    def _entry(self, path: str) -> ExerciseEntry:
        return self._entries.get(path) or catalogue.find(path, self._homes)

    def _load(self, path: str) -> Exercise:
        return catalogue.load(self._entry(path))

    def _broken(self) -> tuple[str, ...]:
        """Return why exercises cannot be loaded, a sentence for each that cannot."""
        return tuple(filter(None, map(self._fault, self._entries)))

    def _fault(self, path: str) -> str:
        try:
            self.load(path)
        except GraderError as error:
            return error.message
        return ""

    def _stamp(self, path: str, seed: int) -> str:
        return stamp_of(self.request(path, seed))

    def _task(self, path: str) -> str:
        """Return the task as HTML; what it has of HTML itself is shown as text."""
        from markdown_it import MarkdownIt  # long to import: the first page waits, and no start

        text = catalogue.prompt(self._entry(path))
        page = str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))
        for wide in ("pre", "table"):  # by keyboard, one moves to what is wider than a phone
            page = page.replace(f"<{wide}>", f'<{wide} tabindex="0">')
        return page


def exercises_named(names: tuple[str, ...], homes: Folders) -> list[str]:
    """Return the paths of exercises that were named, or of tracks.

    Raises:
        UnknownExercise: there is neither of a name.
    """
    request = GradeRequest(",".join(names), homes=homes)
    return [entry.path for entry in exercises_of(request)]
