"""Tries: to type into the grader's terminal.
Wall: no terminal; system calls: no ioctl.
Says: reached []
"""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
reached = []
for descriptor in range(16):
    if libc.ioctl(descriptor, 0x5412, ctypes.c_char_p(b"x")) >= 0:  # TIOCSTI
        reached.append(descriptor)
try:
    reached.append(open("/dev/tty", "w"))
except OSError:
    pass
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
