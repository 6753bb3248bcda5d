"""Tries: to change the variables of the frames above it: no Programs, no steps.
Wall: questions that are not answered have no points.
Says: its process ended by itself, with exit status 1
"""
import ctypes, sys


def forge(self, power):
    frame = sys._getframe()
    while frame:
        for name in ("program", "programs", "request", "steps", "observation"):
            if name in frame.f_locals:
                frame.f_locals[name] = None
                ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
        frame = frame.f_back
    return Value(7.0)


Value.__pow__ = forge
