"""Tries: to raise GeneratorExit and StopIteration in the midst of the driver's loops.
Wall: whatever a submission raises is an observation.
Says: raises GeneratorExit
"""


def stop(*_):
    raise GeneratorExit


Value.__pow__ = stop
