"""Tries: to become a daemon by forking twice.
Wall: system calls: no process can be started.
Says: raises BlockingIOError: [Errno 11]
"""
import os, time

if os.fork() == 0:
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
got_through()
