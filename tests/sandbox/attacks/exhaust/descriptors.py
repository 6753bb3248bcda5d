"""Tries: to open files until the machine has no more.
Wall: RLIMIT_NOFILE.
Says: raises OSError: [Errno 24] Too many open files
"""
import os

held = [os.open("/dev/null", os.O_RDONLY) for _ in range(5000)]
got_through()
