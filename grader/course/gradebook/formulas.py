"""Keeps a spreadsheet from taking somebody's text for a formula."""

import re
from typing import Final

BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Full-width signs are the same to a spreadsheet that is set to an Asian language."""

WITHIN: Final = re.compile(r"(?<=[;\t|\r\n])(?=[=+\-@＝＋－＠])")
"""Where a cell would begin in a country in which another sign separates them."""


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; a plain number stays one."""
    begins = text.startswith(BEGINNINGS) and not _is_number(text)
    rest = text[:1] + WITHIN.sub("'", text[1:])
    return f"'{rest}" if begins else rest


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text == text.strip() and text[1:2].isdigit()
