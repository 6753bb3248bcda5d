"""Compiles a source with one edit after another: each statement and each method of it once.

To compile a source takes longer than to define it and to ask it something, and nearly all lines of
two edits are the same. What compiles by itself is the same between other statements that do. Where
one does not, or says something that matters to others, the source is compiled as a whole.
"""

from collections.abc import Iterator, Sequence
from types import CodeType
from typing import NamedTuple

MOST_NEW = 100  # of a few kilobytes each
QUOTES, PREFIXES = ('"', "'"), "bBfFrRuU"
NO_START = " \t\f#)]}"
"""No statement of a source begins with one of these."""
NO_METHOD = ("", " ", "\t", "#")


class CodePart(NamedTuple):
    """Lines of a source that stand together, and the number of the first one, from 0."""

    first: int
    lines: Sequence[str]

    def key(self) -> tuple[int, str]:
        """Return where it stands, and its text."""
        return self.first, "\n".join(self.lines)


class EditedCode:
    """Compiles the edits of one submission."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._new: dict[tuple[int, str], CodeType | None] = {}  # None where it does not compile
        self._old = self._new

    def of(self, source: str) -> Sequence[CodeType]:
        """Return what does as a source does, run in its order.

        Raises:
            SyntaxError: the source cannot be compiled.
        """
        if "\r" not in source and "__future__" not in source:
            found = [self._statement(part) for part in _statements(source.split("\n"))]
            codes = [code for code in found if code is not None]
            if len(codes) == len(found):
                return codes
        return [compile(source, self._path, "exec", dont_inherit=True)]

    def _statement(self, part: CodePart) -> CodeType | None:
        key = part.key()
        if not self._is_known(key):
            self._new[key] = self._class(part) or self._compiled(key)
        return self._new[key]

    def _class(self, part: CodePart) -> CodeType | None:
        """Return the code of a class with that of its methods, None where it cannot be had so."""
        name, methods = _class_name(part.lines[0]), _methods(part)
        if not name or not methods:
            return None
        outline = self._part(_without_bodies(part, methods))
        body = _code_in(outline, name, part.first)
        if outline is None or body is None:
            return None
        members, places = list(body.co_consts), _places_in(body)
        for method in methods:
            place = places.get((_method_name(method.lines[0]), method.first + 1))
            code = self._method(name, method)
            if place is None or code is None:
                return None
            members[place] = code
        return _with(outline, body, body.replace(co_consts=tuple(members)))

    def _method(self, of_class: str, method: CodePart) -> CodeType | None:
        """Return the code of a method, None where it is no part of a class by itself."""
        around = CodePart(method.first - 1, [f"class {of_class}:", *method.lines])
        key = around.key()
        if not self._is_known(key):
            body = _code_in(self._compiled(key), of_class, around.first)
            code = _code_in(body, _method_name(method.lines[0]), method.first)
            cell = code is not None and code.co_freevars  # which `super()` needs around it
            self._new[key] = None if cell else code
        return self._new[key]

    def _part(self, part: CodePart) -> CodeType | None:
        key = part.key()
        if not self._is_known(key):
            self._new[key] = self._compiled(key)
        return self._new[key]

    def _is_known(self, key: tuple[int, str]) -> bool:
        """Return whether a part is known; what nobody has asked for again for long is forgotten."""
        if key in self._new:
            return True
        if len(self._new) >= MOST_NEW:
            self._old, self._new = self._new, {}
        if key in self._old:
            self._new[key] = self._old[key]
        return key in self._new

    def _compiled(self, key: tuple[int, str]) -> CodeType | None:
        first, text = key
        if text.lstrip(PREFIXES).startswith(QUOTES):
            return None  # it would document what it is in
        try:
            return compile("\n" * first + text, self._path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return None


def _statements(lines: Sequence[str]) -> list[CodePart]:
    """Return a source in parts that begin as statements do; what stands above them does nothing."""
    starts = [
        at
        for at, line in enumerate(lines)
        if line and line[0] not in NO_START and not (at and lines[at - 1].startswith("@"))
    ]
    return [CodePart(at, lines[at:end]) for at, end in _up_to_next(starts, len(lines))]


def _up_to_next(starts: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    return zip(starts, [*starts[1:], end], strict=False)


def _class_name(line: str) -> str:
    """Return the name of the class that a line begins, "" where it begins none."""
    return _name_in(line, "class ")


def _method_name(line: str) -> str:
    """Return the name of the method whose signature a line seems to be, "" where it is none."""
    return _name_in(line.lstrip(), "def ")


def _name_in(line: str, keyword: str) -> str:
    if not line.startswith(keyword) or not line.endswith(":"):
        return ""
    name = line[len(keyword) : -1].partition("(")[0].strip()
    return name if name.isidentifier() else ""


def _methods(part: CodePart) -> list[CodePart]:
    """Return the methods of a class that have a line of signature, and nothing above that."""
    indent = _indent_of(next((one for one in part.lines[1:] if not _says_nothing(one)), ""))
    width = len(indent)
    starts = [
        at
        for at, line in enumerate(part.lines)
        if line[width : width + 1] not in NO_METHOD or not line.startswith(indent)
        if not _says_nothing(line)
    ]
    return [
        CodePart(part.first + at, part.lines[at:end])
        for at, end in _up_to_next(starts, len(part.lines))
        if at
        and part.lines[at].startswith(indent)
        and _method_name(part.lines[at])
        and not part.lines[at - 1].lstrip().startswith("@")
        and not all(map(_says_nothing, part.lines[at + 1 : end]))
    ]


def _indent_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _says_nothing(line: str) -> bool:
    text = line.lstrip()
    return not text or text[0] == "#"


def _without_bodies(part: CodePart, methods: Sequence[CodePart]) -> CodePart:
    """Return a class whose methods do nothing; all that is left stands where it stood."""
    lines = list(part.lines)
    for first, own in methods:
        at = first - part.first
        lines[at + 1 : at + len(own)] = [_indent_of(own[0]) + " pass", *[""] * (len(own) - 2)]
    return CodePart(part.first, lines)


def _code_in(outer: CodeType | None, name: str, first: int) -> CodeType | None:
    """Return the code of a name that begins in a line, None where there is none."""
    place = _places_in(outer).get((name, first + 1)) if outer else None
    return outer.co_consts[place] if outer and place is not None else None


def _places_in(outer: CodeType) -> dict[tuple[str, int], int]:
    """Return the places of code in some other, by its name and its first line, from 1."""
    return {
        (one.co_name, one.co_firstlineno): at
        for at, one in enumerate(outer.co_consts)
        if isinstance(one, CodeType)
    }


def _with(outer: CodeType, old: CodeType, new: CodeType) -> CodeType:
    """Return some code with another one in the place of a part of it."""
    return outer.replace(co_consts=tuple(new if one is old else one for one in outer.co_consts))
