"""Tries: to be killed as if the machine had no memory left, for which nobody loses a point.
Wall: system calls: it can send no signal, and what Python sends is told as its own.
Says: its process was ended by SIGKILL
"""
import os, signal

try:
    os.kill(os.getpid(), signal.SIGKILL)
finally:
    import ctypes

    ctypes.CDLL(None).kill(os.getpid(), 9)
