"""Winnowing: a few fingerprints of a long text, such that no long passage goes without one.

Source: Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting",
SIGMOD 2003.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final
from zlib import crc32

GRAM: Final = 14
"""A passage of fewer tokens is never a fingerprint: Python has too few ways to say it."""

WINDOW: Final = 6
"""Of so many grams in a row one is kept."""

GUARANTEED: Final = WINDOW + GRAM - 1
"""Of every passage of so many tokens that two texts share, they share a fingerprint."""

_BASE: Final = 1_000_003
_MODULUS: Final = (1 << 61) - 1
_MIX: Final = 0x9E3779B97F4A7C15
_ALL: Final = (1 << 64) - 1


def fingerprints(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return a text's fingerprints and where each begins, in their order.

    Args:
        words: the tokens' kinds.
    """
    return list(_winnowed(list(_grams(words))))


def _grams(words: Sequence[str]) -> Iterator[int]:
    """Yield a hash of each passage of GRAM tokens; the same in every process."""
    codes = [crc32(word.encode("utf-8", "surrogatepass")) + 1 for word in words]
    leading = pow(_BASE, GRAM - 1, _MODULUS)
    rolled = 0
    for place, code in enumerate(codes):
        if place >= GRAM:
            rolled -= codes[place - GRAM] * leading
        rolled = (rolled * _BASE + code) % _MODULUS
        if place >= GRAM - 1:
            yield (rolled * _MIX & _ALL) >> 3  # so that the least is not the one with small codes


def _winnowed(grams: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the least of each window, each once.

    Of equals it is the one that was taken before, while it is there, else the rightmost: a text
    that repeats itself has few fingerprints. ("Robust winnowing", section 3 of the source.)
    """
    window: deque[int] = deque()  # places, their grams not falling
    last = -1
    for place, gram in enumerate(grams):
        while window and grams[window[-1]] > gram:
            window.pop()
        window.append(place)
        if window[0] <= place - WINDOW:
            window.popleft()
        whole = place >= WINDOW - 1 or place == len(grams) - 1
        least = grams[window[0]]
        if whole and not (last > place - WINDOW and last >= 0 and grams[last] == least):
            last = max(other for other in window if grams[other] == least)
            yield least, last
