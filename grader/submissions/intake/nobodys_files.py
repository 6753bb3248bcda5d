"""Tells files that lie beside the submissions of a course, and are nobody's."""

import re
from typing import Final

NAMES: Final = frozenset(
    {
        *("desktop.ini", "thumbs.db", "icon\r", "license", "licence", "makefile", "dockerfile"),
        *("requirements.txt", "constraints.txt", "setup.py", "setup.cfg", "conftest.py"),
        *("index.html", "environment.yml", "codeowners", "notes.txt", "grades.txt"),
    }
)
README: Final = re.compile(r"(?:read[ _-]?me|lies[ _-]?mich|instructions?|changelog)(?:\.\w+)?")
ENDINGS: Final = (
    *(".ini", ".db", ".toml", ".cfg", ".yml", ".yaml", ".md", ".rst", ".lock", ".log"),
    *(".csv", ".tsv", ".xlsx", ".xls", ".ods", ".lnk", ".url", ".tmp", ".part", ".crdownload"),
)
"""Of files that no student hands in as the whole of their work; a text or a document may be one."""

FOLDERS: Final = frozenset(
    {"venv", "env", "node_modules", "site-packages", "dist-packages", "tests", "__pycache__"}
)


def is_nobodys(name: str) -> bool:
    """Return whether what lies at the top of a course is no student's.

    Args:
        name: of a file, or of a folder with a slash at its end.
    """
    small = name.rstrip("/").casefold()
    if small.startswith((".", "~$")):
        return True
    if name.endswith("/"):
        return small in FOLDERS
    return small in NAMES or small.endswith(ENDINGS) or README.fullmatch(small) is not None
