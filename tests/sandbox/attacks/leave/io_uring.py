"""Tries: to open a socket by a ring, past a filter that looks at calls.
Wall: system calls: a ring cannot be set up.
Says: found []
"""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
parameters = ctypes.create_string_buffer(120)
found = [ring for ring in [libc.syscall(425, 8, parameters)] if ring >= 0]
if found:
    got_through()
raise RuntimeError(f"found {found}")
