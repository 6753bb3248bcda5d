"""Tries: to start threads without end.
Wall: system calls: no thread can be started.
Says: raises RuntimeError: can't start new thread
"""
import threading, time

for _ in range(50):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
got_through()
