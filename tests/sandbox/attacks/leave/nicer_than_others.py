"""Tries: to run before everyone else: priorities, processors, real time.
Wall: system calls; no capabilities.
Says: reached []
"""
import os

reached = []
for attempt in (
    lambda: os.nice(-10), lambda: os.setpriority(os.PRIO_PROCESS, 0, -10),
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)),
    lambda: os.sched_setaffinity(0, {0}),
):
    try:
        attempt()
        reached.append(attempt)
    except OSError:
        pass
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
