"""Tries: to end by every signal that there is, each with its default action.
Wall: system calls: it can send none; the first that would end it does.
Says: its process was ended by SIGHUP
"""
import os, signal

sent = []
for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_DFL)
    except (OSError, ValueError):
        pass
    for send in (lambda: os.kill(os.getpid(), number), lambda: signal.raise_signal(number)):
        try:
            send()
            sent.append(number)
        except OSError:
            pass
if sent:
    got_through()
raise RuntimeError(f"sent {sent}")
