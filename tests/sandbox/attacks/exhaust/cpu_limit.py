"""Tries: to use more CPU than it may, within the time that it has.
Wall: RLIMIT_CPU.
Limits: cpu_s=1 load_s=8
Says: did not come to an end: stopped after 1 s of CPU
"""
import signal, time

signal.signal(signal.SIGXCPU, signal.SIG_IGN)
signal.signal(signal.SIGPROF, signal.SIG_IGN)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
while time.process_time() < 4.5:
    pass
got_through()
