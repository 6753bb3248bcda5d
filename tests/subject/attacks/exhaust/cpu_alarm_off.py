"""Tries: to switch the alarm off, and to compute for ever.
Wall: a deadline in the grader, which kills.
Says: did not come to an end in time
"""
import signal

signal.setitimer(signal.ITIMER_REAL, 0)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
while True:
    pass
