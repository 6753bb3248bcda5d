"""Landlock: a process may touch the files below a few folders, and no others; no TCP, no signals.

Source: the kernel's Documentation/userspace-api/landlock.rst and include/uapi/linux/landlock.h.
The package of that name on PyPI has no rules on sockets and signals yet, and no types.
"""

import os
from collections.abc import Iterable
from ctypes import c_size_t, c_uint32

from grader.sandbox.walls.linux_calls import attributes, system_call

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
_OF_ABI = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # refer, truncate, ioctl
_TCP = 0b11  # bind and connect, since ABI 4
_SCOPES = 0b11  # abstract sockets and signals, since ABI 6

LEAST = 3

READ = EXECUTE | READ_FILE | READ_DIR
FULL = -1  # everything that the ABI knows
_OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15


def version() -> int:
    """Return the ABI that the kernel speaks.

    Raises:
        OSError: it has no landlock, or it is switched off.
    """
    return system_call("landlock", _CREATE, None, c_size_t(0), c_uint32(_VERSION))


def is_there() -> bool:
    """Return whether the kernel has landlock, of whichever ABI."""
    try:
        return version() > 0
    except OSError:
        return False


def unguarded(abi: int) -> str:
    """Return the gap that an ABI leaves to a process that may touch no file, empty for none."""
    if abi < LEAST:
        return (
            f"landlock of ABI {abi} lets every file be cut to nothing: truncate is of ABI {LEAST}"
        )
    return ""


class Ruleset:
    """The files and folders that a process may touch."""

    def __init__(self, allowed: Iterable[tuple[str, int]]) -> None:
        """Make a ruleset.

        Args:
            allowed: a folder or a file, and READ, FULL or other rights; what does not exist is
                left out.

        Raises:
            OSError: the kernel has no landlock.
        """
        abi = version()
        self._rights = sum(bits for since, bits in _OF_ABI.items() if since <= abi)
        fields = attributes([self._rights, _TCP * (abi >= 4), _SCOPES * (abi >= 6)], [8, 8, 8])
        used = fields[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
        self._descriptor = system_call(
            "landlock_create_ruleset", _CREATE, used, c_size_t(len(used)), c_uint32(0)
        )
        for path, rights in allowed:
            self._allow(path, rights)

    def _allow(self, path: str, rights: int) -> None:
        try:
            opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            return
        try:
            granted = rights & self._rights
            granted &= granted if os.path.isdir(path) else _OF_FILES
            rule = attributes([granted, opened], [8, 4])
            system_call(
                "landlock_add_rule", _ADD, self._descriptor, _PATH_BENEATH, rule, c_uint32(0)
            )
        finally:
            os.close(opened)

    def restrict(self) -> None:
        """Put the ruleset on this process, which must not be able to gain privileges."""
        system_call("landlock_restrict_self", _RESTRICT, self._descriptor, c_uint32(0))
        os.close(self._descriptor)
