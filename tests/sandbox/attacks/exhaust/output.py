"""Tries: to print without end.
Wall: output is counted, and bounded.
Says: value.py printed without end: stopped after 64 kB
"""
while True:
    print("x" * 1000)
