"""Tells by its name what a file is: a script, a notebook, or nothing that anybody hands in.

Systems change endings: Windows writes `VALUE.PY` and hides the second of `value.py.txt`, a browser
saves a notebook as `ex9.ipynb.json`, a shell numbers what it downloads twice.
"""

import re
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["script", "notebook", ""]

ENDING: Final = re.compile(
    r"\.(py|ipynb)(?:\.(?:txt|text|json|download)|\.?\d{1,3}| ?\(\d{1,3}\))?[ .]*\Z", re.IGNORECASE
)
"""The ending that says what it is, and what may have been put behind it."""

TEST: Final = re.compile(r"(?:tests?|test_.*|.*_tests?)", re.IGNORECASE)
NO_SUBMISSIONS: Final = frozenset({"setup", "conftest", "__init__", "__main__", "noxfile"})
ASIDE_FOLDERS: Final = frozenset(
    {
        *("__pycache__", "__macosx", "node_modules", "site-packages", "dist-packages"),
        *("venv", "env", "virtualenv", "ipynb_checkpoints", "build", "dist", "test", "tests"),
    }
)
"""Folders in which no submission lies, in small letters; hidden ones are none of them."""


def kind_of(name: str) -> Kind:
    """Return what a file of this name is; "" where it is neither a script nor a notebook."""
    ending = ENDING.search(name)
    if ending is None:
        return ""
    return "notebook" if ending[1].lower() == "ipynb" else "script"


def may_be_either(name: str) -> bool:
    """Return whether a name has both endings, so that only the content tells what it is."""
    return re.search(r"\.py\b.*\.ipynb\b|\.ipynb\b.*\.py\b", name, re.IGNORECASE) is not None


def stem_of(name: str) -> str:
    """Return a file's name without the endings of scripts and notebooks, however many there are."""
    while ending := ENDING.search(name):
        name = name[: ending.start()]
    return name


def is_hidden(name: str) -> bool:
    """Return whether systems hide a name: macOS writes `._value.py` beside `value.py`."""
    return name.startswith((".", "~$"))


def is_folder_aside(name: str) -> bool:
    """Return whether a folder of this name holds no submission."""
    small = name.lower()
    return is_hidden(name) or small in ASIDE_FOLDERS or small.endswith((".egg-info", ".dist-info"))


def is_aside(name: str) -> bool:
    """Return whether a script or a notebook is not graded: a test, or part of a package."""
    stem = stem_of(name)
    return is_hidden(name) or stem.lower() in NO_SUBMISSIONS or TEST.fullmatch(stem) is not None


def may_be_a_trial(name: str) -> bool:
    """Return whether a name like a test's may be that of a trial: pytest's begin with "test_"."""
    stem = stem_of(name).lower()
    return TEST.fullmatch(stem) is not None and not stem.startswith("test_")
