"""Tries: to fork without end.
Wall: system calls: no process can be started.
Says: raises BlockingIOError: [Errno 11]
"""
import os

while True:
    os.fork()
