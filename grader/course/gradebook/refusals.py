"""Refuses an assignment in which points mean nothing: that counts none, or is graded otherwise."""

from collections.abc import Iterable

from grader.errors import Misused

MOST_WORDS = 3


class NoPoints(Misused):
    """An assignment of an LMS counts no points, so that no score can be a share of them."""

    def __init__(self, assignment: str, points: float = 0.0) -> None:
        why = "whatever is written there counts nothing, and a share of it is 0"
        super().__init__(
            f"the LMS counts {points:g} points for {assignment}: "
            f"{'no score is a share of that' if points else why}",
            hint="give the assignment its points in the LMS, then export anew",
        )


class GradedOtherwise(Misused):
    """An assignment of an LMS is graded in words, on a scale say, and not in points."""

    def __init__(self, assignment: str, how: str, words: Iterable[str] = ()) -> None:
        shown = ", ".join(map(repr, sorted(set(words))[:MOST_WORDS]))
        super().__init__(
            f"{assignment} is graded {how}{f' ({shown})' if shown else ''}, and points are no such "
            "grades",
            hint="have the LMS grade it in points, then export anew; or enter the grades by hand",
        )


class OtherPoints(Misused):
    """An assignment counts other points than the exercise, and nobody says what that means."""

    def __init__(self, possible: float, ours: float) -> None:
        super().__init__(
            f"the LMS counts {possible:g} points, we {ours:g}",
            hint="--scale makes them the same share of its points, --no-scale leaves them as they "
            "are",
        )


class Unpushable(Misused):
    """An assignment of an LMS takes no marks over its REST API, or not whole."""

    def __init__(self, assignment: str, why: str, hint: str) -> None:
        super().__init__(f"{assignment} {why}", hint=hint)
