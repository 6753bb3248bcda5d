"""Tries: to exchange the code of every function of the driver that it reaches from the frames above.
Wall: a child that no longer answers has no points.
Says: exit status 0 | exit status 1 | closed its line to the grader | did not come to an end: stopped after
"""
import sys, types

nothing = (lambda *_, **__: None).__code__
frame, left, seen = sys._getframe().f_back, [], set()
while frame:
    left.append(frame.f_globals)
    frame = frame.f_back
while left:
    names = left.pop()
    if id(names) in seen or names is globals():
        continue
    seen.add(id(names))
    for held in list(names.values()):
        if type(held) is types.FunctionType and held.__module__.startswith("grader."):
            left.append(held.__globals__)
            if not held.__code__.co_freevars:
                held.__code__ = nothing
