"""Tries: to damage the interpreter's memory, so that it ends who knows where.
Wall: a process of its own, which alone ends.
Says: its process was ended by SIG | exit status | raises
"""
import ctypes

ctypes.memset(id(int), 0x41, 64)
ctypes.memset(id(type), 0x41, 64)
Value(3) ** 2
raise SystemExit
