"""Tries: to go on when the interpreter ends.
Wall: the child leaves without clearing up.
Says: square.data is 7.0, expected
"""
import atexit, time

atexit.register(time.sleep, 60)
atexit.register(lambda: open("left-by-a-submission", "x"))
