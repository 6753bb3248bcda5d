"""Tries: to compute for ever.
Wall: a deadline in the child.
Says: did not come to an end in time
"""
while True:
    pass
