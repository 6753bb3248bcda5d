"""Lines of code as a page shows them: without the indentation that all of them have."""

import textwrap
from collections.abc import Sequence

SIGNS = 2  # characters before each line of an edit: "- " or "+ "


def dedented(lines: Sequence[str]) -> list[str]:
    """Return lines without what all of them begin with: a narrow page has no room for it."""
    return textwrap.dedent("\n".join(line.rstrip() for line in lines)).split("\n")


def dedented_edit(edit: str) -> str:
    """Return an edit, a line a change, in which the code begins right behind the signs."""
    lines = edit.split("\n")
    bare = dedented([line[SIGNS:] for line in lines])
    return "\n".join((line[:SIGNS] + code).rstrip() for line, code in zip(lines, bare, strict=True))
