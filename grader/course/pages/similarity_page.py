"""The page of submissions that are alike: groups, and their pairs side by side."""

from typing import NamedTuple

from grader.course.pages import HERE
from grader.reports.page.html import page


class MarkedLine(NamedTuple):
    """A line of a student's.

    Attributes:
        number: in its file or cell; 0 for a heading.
        text: as it can be shown.
        passage: which passage of the pair it is of, from 1; 0 for none.
        begins: whether that passage begins here.
    """

    number: int
    text: str
    passage: int = 0
    begins: bool = False


class PairSide(NamedTuple):
    """One of a pair.

    Attributes:
        name: the student's.
        page: theirs, "" where there is none.
        lines: what they wrote, with headings, shortened where nothing agrees.
    """

    name: str
    page: str
    lines: tuple[MarkedLine, ...]


class PairSideBySide(NamedTuple):
    """A pair side by side.

    Attributes:
        likeness: in per cent.
        shared: how many fingerprints both have that few others have.
        same: whether the two texts are the same but for blanks.
        passages: how many passages agree.
        left: one.
        right: the other.
    """

    likeness: int
    shared: int
    same: bool
    passages: int
    left: PairSide
    right: PairSide


class NamedStudent(NamedTuple):
    """Somebody who is named.

    Attributes:
        name: the student's.
        page: theirs, "" where there is none.
    """

    name: str
    page: str


class ClusterOnPage(NamedTuple):
    """A group, most often a pair.

    Attributes:
        most: how alike the most alike of them are, in per cent.
        least: how alike those are that hold the group together least, in per cent.
        people: who.
        pairs: those that hold the group together, the most alike first.
        others: how many more of these there are, and are not shown.
    """

    most: int
    least: int
    people: tuple[NamedStudent, ...]
    pairs: tuple[PairSideBySide, ...]
    others: int = 0


class CrowdOnPage(NamedTuple):
    """More than a few who have the same.

    Attributes:
        people: who.
        same: whether their texts are the same but for blanks.
    """

    people: tuple[NamedStudent, ...]
    same: bool


class IdenticalOnPage(NamedTuple):
    """A file that several have.

    Attributes:
        people: who.
        worth: "right", "wrong", or both where it is not the same for all.
    """

    people: tuple[NamedStudent, ...]
    worth: str


class SimilarPage(NamedTuple):
    """The content of the page.

    Attributes:
        title: the exercises.
        submissions: how many were compared.
        crowd: how many may share a passage before it is everybody's.
        guaranteed: how many tokens in a row are never missed.
        least: a pair that shares fewer fingerprints is not shown.
        together: how alike somebody is with one of a group who belongs to it, in per cent.
        groups: the most alike first.
        others: how many more groups there are, and are not shown.
        unread: what could not be read.
        crowds: those who have the same in everything, and are too many for a group.
        identical: the files that several have.
    """

    title: str
    submissions: int
    crowd: int
    guaranteed: int
    least: int
    together: int
    groups: tuple[ClusterOnPage, ...]
    others: int
    unread: tuple[str, ...] = ()
    crowds: tuple[CrowdOnPage, ...] = ()
    identical: tuple[IdenticalOnPage, ...] = ()


def render(similar: SimilarPage) -> str:
    """Return the page as HTML; everything that a student wrote is escaped."""
    title = f"{similar.title}: submissions that are alike"
    return page(title, "similar.html.jinja", package=HERE, similar=similar)
