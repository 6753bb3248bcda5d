"""Tries: to compute for ever.
Wall: a deadline in the child.
Says: did not come to an end: stopped after 1 s of CPU
"""
while True:
    pass
