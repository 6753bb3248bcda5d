"""The content of the page of submissions that are alike, for each group and pair."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from grader.course.pages.similarity_page import (
    ClusterOnPage,
    MarkedLine,
    NamedStudent,
    PairSide,
    PairSideBySide,
)
from grader.course.similarity.clusters import Cluster
from grader.course.similarity.matches import LineSpan, Match, matches
from grader.course.similarity.similarity import SimilarPair
from grader.course.similarity.texts import StudentText
from grader.engines.text import visible

AROUND: Final = 3
"""So many lines beside a passage are shown with it."""

MOST_PAIRS: Final = 100
"""So many pairs are side by side on the page."""

MOST_LINES: Final = 1200
LONGEST: Final = 300


def clusters_on_page(
    groups: Sequence[Cluster], course: Mapping[str, StudentText], names: Mapping[str, NamedStudent]
) -> Iterator[ClusterOnPage]:
    """Yield each group with its pairs side by side, as far as there is room for them.

    Every group shows the pair that is the most alike. What room is left goes to the others, in the
    groups' order.

    Args:
        groups: the most alike first.
        course: key → what they wrote.
        names: key → who that is.
    """
    room = max(0, MOST_PAIRS - len(groups))
    for group in groups:
        shown = group.links[: 1 + room]
        room -= len(shown) - 1
        yield ClusterOnPage(
            per_cent(group.links[0]),
            per_cent(group.links[-1]),
            tuple(names[key] for key in group.keys),
            tuple(side_by_side(pair, course, names) for pair in shown),
            len(group.links) - len(shown),
        )


def per_cent(pair: SimilarPair) -> int:
    """Return the likeness of a pair, as it is shown."""
    return round(100 * pair.likeness)


def side_by_side(
    pair: SimilarPair, course: Mapping[str, StudentText], names: Mapping[str, NamedStudent]
) -> PairSideBySide:
    """Return a pair side by side.

    Args:
        pair: who.
        course: key → what they wrote.
        names: key → who that is.
    """
    left, right = course[pair.left], course[pair.right]
    passages = agreeing(pair, left, right)
    return PairSideBySide(
        per_cent(pair),
        len(pair.shared),
        pair.same,
        len(passages),
        PairSide(*names[pair.left], _excerpt(left, [one.left for one in passages])),
        PairSide(*names[pair.right], _excerpt(right, [one.right for one in passages])),
    )


def agreeing(pair: SimilarPair, left: StudentText, right: StudentText) -> list[Match]:
    """Return the passages that a pair shares: all that agrees, where the texts are the same."""
    marks = {mark for mark, _ in left.fingerprints} if pair.same else pair.shared
    return matches(left, right, marks)


def _excerpt(student: StudentText, spans: Sequence[LineSpan]) -> tuple[MarkedLine, ...]:
    """Return the lines around the passages, with headings where a file begins or lines are left."""
    passage_of: dict[int, int] = {}
    for number, span in enumerate(spans, start=1):
        for line in range(span.first, span.last + 1):
            passage_of.setdefault(line, number)
    indices = {
        line
        for span in spans
        for line in range(span.first - AROUND, span.last + AROUND + 1)
        if 0 <= line < len(student.lines)
    }
    return tuple(_lines(student, sorted(indices)[:MOST_LINES], passage_of))


def _lines(
    student: StudentText, indices: Sequence[int], passage_of: dict[int, int]
) -> Iterator[MarkedLine]:
    before, place, passages_begun = -1, "", {0}
    for index in indices:
        line = student.lines[index]
        if line.place != place:
            yield MarkedLine(0, visible(line.place))
        elif index > before + 1:
            yield MarkedLine(0, f"… {index - before - 1} lines")
        passage = passage_of.get(index, 0)
        text = visible(line.text.expandtabs(4), LONGEST)
        yield MarkedLine(line.number, text, passage, passage not in passages_begun)
        before, place = index, line.place
        passages_begun.add(passage)
