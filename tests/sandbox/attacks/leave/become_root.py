"""Tries: to be somebody else, or to get rights back.
Wall: system calls; no new privileges; no capabilities.
Says: reached []
"""
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
reached = []
for name in ("setuid", "setgid", "seteuid", "setegid"):
    try:
        getattr(os, name)(12345)
        reached.append(name)
    except OSError:
        pass
header, everything = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
reached += ["capset"] * (libc.capset(header, everything) == 0)
reached += ["prctl"] * (libc.prctl(4, 1, 0, 0, 0) == 0)
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
