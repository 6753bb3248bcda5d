"""Tries: to have the kernel send a signal of its choice when a pipe can be read, to the grader.
Wall: system calls: a descriptor gets no owner and no signal.
Says: reached []
"""
import fcntl, os, signal

reached = []
for number in [OUTSIDE["grader"], *OUTSIDE["processes"][-20:]]:
    read, write = os.pipe()
    try:
        fcntl.fcntl(read, 10, 0)  # F_SETSIG
        fcntl.fcntl(read, fcntl.F_SETOWN, number)
        reached.append(number)
    except OSError:
        pass
    os.close(read), os.close(write)
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
