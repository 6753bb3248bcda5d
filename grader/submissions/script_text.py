"""Decodes a script: from the encodings that people save scripts in, and from no other.

Python has a hundred of them. Some take time that grows with the square of the text (punycode, a
minute for a megabyte), and in some a line means what nobody sees in it (UTF-7, the escapes, those
that switch between alphabets). All that are taken here read each byte once, and have the letters
of ASCII where ASCII has them, so that what a person reads is what is run.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from typing import Final

UNICODE: Final = ("utf-8", "utf-8-sig", "ascii")
WESTERN: Final = (
    *(f"iso8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
    *(f"cp{page}" for page in (437, 850, 852, 858, 866, 874, *range(1250, 1259))),
    *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "mac-greek", "mac-latin2", "tis-620"),
)
EASTERN: Final = (
    *("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp950"),
    *("shift_jis", "cp932", "euc_jp", "euc_kr", "cp949"),
)
ENCODINGS: Final = frozenset((*UNICODE, *WESTERN, *EASTERN))
"""What editors write, of any system and country, and what old scripts therefore declare."""

COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
LONGEST_NAME: Final = 40
NO_LINE: Final = "save it as UTF-8 and take the coding line out"


class NotAScript(Exception):
    """A file is no text that Python reads: what it is, behind its name, and what to do."""

    def __init__(self, kind: str, cure: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.cure = cure


def text_of(content: bytes) -> str:
    """Return the text of a script, each line with one sign at its end.

    Raises:
        NotAScript: it is none.
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise NotAScript("is saved as UTF-16, which Python does not read", "save it as UTF-8")
    if b"\0" in content:
        raise NotAScript("is not a Python script: it holds binary data", "hand in the source file")
    if content.lstrip()[:1] == b"{" and b'"nbformat"' in content:
        raise NotAScript("is a notebook under a script's name", "rename it to end in .ipynb")
    return _decoded(content, _encoding(content))


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(_codec(encoding)).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        decoded = error.object  # not the content: that may begin with a mark
        line = decoded.count(b"\n", 0, error.start) + 1
        byte = decoded[error.start]
        known_as = encoding.upper().removesuffix("-SIG")
        raise NotAScript(
            f"is not {known_as}: byte {byte:#04x} on line {line}",
            "save it as UTF-8, or name its encoding on the first line: # coding: latin-1",
        ) from error


def _codec(encoding: str) -> str:
    """Return Python's name of an encoding that is taken."""
    try:
        found = lookup(encoding)
    except (LookupError, UnicodeError) as error:
        says = f"says it is in {encoding!r}, an encoding that does not exist"
        raise NotAScript(says, NO_LINE) from error
    if found.name not in ENCODINGS:
        raise NotAScript(f"says it is in {encoding!r}, in which no script is taken", NO_LINE)
    return found.name


def _encoding(content: bytes) -> str:
    """Return a script's encoding as Python finds it: a mark, a coding line, or UTF-8."""
    if content.startswith(BOM_UTF8):
        return "utf-8-sig"
    for line in content.split(b"\n", 2)[:2]:
        cookie = COOKIE.match(line)
        if cookie:
            return cookie.group(1)[:LONGEST_NAME].decode("ascii", "replace")
        if line.strip() and not line.lstrip().startswith(b"#"):
            break
    return "utf-8"
