"""What was handed in: a script, a notebook, or a folder with one of them; read, never executed."""

import os
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from grader.engines.digest import sha256
from grader.engines.text import LONGEST_TEXT, visible
from grader.errors import Misused, NothingToGrade, in_words, quoted
from grader.submissions.kinds import kind_of, may_be_either
from grader.submissions.script_text import NotAScript, text_of

MOST_NAMED = 20


class SeveralSubmissions(Misused):
    """A folder holds more than one file that could be the submission.

    Attributes:
        names: of all of them; the first is the likeliest.
        engine: of these, the file with the engine that the others import; "" where there is none.
    """

    def __init__(self, names: Iterable[str], example: str, engine: str = "") -> None:
        self.names, self.engine = tuple(names), engine
        super().__init__(
            f"{in_words(len(self.names))} files here could be the submission: {listed(self.names)}",
            hint=f"name one: {example} {quoted(_shown(self.names[0]))}",
        )


def listed(names: Sequence[str]) -> str:
    """Return files' names as they are pasted into a shell, if there are not too many."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(quoted(_shown(name)) for name in names[:MOST_NAMED]) + more


class NoSubmission(NothingToGrade):
    """Nothing was found where the submission should be."""


class EmptyFolder(NoSubmission):
    """A folder holds no script and no notebook."""

    def __init__(self, where: str, exercise: str) -> None:
        file = f" -o {quoted(os.path.join(where, 'value.py'))}" if where else ""
        place = f"in {_shown(where)}" if where else "here"
        super().__init__(
            f"no script or notebook {place}", hint=f"begin with: grade start {exercise}{file}"
        )


class UnreadableSubmission(NothingToGrade):
    """The file is there, but it is not a script or a notebook that Python can read."""


if TYPE_CHECKING:
    from nbformat import NotebookNode

    from grader.submissions.notebook_cells import NotebookCell

TAG = "grade:"
TAB = 4
LARGEST_SCRIPT = 2 << 20
LARGEST_NOTEBOOK = 64 << 20
MOST_FILES = 10_000
IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+\.?(\w+)", re.MULTILINE)
ADDS_FOLDERS = ("sys.path", "addsitedir")  # to the path of modules
BY_ITSELF = "it was run by itself, without the other files of its folder"


class Submission(NamedTuple):
    """A file that was handed in.

    Attributes:
        name: the file's name; a path in the folder where it imports what does not lie below it.
        folder: the folder it lies in, absolute; its siblings can be imported from there.
        kind: "script" or "notebook".
        sha256: of the file's bytes, in hexadecimal.
        source: a script's text; empty for a notebook.
        cells: a notebook's code cells that are not blank, in order, those that are tagged as not to
            be run as comments; empty for a script.
        tags: the tag that `grade start` gave each of the cells, "grade:my475/ex9" say, or "".
        whole: whether a folder was handed in, so that all that is in it belongs to the submission.
        imports: the files of its folder that it imports, and what these import: relative names.
        beside: what is held of the files beside it: relative name, with slashes → content.
        left_out: which files beside it are not held, as a clause; empty where none is missing.
        raising: the numbers, from 1, of the cells that are tagged as meant to raise an exception.
    """

    name: str
    folder: str
    kind: Literal["script", "notebook"]
    sha256: str
    source: str = ""
    cells: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    whole: bool = False
    imports: tuple[str, ...] = ()
    beside: tuple[tuple[str, bytes], ...] = ()
    left_out: str = ""
    raising: tuple[int, ...] = ()

    @property
    def path(self) -> str:
        """The file's absolute path."""
        return str(Path(self.folder, self.name))

    @property
    def shown(self) -> str:
        """The file's name as it can be shown: file names may hold anything."""
        return _shown(self.name)

    def cell_name(self, number: int) -> str:
        """Return the student's name of a cell, from 1: "cell 3", in a live notebook "In [3]"."""
        saved = len(self.tags) == len(self.cells)  # those of a live kernel have no tags
        return f"cell {number}" if saved else f"In [{number}]"

    def line(self, file: str, number: int) -> str | None:
        """Return a line as it can be shown, or None where there is no such file, cell or line.

        Args:
            file: the submission's name, or "cell 3"; in a live notebook it is "In [3]". Or the
                relative name of a file beside it: it only selects among those that are held.
            number: from 1.
        """
        text = self._own_text(file) or self._text_beside(file)
        lines = text.removesuffix("\n").split("\n")  # as Python counts: a form feed ends no line
        if not text or not 1 <= number <= len(lines):
            return None
        line_text = lines[number - 1]
        start, rest = line_text[:LONGEST_TEXT].expandtabs(TAB), line_text[LONGEST_TEXT:]
        return visible(start + rest, LONGEST_TEXT)

    def _own_text(self, file: str) -> str:
        if self.kind == "script":
            return self.source if file in (self.name, self.shown) else ""
        cell = file.removeprefix("cell ").removeprefix("In [").removesuffix("]")
        known = cell.isdecimal() and 1 <= int(cell) <= len(self.cells)
        return self.cells[int(cell) - 1] if known else ""

    def _text_beside(self, file: str) -> str:
        content = dict(self.beside).get(file.replace("\\", "/"), b"")
        text = content.removeprefix(BOM_UTF8).decode("utf-8", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")


Reads: TypeAlias = Callable[..., "Submission"]
"""Calls a function with its arguments: here, or as a Reader does where a stranger made the file."""


def directly(function: Callable[..., Submission], *arguments: Any) -> Submission:
    """Read in this process: a student's own file, at home."""
    return function(*arguments)


def find(where: str | None, exercise: str) -> Submission:
    """Return the submission at `where`: a file, a folder with one, or this folder if left out.

    This is the student's own way, or one for a folder that one student handed in. Where the
    submission imports a module beside it, the text of those modules is held, to show lines of.
    A file among those of other students is to be read with `read`, which holds no others.

    Args:
        where: a path, or None for the current folder.
        exercise: as it was written on the command line, for hints.

    Raises:
        NoSubmission: there is nothing that could be one.
        SeveralSubmissions: a folder holds more than one file that could be meant.
        UnreadableSubmission: the file is no script and no notebook.
    """
    path = Path(where or ".")
    try:
        if path.is_dir():
            return _in_its_folder(path, *_only_file(path, where, exercise))
        missing = not path.exists()
    except OSError as error:
        reason = error.strerror or str(error)
        raise NoSubmission(
            f"cannot look at {str(path)!r}: {reason}", hint="check the name and its permissions"
        ) from error
    if missing:
        raise NoSubmission(f"no file {str(path)!r}", hint=_hint_on(path))
    return _with_its_modules(read(path))


def _in_its_folder(folder: Path, name: str, reaches_out: bool) -> Submission:
    """Return the submission of this name in a folder that was handed in.

    A script further down that imports what does not lie below it takes the whole folder along.
    """
    path = folder / name
    if not reaches_out or kind_of(path.name) != "script":
        return whole(path)
    taken = read(path)._replace(whole=True, name=name, folder=str(folder.absolute()))
    return _with_its_modules(taken)


def whole(path: Path) -> Submission:
    """Return the script or notebook at `path`, to which all that is in its folder belongs.

    Raises:
        UnreadableSubmission: it cannot be read as either.
    """
    return _with_its_modules(read(path)._replace(whole=True))


def _hint_on(path: Path) -> str:
    """Return the hint on a file that is not there."""
    from grader.errors import nearest

    names = {name.casefold(): name for name in _names_beside(path)}
    near = nearest(path.name.casefold(), names)
    if near is None:
        return "check the name and the folder"
    return f"did you mean {_shown(str(path.with_name(names[near])))}?"


def read(path: Path) -> Submission:
    """Return the script or notebook at `path`.

    Raises:
        UnreadableSubmission: it cannot be read as either; the message says why.
    """
    kind = kind_of(path.name)
    if not kind:
        says = f"a {path.suffix} file" if path.suffix else "a file without an ending"
        raise UnreadableSubmission(
            f"{_shown(path.name)} is {_shown(says)}, not a Python script or a notebook",
            hint="hand in a .py or an .ipynb file",
        )
    either = may_be_either(path.name)
    script = kind == "script" and not either
    content = _bytes(path, LARGEST_SCRIPT if script else LARGEST_NOTEBOOK)
    if either:
        kind = "notebook" if content.lstrip()[:1] == b"{" else "script"
    digest, folder = sha256(content), str(path.absolute().parent)
    if kind == "notebook":
        return _with_cells(Submission(path.name, folder, "notebook", digest), content)
    source = _source(_shown(path.name), content)
    return Submission(path.name, folder, "script", digest, source=source)


def _with_cells(submission: Submission, content: bytes) -> Submission:
    cells = _cells(submission.shown, content)
    return submission._replace(
        cells=tuple(cell.source for cell in cells),
        tags=tuple(next(cell.tags_with(TAG), "") for cell in cells),
        raising=tuple(number for number, cell in enumerate(cells, 1) if cell.raises),
    )


def packed(submission: Submission) -> Submission:
    """Return a submission as it is to run elsewhere: without its folder, with the files beside it.

    Only a folder that was handed in as such is one student's alone, and is taken along. A lone
    script may lie among those of others, which it must not see: it runs by itself.
    """
    if not submission.whole:
        return submission._replace(folder="", beside=(), left_out=BY_ITSELF)
    from grader.submissions.files_beside import files_in

    files, left_out = files_in(submission.folder)
    return submission._replace(folder="", beside=files, left_out=left_out)


def _with_its_modules(submission: Submission) -> Submission:
    """Hold the modules beside a submission, if it imports one of them."""
    texts = (submission.source, *submission.cells)
    names = {match[1] for text in texts for match in IMPORT.finditer(text)}
    paths = [os.path.join(submission.folder, name) for name in names]
    adds_folders = any(word in text for text in texts for word in ADDS_FOLDERS)
    if not (
        adds_folders or any(os.path.isfile(f"{one}.py") or os.path.isdir(one) for one in paths)
    ):
        return submission
    # most submissions are one file
    from grader.submissions.files_beside import files_in
    from grader.submissions.own_modules import imports_in, reached_files

    files = files_in(submission.folder, ".py").files
    text = "\n".join(texts).encode("utf-8", "replace")
    home, slash, _ = submission.name.rpartition("/")
    own = {submission.name: imports_in(f"{home}{slash}script.py", text)}
    imports = {name: imports_in(name, content) for name, content in files} | own
    return submission._replace(
        beside=files, imports=tuple(sorted(reached_files(submission.name, imports)))
    )


def as_notebook(submission: Submission) -> "NotebookNode":
    """Return a notebook of the submission's code cells, not yet executed."""
    from nbformat.v4 import new_code_cell, new_notebook

    cells = [new_code_cell(cell) for cell in submission.cells]  # type: ignore[no-untyped-call]
    notebook: NotebookNode = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    return notebook


def _bytes(path: Path, largest: int) -> bytes:
    name = _shown(path.name)
    try:
        if not path.is_file():
            raise UnreadableSubmission(f"{name} is not a regular file", hint="name a file")
        size = path.stat().st_size
        if size > largest:
            raise UnreadableSubmission(
                f"{name} has {size >> 20} MB; at most {largest >> 20} MB are read",
                hint="clear the outputs and leave data in files of their own",
            )
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableSubmission(
            f"cannot read {name}: {reason}", hint="check the file's permissions"
        ) from error
    if not content.removeprefix(BOM_UTF8).strip():
        raise UnreadableSubmission(f"{name} is empty", hint="save the file, then grade again")
    return content


def _source(name: str, content: bytes) -> str:
    try:
        return text_of(content)
    except NotAScript as error:
        raise UnreadableSubmission(f"{name} {error.kind}", hint=error.cure) from error


def _cells(name: str, content: bytes) -> "list[NotebookCell]":
    from grader.submissions.notebook_cells import NotANotebook, cells_of  # 117 ms, for notebooks

    try:
        return cells_of(content)
    except NotANotebook as error:
        raise UnreadableSubmission(f"{name} {error.kind}", hint=error.cure) from error


def _shown(name: str) -> str:
    return visible(name, LONGEST_TEXT)


def _only_file(folder: Path, where: str | None, exercise: str) -> tuple[str, bool]:
    """Return the file in a folder that is the submission, and whether it imports from elsewhere.

    Raises:
        EmptyFolder: none could be it.
        SeveralSubmissions: more than one could be.
        OSError: the folder cannot be looked at.
    """
    from grader.submissions.search import files_that_could_be_it

    found = files_that_could_be_it(str(folder), exercise)
    if not found.names:
        raise EmptyFolder(where or "", exercise)
    if len(found.names) > 1:
        names = [os.path.join(where or "", name) for name in found.names]
        engine = os.path.join(where or "", found.engine) if found.engine else ""
        raise SeveralSubmissions(names, f"grade {exercise}", engine)
    return found.names[0], found.reaches_out


def _names_beside(path: Path) -> list[str]:
    try:
        found = zip(path.parent.iterdir(), range(MOST_FILES), strict=False)
        return [other.name for other, _ in found]
    except OSError:
        return []
