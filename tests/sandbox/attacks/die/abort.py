"""Tries: to end by abort().
Wall: a process of its own, which alone ends.
Says: its process was ended by SIGABRT | its process was ended by SIGSEGV | exit status 127
"""
import os

os.abort()
