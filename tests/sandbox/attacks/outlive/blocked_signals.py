"""Tries: to block every signal, the alarm's too, and to stay.
Wall: the grader kills by a signal that cannot be blocked.
Says: did not come to an end: stopped after
Limits: load_s=0.1
"""
import signal, time

signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
while True:
    time.sleep(1)
