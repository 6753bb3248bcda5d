"""Tries: to find a folder or a file of the grader's among its own descriptors.
Wall: the zygote closes all descriptors in a child but the line.
Says: found []
"""
import os, stat

found = []
for descriptor in range(1024):
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        continue
    if stat.S_ISDIR(mode) or stat.S_ISREG(mode):
        found.append(descriptor)
    if stat.S_ISDIR(mode):
        os.fchdir(descriptor)
        exec(open(os.path.relpath(OUTSIDE["key"], "/")).read())
if found:
    got_through()
raise RuntimeError(f"found {found}")
