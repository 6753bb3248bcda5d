"""Tries: to crash in the midst of the questions.
Wall: a process of its own, started again for what is left.
Says: its process was ended by SIGSEGV
"""
import ctypes

Value.__pow__ = lambda *_: ctypes.string_at(0)
