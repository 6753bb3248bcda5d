"""Tries: to ignore every signal, and to stay.
Wall: the grader kills by a signal that cannot be ignored.
Says: did not come to an end: stopped after
Limits: load_s=0.1
"""
import signal

for number in range(1, signal.NSIG):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass
