"""Tries: to have a timer wake it after its end.
Wall: a timer ends with its process.
Says: square.data is 7.0, expected
"""
import signal

signal.signal(signal.SIGVTALRM, lambda *_: got_through())
signal.setitimer(signal.ITIMER_VIRTUAL, 1000)
signal.alarm(1000)
