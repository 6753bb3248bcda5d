"""Tries: to take over another process as a debugger does.
Wall: system calls; other processes are not to be seen.
Says: reached []
"""
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
numbers = [OUTSIDE["grader"], os.getppid(), 1, *OUTSIDE["processes"]]
reached = [number for number in numbers if libc.ptrace(0x4206, number, 0, 0) == 0]  # PTRACE_SEIZE
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
