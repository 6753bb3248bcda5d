"""The words that were written beside a score by us, told from those of people."""

import re
from html import unescape
from typing import Final

SCORE: Final = r": \d[\d.,e+-]* of \d[\d.,e+-]*"
TAG: Final = re.compile(r"<[^<>]*>")


def is_ours(standing: str, comment: str) -> bool:
    """Return whether words that stand beside a score are of an earlier mark of ours.

    They begin with the exercise's title and how many points of how many; a mark of the same
    exercise takes the place of such words, and of no others.

    Args:
        standing: what stands there, as an LMS gives it back.
        comment: what is to stand there.
    """
    title = re.match(rf"(.*?){SCORE}", flat(comment))
    return title is not None and bool(
        re.match(rf"'?{re.escape(title[1])}{SCORE}(;|$)", flat(standing))
    )


def flat(text: str) -> str:
    """Return words as they are compared: without tags, entities, and breaks of lines."""
    return " ".join(unescape(TAG.sub(" ", text)).split())
