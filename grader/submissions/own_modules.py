"""Finds in a file's text, which is not run, which other files of its folder it imports.

A file may be a script or a notebook, and need not be right: a line that looks like an import is
taken for one, where there is such a file.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from grader.submissions.kinds import kind_of, stem_of

FROM: Final = re.compile(
    r"^[ \t]*+from[ \t]++(\.*+)([\w.]*+)[ \t]++import[ \t]++(\([^)]{0,2000}\)|[^\n#;]*)",
    re.MULTILINE,
)
"""No part of it is tried twice, so that a line of a million blanks is read in one pass."""

IMPORT: Final = re.compile(r"(?:^|;)[ \t]*+import[ \t]+([\w., \t]+)", re.MULTILINE)
NAMED_FILE: Final = re.compile(
    r"""(?:["']|^[ \t]*%(?:run|load)[ \t]+(?:-\w+[ \t]+)*|^%%(?:writefile|file)[ \t]+)"""
    r"""(?:-a[ \t]+)?["']?(?:\./)?([\w ./()-]{1,200}\.(?:py|ipynb))\b""",
    re.MULTILINE,
)
"""A file that is run, read or written by name: `exec(open("value.py").read())`, `%run value.py`."""

MOST: Final = 500  # imports of one file that are looked at


class ImportedModule(NamedTuple):
    """A module that a text imports, and how many folders above its own it is; 0 for anywhere."""

    above: int
    name: str


class TextImports(NamedTuple):
    """What a text imports, the files that it calls by their names, the folders that it adds.

    These are put on the path of modules; see `added_folders`.
    """

    modules: tuple[ImportedModule, ...] = ()
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def imports_in(name: str, content: bytes) -> TextImports:
    """Return what a file imports.

    Args:
        name: the file's, relative to the folder that was handed in, with slashes.
        content: its bytes.
    """
    text = _code(name, content)
    files = (match[1] for match in NAMED_FILE.finditer(text))
    modules = tuple(islice(_modules(text), MOST))
    return TextImports(modules, tuple(islice(files, MOST)), _folders(name, text))


def _folders(name: str, text: str) -> tuple[str, ...]:
    if "path" not in text and "addsitedir" not in text:
        return ()
    from grader.submissions.added_folders import added_folders  # `ast`, 5 ms; seldom needed

    return added_folders(name, text)


def used_files(
    imports: TextImports, home: str, places: Sequence[str], names: Collection[str]
) -> set[str]:
    """Return the files of a folder that a text imports, or calls by their names.

    Args:
        imports: see `imports_in`.
        home: the folder in which the text stands, relative; "" at the top.
        places: the folders in which modules are found, the first the one in which the script stands
            that was started.
        names: of all files, relative, with slashes.
    """
    used = {_below(places[0], file) for file in imports.files} & set(names)
    known = {_as_imported(name): name for name in sorted(names, reverse=True)}
    for above, module in imports.modules:
        folders = [_above(home, above - 1)] if above else places
        for folder in folders:  # of two with such a module, an order that is not known decides
            if folder is not None:
                used |= {known[path] for path in _files_of(folder, module) if path in known}
    return used


def _as_imported(name: str) -> str:
    """Return the name of a file as an import has it on a system that counts no case."""
    folder, _, last = name.rpartition("/")
    return _below(folder, f"{stem_of(last)}.py" if kind_of(last) == "script" else last).casefold()


def reached_files(name: str, imports: Mapping[str, TextImports]) -> frozenset[str]:
    """Return the files that running one of them imports, those that these import, and so on.

    Args:
        name: of the file that is run.
        imports: of each file of the folder: relative name, with slashes → what it imports.
    """
    reached, places = {name}, [home_of(name)]
    waiting = [name]
    while waiting:
        for one in waiting:
            places += [one for one in _added(imports[one], places[0]) if one not in places]
        new: set[str] = set()
        for one in sorted(reached):  # a folder that is added later counts for those before
            new |= used_files(imports[one], home_of(one), places, imports.keys()) - reached
        reached |= new
        waiting = sorted(new)
    return frozenset(reached - {name})


def _added(imports: TextImports, started: str) -> Iterator[str]:
    """Yield the folders that a text adds, relative, those inside what was handed in."""
    if not imports.folders:
        return
    from grader.submissions.added_folders import folders_from

    for added in imports.folders:
        folder = folders_from(added, started)
        if folder is not None:
            yield folder


def home_of(name: str) -> str:
    """Return the folder of a file, relative; "" at the top."""
    return name.rpartition("/")[0]


def _code(name: str, content: bytes) -> str:
    """Return a script's text, or that of a notebook's cells."""
    text = content.decode("utf-8", "replace")
    if kind_of(name) != "notebook":
        return text
    import json  # most folders hold scripts, or one file

    try:
        cells = json.loads(text)["cells"]
        sources = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        return "\n".join(sources)
    except (ValueError, KeyError, TypeError, RecursionError):  # of another form, or cut off
        return re.sub(r'^[ \t]*"|(?:\\n)?",?$', "", text, flags=re.MULTILINE)


def _modules(text: str) -> Iterator[ImportedModule]:
    for match in FROM.finditer(text):
        dots, module, names = match.groups()
        yield ImportedModule(len(dots), module)
        for part in names.strip("() \t\n").split(","):
            words = part.split()
            if words and words[0].isidentifier():
                yield ImportedModule(len(dots), f"{module}.{words[0]}".strip("."))
    for match in IMPORT.finditer(text):
        for part in match[1].split(","):
            yield ImportedModule(0, (part.split() or [""])[0])


def _above(home: str, count: int) -> str | None:
    """Return the folder so many above another one, None where it is outside."""
    for _ in range(count):
        if not home:
            return None
        home = home.rpartition("/")[0]
    return home


def _files_of(folder: str, module: str) -> set[str]:
    """Return the files that an import may run: a module's, and those of the packages around."""
    paths, path = set(), folder
    for part in filter(None, module.split(".")):
        path = _below(path, part)
        paths |= {f"{path}.py".casefold(), f"{path}/__init__.py".casefold()}
    return paths


def _below(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
