"""The Linux system calls that walls are built from and Python does not offer, as functions.

Each raises OSError with the call's name. Numbers are those of the kernel's headers, linux/sched.h,
linux/mount.h, linux/prctl.h and linux/landlock.h; they are the same on x86-64 and aarch64.
"""

import ctypes
import os
from collections.abc import Sequence

NEW_MOUNTS, NEW_UTS, NEW_IPC, NEW_USER, NEW_PIDS, NEW_NET = (
    *(0x00020000, 0x04000000, 0x08000000, 0x10000000, 0x20000000),
    0x40000000,
)
READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC, REMOUNT, BIND, RECURSIVE, PRIVATE = (
    *(0x1, 0x2, 0x4, 0x8, 0x20, 0x1000, 0x4000, 0x40000),
)
DETACH = 2
_DEATH_SIGNAL, _DUMPABLE, _SECCOMP, _NO_NEW_PRIVILEGES = 1, 4, 22, 38
_SECCOMP_FILTER = 2
_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE = 442, -100, 0x8000
_CAPABILITIES_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def call(name: str, *arguments: object) -> int:
    """Call a function of libc that returns -1 where it fails, and return what it returns."""
    result = int(getattr(_libc, name)(*arguments))
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def system_call(name: str, number: int, *arguments: object) -> int:
    """Make a system call that libc has no function for."""
    result = int(_libc.syscall(ctypes.c_long(number), *arguments))
    if result == -1:
        errno = ctypes.get_errno()
        raise OSError(errno, f"{name}: {os.strerror(errno)}")
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` name for new ones."""
    call("unshare", flags)


def enter(descriptor: int, kind: int) -> None:
    """Enter the namespace that a descriptor holds open."""
    call("setns", descriptor, kind)


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount `source`, a device, folder or name, on `target`."""
    texts = [text.encode() or None for text in (source, target, kind)]
    call("mount", *texts, ctypes.c_ulong(flags), options.encode() or None)


def unmount(target: str) -> None:
    """Take a mount away, as soon as nobody uses it."""
    call("umount2", target.encode(), DETACH)


def change_root(new: str, old: str) -> None:
    """Make the mount `new` the root, and put the old one on `old`, which may be `new`."""
    call("pivot_root", new.encode(), old.encode())


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


def restrict_mount(target: str, flags: int) -> None:
    """Add READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC to a mount and everything mounted below it."""
    new = _MountAttributes(set=flags)  # the same bits as MOUNT_ATTR_*
    size = ctypes.c_size_t(ctypes.sizeof(new))
    arguments = (_AT_FDCWD, target.encode(), _AT_RECURSIVE, ctypes.byref(new), size)
    system_call("mount_setattr", _MOUNT_SETATTR, *arguments)


def die_with_parent(signal: int) -> None:
    """Have the kernel send `signal` to this process when the one that made it ends."""
    call("prctl", _DEATH_SIGNAL, signal, 0, 0, 0)


def hide_memory() -> None:
    """Let no other process of the same user look into this one."""
    call("prctl", _DUMPABLE, 0, 0, 0, 0)


def show_memory() -> None:
    """Let processes of the same user look into this one, as at what it keeps open."""
    call("prctl", _DUMPABLE, 1, 0, 0, 0)


def gain_nothing() -> None:
    """Let no program that is executed give this process more rights than it has."""
    call("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


_EVERY = _Header(version=_CAPABILITIES_3)
_NONE = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, of two words each


def drop_capabilities() -> None:
    """Give up every capability, for good where nothing can be gained."""
    call("capset", ctypes.byref(_EVERY), ctypes.byref(_NONE))


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def filter_calls(program: bytes) -> None:
    """Install a seccomp filter, as classic BPF of 8 bytes an instruction."""
    buffer = ctypes.create_string_buffer(program, len(program))
    bpf = _Filter(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    call("prctl", _SECCOMP, _SECCOMP_FILTER, ctypes.byref(bpf), 0, 0)


def attributes(values: Sequence[int], sizes: Sequence[int]) -> bytes:
    """Return numbers of so many bytes each as the kernel reads them in a packed structure."""
    pairs = zip(values, sizes, strict=True)
    return b"".join(value.to_bytes(size, "little") for value, size in pairs)
