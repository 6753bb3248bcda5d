"""Tries: to recurse until the interpreter's own stack ends.
Wall: a process of its own, which alone ends.
Says: its process was ended by SIGSEGV | raises RecursionError | raises MemoryError
"""
import sys

sys.setrecursionlimit(10**9)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x") if len(name) < 10**9 else None

    def __repr__(self):
        return repr(self)


repr(Deep())
