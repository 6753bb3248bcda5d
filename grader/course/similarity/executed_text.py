"""Tells an engine that is a text, which is executed: there is nothing of it to be compared.

In a string, or packed with zlib, the same engine is another text for each student; whose is whose
can only be seen by reading it.
"""

import re
from typing import Final

from grader.course.similarity.tokens import without_texts

SAYS: Final = "its engine is a text that is executed, which a person has to look at"

EXECUTES: Final = re.compile(r"(?<![\w.])(?:exec|eval|compile|__import__)\s*\(|\bbuiltins\b")
UNPACKS: Final = re.compile(
    r"\b(?:zlib|lzma|bz2|gzip|base64|binascii|marshal|codecs)\b|\b(?:decompress|fromhex|b64decode)\b"
)
ENGINE: Final = re.compile(r"\bclass\s+(?:Value|Scalar|Tensor)\b|\bdef\s+backward\b")


def executes_its_engine(text: str) -> bool:
    """Return whether the engine in a text is one that the text executes.

    It is where a text is executed and no engine stands there plainly, or one that was packed. A
    file of their own that is executed, `exec(open("value.py").read())`, stands in the text.
    """
    if EXECUTES.search(text) is None:
        return False
    code = without_texts(text)
    if EXECUTES.search(code) is None:
        return False
    return ENGINE.search(code) is None or UNPACKS.search(code) is not None
