"""Tries: to lift the limits that stand on it, and those of the grader.
Wall: system calls: limits are to be read only.
Says: reached []
"""
import resource

reached = []
for number in (0, OUTSIDE["grader"]):
    for what in (resource.RLIMIT_CPU, resource.RLIMIT_DATA, resource.RLIMIT_NOFILE):
        try:
            resource.prlimit(number, what, (1000, 1000))
            reached.append(what)
        except (OSError, ValueError):
            pass
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
