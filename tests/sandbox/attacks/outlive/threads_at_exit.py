"""Tries: to have threads that are no daemons keep the process.
Wall: a process is ended with all that it has started.
Says: raises RuntimeError: threads go on
"""
import threading, time

for _ in range(8):
    threading.Thread(target=time.sleep, args=(60,)).start()
raise RuntimeError("threads go on")
