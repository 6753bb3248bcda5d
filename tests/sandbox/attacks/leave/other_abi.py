"""Tries: to make system calls by their numbers of another architecture, which a filter may not know.
Wall: system calls: the filter looks at the architecture first.
Says: reached [] | ended by SIGSYS | ended by SIGSEGV
"""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
SOCKET_OF_X32 = 0x40000000 + 41
reached = [number for number in [libc.syscall(SOCKET_OF_X32, 1, 1, 0)] if number >= 0]
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
