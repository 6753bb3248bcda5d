"""Compares names and ids, and tells when two names are plainly not one person's."""

import re
import unicodedata
from typing import Final

TELLING: Final = 3
"""So many letters that two names share are no chance."""


def names(text: str, *more: str) -> set[str]:
    """Return a name as it is compared: "Ant, Alice", "Alice Ant" and "antalice" share one."""
    last, comma, first = text.partition(",")
    spelled = {text, *more} | ({f"{first} {last}"} if comma else set())
    return {bare(one) for one in spelled} - {""}


def texts(*ids: str) -> set[str]:
    """Return ids as they are compared: without case, blanks around them, or the empty one."""
    return {one.strip().casefold() for one in ids} - {""}


def bare(name: str) -> str:
    """Return letters and digits alone, without case, however accents are written."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name).casefold())


def are_strangers(one: str, other: str, *, digits: bool = False) -> bool:
    """Return whether two names have no word in common, however accents are written.

    Canvas writes a name as one word, "antalice": it has "Ant" and "Alice" in common with others.
    What holds no letter, a digit or an "@" is no name, and no stranger to any.

    Args:
        one: a name.
        other: another one.
        digits: whether what holds a digit is a name all the same, a group's say.
    """
    mine, theirs = _words(one, digits), _words(other, digits)
    if not mine or not theirs or mine & theirs:
        return False
    return not (_are_in(theirs, mine) or _are_in(mine, theirs))


def _words(name: str, digits: bool) -> frozenset[str]:
    """Return the words of a name, initials left out; none where it is no name."""
    if "@" in name or (not digits and any(letter.isdigit() for letter in name)):
        return frozenset()
    spread = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", plain.replace("'", "").replace("’", ""))
    return frozenset(word for word in words if len(word) > 1 or not word.isascii())


def _are_in(words: frozenset[str], glued: frozenset[str]) -> bool:
    """Return whether words make up a telling piece of a name that is one word."""
    if len(glued) != 1:
        return False
    (whole,) = glued
    shared = sum(len(word) * whole.count(word) for word in words)
    return shared >= min(TELLING, len(whole) / 2)
