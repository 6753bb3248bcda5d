"""Tries: to print without end.
Wall: output is counted, and bounded.
Says: value.py printed without end, and was stopped
"""
while True:
    print("x" * 1000)
