"""Tries: nothing; it computes for 1.8 s where it may for 2 s.
Wall: none is to answer.
Engine: right
Says:
Limits: cpu_s=2 load_s=20 program_s=4
"""
import time

while time.process_time() < 1.8:
    pass
