"""Tries: to compute for ever.
Wall: a deadline in the child.
Says: did not come to an end: stopped after 0.1 s of CPU
Limits: load_s=0.1
"""
while True:
    pass
