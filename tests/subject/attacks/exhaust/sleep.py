"""Tries: to keep the grader waiting without using anything.
Wall: a deadline.
Says: did not come to an end in time
"""
import time

while True:
    try:
        time.sleep(60)
    except BaseException:
        pass
