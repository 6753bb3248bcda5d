"""What of a course is left out, and why, as far as there is room to tell."""

from typing import Final

from grader.engines.text import visible

MOST_TOLD: Final = 50
MOST_TOLD_OF_ONE: Final = 5  # student, so that there is room for what the others have


class LeftOut:
    """The list of what was left out, and why, as far as there is room to tell."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._more = 0
        self._doubtful: list[str] = []
        self._others = ""

    def add(self, name: str, reason: str) -> None:
        """Tell of one more."""
        self.add_line(f"{visible(name, 200)}: {reason}")

    def add_line(self, line: str) -> None:
        """Tell of one more, in words that name it already."""
        if len(self._lines) < MOST_TOLD:
            self._lines.append(line)
        else:
            self._more += 1

    def doubt(self, name: str) -> None:
        """Tell of a name of which it is not sure how it was written."""
        self._doubtful.append(visible(name, 200))

    def doubt_readings(self, others: str) -> None:
        """Tell how else the first of such names may be read, as a clause."""
        self._others = self._others or others

    def doubts(self) -> tuple[str, ...]:
        """Return a line on the names that are not sure, if there are any."""
        if not self._doubtful:
            return ()
        count = len({name.partition("/")[0] for name in self._doubtful})
        says = "1 name in it may be wrong" if count == 1 else f"{count:,} names in it may be wrong"
        line = f"{says}: nothing says in which letters they are written"
        line += f"; one is read as {self._doubtful[0]!r}"
        if self._others:
            line += f", and is {visible(self._others, 200)}: --names-in says which"
        return (line,)

    def take_over(self, other: "LeftOut") -> None:
        """Tell of all that another list has."""
        for line in other.lines():
            self.add_line(line)
        self._doubtful += other._doubtful
        self._others = self._others or other._others

    def lines(self, most: int = MOST_TOLD) -> tuple[str, ...]:
        """Return a line each, so many at most, and how many more there are."""
        lines = self._lines[:most]
        more = self._more + len(self._lines) - len(lines)
        return (*lines, *([f"and {more:,} more"] if more else []))
