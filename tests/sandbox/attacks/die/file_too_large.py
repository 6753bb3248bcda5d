"""Tries: to end by writing past the limit of a file.
Wall: a process of its own; as the first of a namespace it does not even hear it.
Says: its process was ended by SIGXFSZ | raises OSError: [Errno 27]
"""
import signal

signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
with open("large", "wb", buffering=0) as file:
    for _ in range(30):
        file.write(bytes(1 << 20))
