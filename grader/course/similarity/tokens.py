"""Takes a student's text apart into tokens; whatever the text is, and without running any of it."""

import re
from collections.abc import Iterator
from keyword import iskeyword, issoftkeyword
from typing import Final, NamedTuple

MOST: Final = 100_000
"""So many tokens of a student are compared; a submission is a few thousand."""

NAME, NUMBER, TEXT = "n", "0", "s"
"""Stand for any name, any number and any string."""

_PIECE = re.compile(
    r"""
      (?P<text>(?i:[rbuf]{0,2})(?:'''(?s:\\.|.)*?(?:'''|\Z)|\"\"\"(?s:\\.|.)*?(?:\"\"\"|\Z)
        |'(?:\\.|[^'\\\n])*+'?|"(?:\\.|[^"\\\n])*+"?))
    | (?P<skip>\#[^\n]*+|\\\r?\n|[ \t\f\r]++)
    | (?P<line>\n)
    | (?P<number>(?:0[xXoObB][\da-fA-F_]++|(?:\d[\d_]*+)?\.?\d[\d_]*+\.?(?:[eE][+-]?\d++)?)[jJ]?)
    | (?P<name>\w++)
    | (?P<mark>\*\*=?|//=?|>>=?|<<=?|[-+*/%&|^@=<>!:]=|->|.)
    """,
    re.VERBOSE,
)
_MAGIC = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)
_OPENS, _CLOSES = "([{", ")]}"
_DUNDER = re.compile(r"__\w+__")


class Token(NamedTuple):
    """A word of a program, without what a copyist changes first.

    Attributes:
        kind: a keyword, a sign or a method that Python calls by itself as it stands; NAME, NUMBER
            or TEXT for the others.
        line: of the text, from 0.
    """

    kind: str
    line: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, without comments, docstrings, blanks and a notebook's magic.

    What is no Python is taken apart all the same: a quote that is never closed ends with its line.
    """
    text = _MAGIC.sub("", text)
    line, depth, begins = 0, 0, True
    for match in _PIECE.finditer(text):
        group, piece = match.lastgroup, match[0]
        if group == "line":
            begins = begins or depth == 0
        elif group == "text":
            if not (begins and _ends_line(text, match.end())):
                yield Token(TEXT, line)
            begins = False
        elif group != "skip":
            yield Token(_kind(str(group), piece), line)
            depth = max(0, depth + (piece in _OPENS) - (piece in _CLOSES))
            begins = False
        line += piece.count("\n")


def without_texts(text: str) -> str:
    """Return a text without its strings and comments."""
    pieces = (match for match in _PIECE.finditer(text) if match.lastgroup != "text")
    return "".join(" " if match.lastgroup == "skip" else match[0] for match in pieces)


def _kind(group: str, piece: str) -> str:
    if group == "number":
        return NUMBER
    if group == "mark" or iskeyword(piece) or issoftkeyword(piece) or _DUNDER.fullmatch(piece):
        return piece
    return NAME


def _ends_line(text: str, place: int) -> bool:
    """Return whether nothing but blanks follows on the line."""
    rest = text[place : place + 200].partition("\n")[0]
    return not rest.strip() or rest.lstrip().startswith("#")
