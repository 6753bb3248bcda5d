"""Tries: to use up memory to the last byte, so that nothing of the driver's can go on.
Wall: the driver keeps some back; who does not answer has no points.
Limits: load_s=8 program_s=2
Says: raises MemoryError | ended by itself | did not come to an end: stopped after
"""
held = []
size = 1 << 24


def fill(*_):
    global size
    while size:
        try:
            held.append(bytearray(size))
        except MemoryError:
            size //= 2
    return held + held


Value.__pow__ = fill
