"""Tries: to have a thread that is no daemon keep the process.
Wall: system calls: no thread can be started.
Says: raises RuntimeError: can't start new thread
"""
import threading, time

threading.Thread(target=time.sleep, args=(60,)).start()
got_through()
