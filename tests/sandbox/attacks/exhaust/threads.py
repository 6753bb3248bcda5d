"""Tries: to start threads without end.
Wall: RLIMIT_NPROC, for a user of its own whom the system counts also where root grades.
Says: raises RuntimeError: can't start new thread
"""
import threading, time

threading.stack_size(32 << 10)
for _ in range(20_000):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
got_through()
