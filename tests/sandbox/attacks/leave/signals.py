"""Tries: to end the grader, the zygote and everybody else.
Wall: system calls; a namespace in which nobody else has a number; landlock.
Says: reached []
"""
import os, signal

reached = []
for number in [OUTSIDE["grader"], os.getppid(), *OUTSIDE["processes"], -1]:
    for send in (os.kill, os.killpg):
        try:
            send(number, signal.SIGKILL if number == OUTSIDE["grader"] else 0)
            reached.append(number)
        except OSError:
            pass
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
