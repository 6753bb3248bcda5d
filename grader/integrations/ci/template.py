"""Fills in what is written for a place: a template of ours, and words of the instructor's."""

import re
from importlib.resources import files
from shlex import quote

from grader.errors import Misused
from grader.integrations.ci.place import CiBundle

LINE = "grade ci"
WORD = re.compile(r"[\w./-]+")
REQUIREMENT = re.compile(r"[^\s'\"$`\\]+( @ [^\s'\"$`\\]+)?")


class NoWord(Misused):
    """Something that is to be written into a script could be more than a word there."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} cannot be written into a script",
            hint="use letters, digits, dots, dashes and slashes",
        )


def fill_in(template: str, contents: CiBundle) -> bytes:
    """Return a template with what is wanted in it.

    Args:
        template: the name of a file in `bundles`.
        contents: what to write.

    Raises:
        NoWord: an exercise, a version or a requirement is no plain word.
    """
    for word in (
        *contents.exercises,
        contents.python,
        contents.fail_under.removesuffix("%") or "0",
    ):
        if not WORD.fullmatch(word):
            raise NoWord(word)
    if not REQUIREMENT.fullmatch(contents.install):
        raise NoWord(contents.install)
    text = (files("grader.integrations.ci") / "bundles" / template).read_text(encoding="utf-8")
    for name, value in _values(contents).items():
        text = text.replace(f"@{name}@", value)
    return text.encode()


def _values(contents: CiBundle) -> dict[str, str]:
    words = [*LINE.split(), *contents.exercises]
    words += ["--fail-under", contents.fail_under] if contents.fail_under else []
    return {
        "COMMAND": " ".join(map(quote, words)),
        "WORDS": repr(words[1:]),
        "INSTALL": contents.install,
        "PYTHON": contents.python,
    }
