"""Tries: to keep the grader waiting without using anything.
Wall: a deadline.
Says: did not come to an end: stopped after 3 s, most of which it waited
"""
import time

while True:
    try:
        time.sleep(60)
    except BaseException:
        pass
