"""Tries: to crash, by reading address 0.
Wall: a process of its own, which alone ends.
Says: its process was ended by SIGSEGV
"""
import ctypes

ctypes.string_at(0)
