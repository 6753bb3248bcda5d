"""Tries: to switch the alarm off, and to compute for ever.
Wall: a deadline in the grader, which kills.
Says: did not come to an end: stopped after 0.1 s of CPU
Limits: load_s=0.1
"""
import signal

signal.setitimer(signal.ITIMER_REAL, 0)
signal.setitimer(signal.ITIMER_PROF, 0)
signal.signal(signal.SIGPROF, signal.SIG_IGN)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
while True:
    pass
