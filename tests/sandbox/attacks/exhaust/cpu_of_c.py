"""Tries: to compute for ever where no alarm of Python's is heard.
Wall: a deadline in the grader, which kills.
Says: did not come to an end: stopped after
Limits: load_s=0.1
"""
sum(range(10**12))
