"""Tries: to leave the session, and to go on in it.
Wall: system calls: no process, no session.
Says: raises PermissionError: [Errno 1] | raises BlockingIOError: [Errno 11]
"""
import os, time

os.setsid()
if os.fork() == 0:
    time.sleep(60)
got_through()
