"""Tries: to leave by the system call, with status 0, in one thread and in all.
Wall: an exit status is not a verdict.
Says: its process ended by itself, with exit status 0
"""
import ctypes

ctypes.CDLL(None)._exit(0)
