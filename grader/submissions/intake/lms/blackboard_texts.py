"""Reads the text that Blackboard puts beside each attempt: who handed in, and what was typed."""

import re
from typing import Final, NamedTuple

LARGEST: Final = 256 << 10
FIRST_LINE: Final = re.compile(
    r"[^:：\n]{1,40}[:：]\s*(?P<name>[^\n]*?)\s*\((?P<user>[^()\n]*)\)\s*"
)
TYPED: Final = re.compile(
    r"^Submission Field:[ \t]*\n(?P<text>.*?)(?=^Comments:[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
NOTHING_TYPED: Final = "There is no student submission text data"


class AttemptText(NamedTuple):
    """The text beside an attempt.

    Attributes:
        name: the student's, "" where the text says none of this account.
        typed: what was typed in place of a file, "" where nothing was.
    """

    name: str = ""
    typed: str = ""


def attempt_text(content: bytes, user: str) -> AttemptText:
    """Return the text beside an attempt of an account.

    The first line says whose it is, in any language: `Name: Alice Ant (ant)`.
    """
    text = content[:LARGEST].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    first = FIRST_LINE.fullmatch(text.partition("\n")[0])
    name = first["name"] if first and first["user"].casefold() == user.casefold() else ""
    field = TYPED.search(text)
    typed = field["text"].strip("\n") if field else ""
    return AttemptText(name, "" if typed.lstrip().startswith(NOTHING_TYPED) else typed)
