"""Tries: to make namespaces and mounts of its own, and so to undo those around it.
Wall: system calls; no capabilities.
Says: reached []
"""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
attempts = {
    "unshare": lambda: libc.unshare(0x10000000 | 0x20000),
    "mount": lambda: libc.mount(b"none", b"/", b"tmpfs", 0, None),
    "umount": lambda: libc.umount2(b"/", 2),
    "chroot": lambda: libc.chroot(b"."),
    "pivot_root": lambda: libc.syscall(155, b".", b"."),
    "setns": lambda: libc.setns(0, 0),
    "open_tree": lambda: libc.syscall(428, -100, b"/", 1),
    "fsopen": lambda: libc.syscall(430, b"tmpfs", 0),
}
reached = [name for name, attempt in attempts.items() if attempt() >= 0]
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
