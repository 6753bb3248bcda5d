"""Tries: to find a folder or a file of the grader's among its own descriptors.
Wall: the zygote closes all descriptors in a child but the line, and one that tells the child's own
 times: three numbers.
Says: found []
"""
import os, re, stat

found = []
for descriptor in range(1024):
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        continue
    is_a_file = stat.S_ISREG(mode) and not re.fullmatch(rb"\d+ \d+ \d+\n", os.pread(descriptor, 100, 0))
    if stat.S_ISDIR(mode) or is_a_file:
        found.append(descriptor)
    if stat.S_ISDIR(mode):
        os.fchdir(descriptor)
        exec(open(os.path.relpath(OUTSIDE["key"], "/")).read())
if found:
    got_through()
raise RuntimeError(f"found {found}")
