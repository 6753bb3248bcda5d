"""A notebook to begin in: the task, then the starter in parts, in cells that can be found again.

Written as plain JSON (nbformat 4.5): four keys a cell need no package.
"""

import json
import re
from typing import Any, NamedTuple

from grader.submissions.submission import TAG

PART = re.compile(r"^# %%[ \t]*(?P<title>[^\n]*)\n?", re.MULTILINE)


class StarterPart(NamedTuple):
    """A part of a starter: the name it is found by, and its source."""

    name: str
    source: str


def parts(starter: str) -> list[StarterPart]:
    """Return the parts of a starter, which begin at lines `# %%`; all of it where there is none.

    What stands behind `# %%` names the part; one without a name is called by its number, from 1.
    """
    first, *pieces = PART.split(starter)
    named = [("", first), *zip(pieces[::2], pieces[1::2], strict=True)]
    sources = [(title.strip(), source.strip("\n")) for title, source in named if source.strip()]
    return [
        StarterPart(title or str(at), source) for at, (title, source) in enumerate(sources, start=1)
    ]


def notebook(exercise: str, task: str, starter: str) -> str:
    """Return the text of a notebook in which an exercise can be begun.

    Args:
        exercise: its full name, which every code cell carries as a tag.
        task: Markdown.
        starter: Python, in parts.
    """
    cells: list[dict[str, Any]] = [_cell("markdown", "task", task, {})]
    for number, part in enumerate(parts(starter), start=1):
        mark = {"grade": {"exercise": exercise, "part": part.name}, "tags": [TAG + exercise]}
        code = _cell("code", f"part-{number}", part.source, mark)
        cells.append(code | {"execution_count": None, "outputs": []})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    document = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _cell(kind: str, id_: str, text: str, metadata: dict[str, Any]) -> dict[str, Any]:
    source = text.strip("\n").splitlines(keepends=True)
    return {"cell_type": kind, "id": id_, "metadata": metadata, "source": source}
