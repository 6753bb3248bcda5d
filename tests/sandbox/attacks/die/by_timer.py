"""Tries: to end by the signals of its timers.
Wall: a process of its own; as the first of a namespace it does not even hear them.
Says: its process was ended by SIG | did not come to an end: stopped after
Limits: load_s=0.1
"""
import signal

for timer, number in ((signal.ITIMER_VIRTUAL, signal.SIGVTALRM), (signal.ITIMER_PROF, signal.SIGPROF)):
    signal.signal(number, signal.SIG_DFL)
    signal.setitimer(timer, 0.01)
while True:
    pass
