"""Tries: to send a reply byte by byte, so that the grader never stops reading.
Wall: the deadline is the whole frame's.
Says: did not come to an end: stopped after
Limits: load_s=0.1
"""
import os, struct, time

while True:
    try:
        os.write(4, struct.pack(">I", 900_000))
        while True:
            os.write(4, b" ")
            time.sleep(0.05)
    except BaseException:
        pass
