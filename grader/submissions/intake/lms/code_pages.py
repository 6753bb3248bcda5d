"""Finds in which code page an archive's names may be written, where the archive does not say."""

import re
import unicodedata
from codecs import lookup
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Final

from grader.errors import Misused
from grader.submissions.script_text import ENCODINGS

PAGES: Final = (
    *("cp437", "cp1252", "cp850", "cp932", "gbk", "big5", "cp949", "cp866", "cp1251", "cp1250"),
    *("cp852", "cp1253", "cp1254", "cp1255", "cp1256", "cp874"),
)
"""What systems write names of files in, by country; the first is what a zip has without a word."""

PLAIN: Final = frozenset(" -_.,'()/\\+&=@#~")
SCRIPTS: Final[Mapping[str, str]] = {
    **{name: name for name in ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI")},
    **{"CJK": "EAST", "HIRAGANA": "EAST", "KATAKANA": "EAST", "HANGUL": "HANGUL"},
}
MOST_SHOWN: Final = 3


class UnknownCodePage(Misused):
    """A code page is none in which names are read."""

    def __init__(self, page: str) -> None:
        super().__init__(
            f"--names-in {page!r} is no code page that names are read in",
            hint=f"one of {', '.join(PAGES)}",
        )


def code_page(page: str) -> str:
    """Return Python's name of a code page, "" for "".

    Raises:
        UnknownCodePage: there is none of that name, or names are not read in it.
    """
    if not page:
        return ""
    try:
        found = lookup(page).name
    except (LookupError, UnicodeError, ValueError) as error:
        raise UnknownCodePage(page) from error
    if found not in ENCODINGS:
        raise UnknownCodePage(page)
    return found


def likely_page(names: Sequence[bytes]) -> str:
    """Return the code page of names of which nothing is said, as far as they tell.

    It is the first one, unless that makes signs of letters. Those of the West come before others
    that have the same letters with other accents.
    """
    if not names or reads_as_names(names, PAGES[0]):
        return PAGES[0]
    fits = possible_pages(names)
    in_latin = all(_is_latin(name.decode(page)) for page in fits for name in names)
    return fits[0] if fits and (len(fits) == 1 or in_latin) else PAGES[0]


def possible_pages(names: Sequence[bytes]) -> list[str]:
    """Return the code pages in which all of some names are names, one for each way to read them."""
    readings: dict[tuple[str, ...], str] = {}
    for page in PAGES:
        if reads_as_names(names, page):
            readings.setdefault(tuple(name.decode(page) for name in names), page)
    return list(readings.values())


def reads_as_names(names: Iterable[bytes], page: str) -> bool:
    """Return whether all of some names are made of letters of one script, in a code page."""
    with suppress(UnicodeDecodeError):
        return all(_is_name(name.decode(page)) for name in names)
    return False


def other_readings(names: Sequence[bytes], page: str) -> str:
    """Return how else than in a code page the first of some names may be read, as a clause.

    It is "" where the others are no names in any other one.
    """
    read_as = names[0].decode(page, "replace")
    every = [one for one in possible_pages(names) if names[0].decode(one) != read_as]
    return ", ".join(f"{names[0].decode(one)!r} in {one}" for one in every[:MOST_SHOWN])


def _is_name(text: str) -> bool:
    """Return whether each word of a text is of one script."""
    if any(letter.isascii() and not letter.isalnum() and letter not in PLAIN for letter in text):
        return False
    return all(map(_is_word, re.split("[^0-9A-Za-z\x80-\U0010ffff]+", text)))


def _is_word(word: str) -> bool:
    scripts = set()
    for letter in word:
        if unicodedata.category(letter) not in ("Lu", "Ll", "Lo", "Mn", "Mc", "Nd"):
            return False
        if not letter.isdigit():
            first = unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
            scripts.add(SCRIPTS.get(first, first))
    return len(scripts) <= 1 and not _is_oddly_written(word)


def _is_latin(text: str) -> bool:
    return all(unicodedata.name(one, "").startswith("LATIN ") for one in text if one.isalpha())


def _is_oddly_written(word: str) -> bool:
    """Return whether a word goes on in capitals after small letters, and beyond ASCII."""
    return any(one.islower() and two.isupper() and not two.isascii() for one, two in pairwise(word))
