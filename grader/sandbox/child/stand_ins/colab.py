"""What google.colab does, mounting a drive say, is not done; who asks where they are is told.

An import inside a `try` asks whether this is Colab, and it is not.
"""

import sys
from importlib.machinery import ModuleSpec
from types import CodeType, FrameType

from grader.sandbox.child.stand_ins.plotting_stubs import StubFinder

NAMES = ("google", "google.colab")
IMPORTS = "_find_and_load"
MORE_BITS, BITS = 0x40, 0x3F

_frame = sys._getframe


class _ColabFinder(StubFinder):
    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname not in NAMES and not fullname.startswith("google.colab."):
            return None
        importer = _importing_frame(_frame(1))
        if importer is None or _is_in_a_try(importer):
            return None
        return super().find_spec(fullname)


def install() -> None:
    """Let imports of google.colab succeed, but for those that ask whether it is there."""
    sys.meta_path.append(_ColabFinder(NAMES))


def _importing_frame(frame: FrameType | None) -> FrameType | None:
    """Return the frame with the import statement, None where it is but looked for."""
    imports = False
    while frame is not None and "importlib" in frame.f_code.co_filename:
        imports = imports or frame.f_code.co_name == IMPORTS
        frame = frame.f_back
    return frame if imports else None


def _is_in_a_try(frame: FrameType) -> bool:
    return any(start <= frame.f_lasti < end for start, end in _guarded(frame.f_code))


def _guarded(code: CodeType) -> list[tuple[int, int]]:
    """Return the ranges of instructions for which there is a handler.

    Source: CPython's Objects/exception_handling_notes.txt, "Format of the exception table".
    """
    numbers = _numbers(code.co_exceptiontable)
    entries = [numbers[at : at + 4] for at in range(0, len(numbers), 4)]
    return [(2 * start, 2 * (start + length)) for start, length, *_ in entries]


def _numbers(table: bytes) -> list[int]:
    numbers, number = [], 0
    for byte in table:
        number = number << 6 | byte & BITS
        if not byte & MORE_BITS:
            numbers.append(number)
            number = 0
    return numbers
