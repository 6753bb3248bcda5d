"""Lines of a notebook in a script, as exported ones have them: they do what they do in a notebook.

No command is run and no magic works; what stands below a cell magic, or behind `%time`, is run.
"""

import builtins
import re
import sys
from collections.abc import Callable
from typing import Any

from grader.sandbox.child.written_modules import WrittenModules

MOST_LINES = 500
SHELLS = ("bash", "sh", "script", "system", "sx", "!", "cmd", "python", "python3", "perl", "ruby")
SHOWN = ("html", "HTML", "javascript", "js", "latex", "markdown", "svg", "SVG")
WRITTEN = ("writefile", "file")
AROUND = ("time", "timeit", "capture", "prun")  # run as if they were not there
ASSIGNED = re.compile(r"(\s*[\w.,\[\] ]+=\s*)([!%]).*")
MAGIC = re.compile(r"%{1,2}(\w+)((?:\s+-\w+(?:\s+\d+)?)*)\s*(.*)")
INSTALLS = ("pip ", "pip3 ", "conda ")


class ScriptShell:
    """Stands in for IPython's shell where a script that was exported from a notebook calls it."""

    def __init__(self) -> None:
        self._written = WrittenModules()

    def run_line_magic(self, name: str, line: str = "", *_: object, **__: object) -> Any:
        """Run what stands behind %time; do nothing for any other."""
        if name in AROUND and line:
            self._run(MAGIC.sub(r"\3", f"%{name} {line}"))

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """Run the cell below a magic, but for another language's."""
        if name in WRITTEN:
            self._written.keep(line, cell, name)
        elif name not in (*SHELLS, *SHOWN):
            self._run(cell)

    def magic(self, line: str) -> Any:
        """Do as `run_line_magic`."""
        name, _, rest = line.partition(" ")
        return self.run_line_magic(name, rest)

    def getoutput(self, *_: object, **__: object) -> list[str]:
        """Run no command, and return its empty output."""
        return []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: None

    def _run(self, source: str) -> None:
        module = sys.modules["__main__"]
        path = getattr(module, "__file__", "<cell>")
        exec(compile(source, path, "exec", dont_inherit=True), vars(module))


def install(source: str) -> None:
    """Give a script its `get_ipython`, where it speaks of it."""
    if "get_ipython" in source:
        shell = ScriptShell()
        builtins.get_ipython = lambda: shell  # type: ignore[attr-defined]


def parsed(source: str, parse: Callable[[str], Any]) -> tuple[Any, list[SyntaxError]]:
    """Parse a script, without the lines that only a notebook has; return their errors, too.

    Raises:
        SyntaxError: there is another one in it.
    """
    lines, errors = source.split("\n"), list[SyntaxError]()
    for _ in range(MOST_LINES):
        try:
            return parse("\n".join(lines)), errors
        except SyntaxError as error:
            number = error.lineno or 0
            line = lines[number - 1] if 1 <= number <= len(lines) else ""
            mended = _as_python(line)
            if mended is None:
                raise
            lines[number - 1] = mended
            errors.append(error)
    raise errors[0]


def _as_python(line: str) -> str | None:
    """Return a line of a notebook as a script can have it, None where it is none."""
    text = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    if assigned := ASSIGNED.fullmatch(line):
        return assigned[1] + ("[]" if assigned[2] == "!" else "None")
    magic = MAGIC.fullmatch(text)
    if magic and magic[1] in AROUND and magic[3] and not text.startswith("%%"):
        return indent + magic[3]
    if magic or text.startswith(("!", *INSTALLS)) or text.endswith("?") or text.startswith("?"):
        return indent + "pass"
    return None
