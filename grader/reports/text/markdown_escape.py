"""Writes text into Markdown so that it stays text: no tag, no link, no mention, no emphasis.

GitHub makes links of addresses, mentions of `@name`, references of `#1` and of commits, formulas of
`$x$` and pictures of `:name:`, escaped or not. It does so nowhere in code: a word that could come
alive is written as code, which reads well besides, for most such words are names in a program.
"""

import re
from collections.abc import Iterator
from itertools import groupby

MOST_BACKTICKS = 20  # in a row; where there are more than 80, GitHub sees no code
_MANY = re.compile(f"`{{{MOST_BACKTICKS + 1},}}")
_QUOTED = re.compile(r"`([^`]+)`")
_LIVE = re.compile(
    r"[@#$*_`~\\]|//|www\.|\w:\w|:[\w+-]+:|GH-\d"
    r"|(?<![0-9a-f])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7}",
    re.I,
)
_AROUND = re.compile(r"([(\"'“]*)(.*?)([)\"'”,.;:!?…]*)")
_BEGINS_A_BLOCK = re.compile(r"[-+=:]+|\d{1,9}[.)]")
_MARKUP = re.compile(r"[\[<]|&(?=[#\w])|^>|\|")


def prose(text: str) -> str:
    """Return a text of one line as Markdown that shows it; what stands in backticks is code.

    Args:
        text: visible already; see `grader.engines.text`.
    """
    return "".join(_joined(text, in_table=False))


def cell(text: str) -> str:
    """Return a text of one line as the Markdown of a table's cell."""
    return "".join(_joined(text, in_table=True))


def code(text: str, *, in_table: bool = False) -> str:
    """Return a text of one line as code; of very many backticks in a row, only some are left.

    Args:
        text: visible already.
        in_table: a bar ends a table's cell even in code, unless a backslash stands before it; where
            the text has backslashes of its own, renderers disagree, and the bar is a broken one.
    """
    if not text:
        return ""
    text = _MANY.sub(f"{'`' * MOST_BACKTICKS}…", text)
    if in_table:
        text = text.replace("|", "¦" if "\\" in text else "\\|")
    fence = "`" * (_longest_run(text) + 1)
    bare = text.strip(" `") == text
    return f"{fence}{text}{fence}" if bare else f"{fence} {text} {fence}"


def block(text: str, language: str = "") -> str:
    """Return lines of code as a fenced block, with a fence that they do not contain."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _joined(text: str, *, in_table: bool) -> Iterator[str]:
    """Yield the parts of a text; code that follows code is one with it."""
    filled = (part for part in _parts(text.strip()) if part[1])
    for is_code, parts in groupby(filled, key=lambda part: part[0]):
        whole = "".join(part for _, part in parts)
        if is_code:
            yield code(whole, in_table=in_table)
        else:
            yield _MARKUP.sub(_escaped, whole)


def _escaped(sign: re.Match[str]) -> str:
    return "&#124;" if sign.group() == "|" else f"\\{sign.group()}"


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text, each with whether it is code."""
    for at, part in enumerate(_QUOTED.split(text)):
        if at % 2:
            yield True, part
        else:
            for number, word in enumerate(re.split(r"( +)", part)):
                yield from _of_word(word, first=at == number == 0)


def _of_word(word: str, *, first: bool) -> Iterator[tuple[bool, str]]:
    if first and _BEGINS_A_BLOCK.fullmatch(word):
        yield True, word
    elif _LIVE.search(word):
        match = _AROUND.fullmatch(word)
        before, inside, after = match.groups() if match else ("", word, "")
        yield from ((False, before), (True, inside), (False, after))
    else:
        yield False, word
