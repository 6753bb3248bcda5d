"""Tries: to say of itself, over and over, that it has begun a statement, so that nobody stops it.
Wall: the deadline stands, whatever is said meanwhile.
Says: did not come to an end
Engine: right
Score: 5
Limits: load_s=0.1
"""
import gc, sys

frame = sys._getframe()
while frame is not None:
    told = frame.f_locals.get("watcher")
    if told is not None:
        while True:
            told.begin(0, 1)
    frame = frame.f_back
while True:
    pass
