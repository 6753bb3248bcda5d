"""What the page of submissions that are alike says of each group and pair."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from grader.course.pages.similarity_page import Beside, Line, Person, Side, Together
from grader.course.similarity.clusters import Group
from grader.course.similarity.matches import Passage, Span, passages
from grader.course.similarity.similarity import Pair
from grader.course.similarity.texts import Written
from grader.engines.text import visible

AROUND: Final = 3
"""So many lines beside a passage are shown with it."""

MOST_PAIRS: Final = 100
"""So many pairs are side by side on the page."""

MOST_LINES: Final = 1200
LONGEST: Final = 300


def together(
    groups: Sequence[Group], course: Mapping[str, Written], names: Mapping[str, Person]
) -> Iterator[Together]:
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
        yield Together(
            per_cent(group.links[0]),
            per_cent(group.links[-1]),
            tuple(names[key] for key in group.keys),
            tuple(beside(pair, course, names) for pair in shown),
            len(group.links) - len(shown),
        )


def per_cent(pair: Pair) -> int:
    """Return how alike a pair is, as it is shown."""
    return round(100 * pair.likeness)


def beside(pair: Pair, course: Mapping[str, Written], names: Mapping[str, Person]) -> Beside:
    """Return a pair side by side.

    Args:
        pair: who.
        course: key → what they wrote.
        names: key → who that is.
    """
    left, right = course[pair.left], course[pair.right]
    found = agreeing(pair, left, right)
    return Beside(
        per_cent(pair),
        len(pair.shared),
        pair.same,
        len(found),
        Side(*names[pair.left], _shown(left, [one.left for one in found])),
        Side(*names[pair.right], _shown(right, [one.right for one in found])),
    )


def agreeing(pair: Pair, left: Written, right: Written) -> list[Passage]:
    """Return the passages that a pair shares: all that agrees, where the texts are the same."""
    begun = {mark for mark, _ in left.fingerprints} if pair.same else pair.shared
    return passages(left, right, begun)


def _shown(written: Written, spans: Sequence[Span]) -> tuple[Line, ...]:
    """Return the lines around the passages, with headings where a file begins or lines are left."""
    of: dict[int, int] = {}
    for number, span in enumerate(spans, start=1):
        for line in range(span.first, span.last + 1):
            of.setdefault(line, number)
    wanted = {
        line
        for span in spans
        for line in range(span.first - AROUND, span.last + AROUND + 1)
        if 0 <= line < len(written.lines)
    }
    return tuple(_lines(written, sorted(wanted)[:MOST_LINES], of))


def _lines(written: Written, wanted: Sequence[int], of: dict[int, int]) -> Iterator[Line]:
    before, place, begun = -1, "", {0}
    for index in wanted:
        line = written.lines[index]
        if line.place != place:
            yield Line(0, visible(line.place))
        elif index > before + 1:
            yield Line(0, f"… {index - before - 1} lines")
        passage = of.get(index, 0)
        text = visible(line.text.expandtabs(4), LONGEST)
        yield Line(line.number, text, passage, passage not in begun)
        before, place = index, line.place
        begun.add(passage)
