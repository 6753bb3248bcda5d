"""Tries: to use more CPU than it may, within the time that it has.
Wall: RLIMIT_CPU.
Limits: cpu_s=0 load_s=8
Says: did not come to an end: stopped after 0 s of CPU
"""
import signal, time

signal.signal(signal.SIGXCPU, signal.SIG_IGN)
signal.signal(signal.SIGPROF, signal.SIG_IGN)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
while time.process_time() < 3.5:
    pass
got_through()
