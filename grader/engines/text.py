"""Makes text safe to show: what would act on a screen becomes an escape, what has no end is cut.

Runs in the student's process too, and keeps its own references to what it needs.
"""

from itertools import accumulate

LONGEST_TEXT = 200

LONGEST_LINE = 1000
LONGEST_PROGRAM = 8000
LEFT_OUT = "… ({} characters left out)"
_len, _sum, _max, _text_of = len, sum, max, str.__str__
_SPACES = "\t\n"
_UNSEEN = frozenset(  # printable to Python, and nothing on a screen: fillers, joiners, selectors
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE0E), *range(0xE0100, 0xE01F0))))
)


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return `text` on one line, at most `longest` characters, control characters replaced."""
    whole = _text_of(text)
    cut = "".join(c if c.isprintable() else " " for c in whole[:longest])
    return cut + ("…" if _len(whole) > longest else "")


def visible(text: str, longest: int = LONGEST_LINE, *, lines: bool = False) -> str:
    """Return `text` as it can be shown anywhere: again the same if it is made visible twice.

    Letters of every script, combining marks and emoji stay as they are. Control characters, those
    that turn the direction of writing, invisible ones and halves of characters become escapes as
    Python writes them.

    Args:
        text: whatever somebody made.
        longest: how many characters the result has at most; what is cut off is counted in it.
        lines: whether ends of lines stay; otherwise they become spaces.
    """
    whole, keep = _text_of(text), "\n" if lines else ""
    part = whole[: longest + 1]
    shown = escaped(part, keep)
    if _len(shown) <= longest:
        return shown
    room = longest - _len(LEFT_OUT.format(_len(whole)))
    if _len(shown) > _len(part):
        sizes = accumulate(_len(escaped(character, keep)) for character in whole[:longest])
        kept = _sum(size <= room for size in sizes)
    else:  # none of them has grown
        kept = _max(room, 0)
    return escaped(whole[:kept], keep) + LEFT_OUT.format(_len(whole) - kept)


def escaped(text: str, keep: str = "") -> str:
    """Return `text` with every character that could act as an escape, and on one line.

    Args:
        text: of any length, which can grow tenfold.
        keep: a character that stays.
    """
    if keep and keep in text:
        return keep.join([escaped(part) for part in text.split(keep)])
    if text.isprintable() and (text.isascii() or _UNSEEN.isdisjoint(text)):
        return text
    return "".join([_seen(character) for character in text])


def _seen(character: str) -> str:
    if character in _SPACES:
        return " "
    if character.isprintable() and character not in _UNSEEN:
        return character
    return character.encode("unicode_escape").decode("ascii")
