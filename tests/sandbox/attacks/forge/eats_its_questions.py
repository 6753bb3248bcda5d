"""Tries: to read the line away from the driver, and so to have no question asked.
Wall: what is not answered by the deadline has no points.
Says: did not come to an end: stopped after
Limits: load_s=0.1
"""
import os, signal

signal.setitimer(signal.ITIMER_REAL, 0)
signal.setitimer(signal.ITIMER_PROF, 0)
while True:
    for descriptor in range(3, 10):
        try:
            os.read(descriptor, 1 << 16)
        except OSError:
            pass
