"""Tries: to fork by every call that does, past Python and libc.
Wall: system calls.
Says: made []
"""
import ctypes, os, platform

libc = ctypes.CDLL(None, use_errno=True)
arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)
made = []
calls = [(435, arguments, 88)] + [(57,), (56, 17, 0, 0, 0, 0)] * (platform.machine() == "x86_64")
for call in calls:
    number = libc.syscall(*call)
    if number == 0:
        os._exit(0)
    if number > 0:
        made.append(number)
if made:
    got_through()
raise RuntimeError(f"made {made}")
