"""Says what a file is that is called a notebook and cannot be read as one."""

import json
import re

from grader.engines.text import clean

MERGE_MARKS = re.compile(rb"^(<{7}|={7}|>{7})( |\r?$)", re.MULTILINE)
AGAIN = "open it in Jupyter, save it, and grade again"
KINDS = (
    (b"%PDF", "is a PDF file", "hand in the notebook itself: in Jupyter, File, Download"),
    (b"PK\x03\x04", "is a zip archive", "unpack it, and hand in the notebook that is in it"),
    (b"\x1f\x8b", "is a compressed file", "unpack it, and hand in the notebook that is in it"),
    (b"\x89PNG", "is a picture", "hand in the notebook itself"),
    (b"version https://git-lfs", "is a pointer of Git LFS", "fetch the file: git lfs pull"),
)
PAGE = re.compile(rb"\s*(<!doctype html|<html|<head|<\?xml)", re.IGNORECASE)
SCRIPT = re.compile(rb"^(import|from|class|def|#|print\()", re.MULTILINE)
LONGEST = 120


def reason_and_hint(content: bytes, error: Exception) -> tuple[str, str]:
    """Return what a file is, behind its name, and what to do.

    Args:
        content: of the file.
        error: what reading it as a notebook has raised.
    """
    for start, kind, hint in KINDS:
        if content.startswith(start):
            return f"{kind} under a notebook's name", hint
    if PAGE.match(content):
        return (
            "is a web page that was saved under a notebook's name",
            "download the notebook itself: on GitHub the button Raw, in Jupyter File, Download",
        )
    if marks := MERGE_MARKS.search(content):
        line = content.count(b"\n", 0, marks.start()) + 1
        return (
            f"holds the marks of a merge that is not done, the first on line {line}",
            "resolve the conflict (git mergetool), or take one side: git checkout --ours FILE",
        )
    return _by_its_text(content, error)


def _by_its_text(content: bytes, error: Exception) -> tuple[str, str]:
    text = content.decode("utf-8-sig", "replace").strip()
    if text[:1] not in ("{", "[") and SCRIPT.search(content):
        return "is a script under a notebook's name", "rename it to end in .py"
    try:
        held = json.loads(text)
    except ValueError as broken:
        ended = getattr(broken, "pos", 0) >= len(text) - 1
        if text[:1] == "{" and (ended or str(broken).startswith("Unterminated string")):
            return "is a notebook that breaks off before its end", "download or save it again"
        held = None
    except RecursionError:
        held = None
    if isinstance(held, (dict, list)) and not (isinstance(held, dict) and "cells" in held):
        return "is JSON, and no notebook: it has no cells", AGAIN
    reason = clean(str(error), LONGEST).strip().removesuffix(".") or type(error).__name__
    return f"is not a notebook that Jupyter can read: {reason}", AGAIN
