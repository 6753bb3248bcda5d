"""Tries: nothing; it computes for 0.9 s where it may for 1 s.
Wall: none is to answer.
Engine: right
Says:
Limits: cpu_s=1 load_s=20 program_s=4
"""
import time

while time.process_time() < 0.9:
    pass
