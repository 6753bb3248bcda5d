"""Tries: to write without end to the standard descriptors, past Python's streams.
Wall: they are the null device; a deadline.
Says: did not come to an end: stopped after
Limits: load_s=0.1
"""
import os

while True:
    os.write(1, b"x" * 65536)
    os.write(2, b"x" * 65536)
