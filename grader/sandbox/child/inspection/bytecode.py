"""Reads off a code object which globals it loads, which modules it imports, and on which lines.

`dis` would say the same, and takes 3 ms to import.
"""

import sys
from collections.abc import Iterator
from opcode import EXTENDED_ARG, opmap
from types import CodeType
from typing import NamedTuple

GLOBALS = {opmap[name] for name in ("LOAD_GLOBAL", "LOAD_NAME")}
ATTRIBUTES = {opmap[name] for name in ("LOAD_ATTR", "LOAD_METHOD") if name in opmap}
IMPORT = opmap["IMPORT_NAME"]
CACHE = opmap.get("CACHE", 0)
# The lowest bits of an argument are flags.
SHIFTED = {opmap["LOAD_GLOBAL"]: 1} | (
    {opmap["LOAD_ATTR"]: 1} if sys.version_info >= (3, 12) else {}
)
MOST_NESTED = 200

_type, _len = type, len


class LoadedName(NamedTuple):
    """A name that code takes from outside, and the attribute that it takes of it at once.

    Attributes:
        name: of a global, or of a module that is imported.
        attribute: "" where none follows.
        imported: it is a module that is imported here.
        line: where this happens.
    """

    name: str
    attribute: str
    imported: bool
    line: int


def loads(code: CodeType) -> list[LoadedName]:
    """Return the names that `code` takes from outside; functions in it are not looked at."""
    found: list[LoadedName] = []
    names, was_global = code.co_names, False
    for offset, operation, argument in _instructions(code.co_code):
        if operation in GLOBALS or operation == IMPORT:
            name = names[argument >> SHIFTED.get(operation, 0)]
            found.append(LoadedName(name, "", operation == IMPORT, _line(code, offset)))
        elif operation in ATTRIBUTES and was_global:
            attribute = names[argument >> SHIFTED.get(operation, 0)]
            found[-1] = found[-1]._replace(attribute=attribute)
        was_global = operation in GLOBALS
    return found


def with_nested(code: CodeType) -> list[CodeType]:
    """Return `code` and the code of every function inside it."""
    codes = [code]
    for one in codes:
        codes += [held for held in one.co_consts if _type(held) is CodeType]
        if _len(codes) > MOST_NESTED:
            break
    return codes


def _instructions(code: bytes) -> Iterator[tuple[int, int, int]]:
    """Return offset, operation and argument of each instruction; caches are passed over."""
    extended = 0
    for offset in range(0, _len(code), 2):
        operation, argument = code[offset], code[offset + 1] | extended
        extended = argument << 8 if operation == EXTENDED_ARG else 0
        if operation not in (EXTENDED_ARG, CACHE):
            yield offset, operation, argument


def _line(code: CodeType, offset: int) -> int:
    lines = (line for start, end, line in code.co_lines() if start <= offset < end)
    return next(lines, None) or code.co_firstlineno
