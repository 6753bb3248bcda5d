"""Writes where each module lies and what it is for, where a page says `{{ house }}`."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PLACE = "{{ house }}"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page with the tables of all wings; mkdocs calls this."""
    return markdown.replace(PLACE, "\n\n".join(_wings())) if PLACE in markdown else markdown


def _wings() -> Iterator[str]:
    for wing in sorted((ROOT / "grader").iterdir()):
        if (wing / "__init__.py").exists():
            yield f"## {wing.name}\n\n{first_sentence(wing / '__init__.py')}"
            yield _table(wing)


def _table(wing: Path) -> str:
    files = sorted(wing.rglob("*.py"), key=lambda file: (len(file.relative_to(wing).parts), file))
    rows = "\n".join(
        f"| `{file.relative_to(ROOT / 'grader').as_posix()}` | {first_sentence(file)} |"
        for file in files
        if file.name != "__init__.py"
    )
    return f"| module | what it is for |\n|---|---|\n{rows}"


def first_sentence(file: Path) -> str:
    """Return the first line of a module's docstring, safe in a table."""
    about = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return about.partition("\n\n")[0].replace("\n", " ").replace("|", "\\|")
