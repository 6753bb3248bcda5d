"""Tries: to give None away until it is freed.
Wall: a process of its own, which alone ends.
Says: its process was ended by SIG | exit status | expected | closed its line | did not come
"""
import ctypes

for _ in range(100_000):
    ctypes.pythonapi.Py_DecRef(ctypes.py_object(None))
