"""The page shows passages with the lines around them, and every group's most alike pair."""

from grader.course.pages.similarity_page import MarkedLine, NamedStudent
from grader.course.similarity import page_content
from grader.course.similarity.clusters import Cluster
from grader.course.similarity.page_content import AROUND, clusters_on_page, side_by_side
from grader.course.similarity.similarity import SimilarPair
from tests.course.similarity.sample import of

BODY = "\n".join(
    f"    total{n} = self.rate * (self.weights[{n}] - other.data) / {n}" for n in range(6)
)
FILLERS = {"ant": "x = [{}]\n", "bee": "f({})\n", "cat": "del x[{}], y\n"}
COURSE = {
    key: of(key, "".join(filler.format(n) for n in range(9)) + BODY + "\n")
    for key, filler in FILLERS.items()
}
LAST = "\n".join(f"    while self.left{n}.right is not None: yield {n}" for n in range(6))
MARKS: frozenset[int] = frozenset()
NAMES = {key: NamedStudent(key.title(), f"reports/{key}.html") for key in COURSE}


def pair(left: str, right: str, likeness: float = 0.9) -> SimilarPair:
    marks = ({mark for mark, _ in COURSE[key].fingerprints} for key in (left, right))
    return SimilarPair(left, right, likeness, frozenset.intersection(*map(frozenset, marks)))


def test_a_passage_is_shown_with_the_lines_around_it_and_begins_once() -> None:
    shown = side_by_side(pair("ant", "bee", 0.906), COURSE, NAMES)

    assert (shown.likeness, shown.passages, shown.left.name) == (91, 1, "Ant")
    heading, *lines = shown.left.lines
    assert heading == MarkedLine(0, "value.py")
    passage = [line.number for line in lines if line.passage == 1]
    assert passage[-1] == 15
    assert [line.number for line in lines if line.begins] == passage[:1]


def test_lines_that_are_left_out_between_two_passages_are_counted() -> None:
    apart = {
        key: of(key, f"{BODY}\n" + "".join(filler.format(n) for n in range(30)) + LAST)
        for key, filler in FILLERS.items()
    }

    shown = side_by_side(SimilarPair("ant", "bee", 0.9, MARKS, same=True), apart, NAMES)

    assert shown.passages == 2
    headings = [line.text for line in shown.left.lines if not line.number]
    first, last = (
        [line.number for line in shown.left.lines if line.passage == number] for number in (1, 2)
    )
    between = last[0] - first[-1] - 1 - 2 * AROUND
    assert headings == ["value.py", f"… {between} lines"]


def test_every_group_shows_its_most_alike_pair_and_the_first_ones_more() -> None:
    links = (pair("ant", "bee"), pair("bee", "cat", 0.7))
    groups = [Cluster(("ant", "bee", "cat"), links)] * (page_content.MOST_PAIRS - 1)

    first, *others = clusters_on_page(groups, COURSE, NAMES)

    assert (first.most, first.least, len(first.pairs), first.others) == (90, 70, 2, 0)
    assert {(len(one.pairs), one.others) for one in others} == {(1, 1)}
