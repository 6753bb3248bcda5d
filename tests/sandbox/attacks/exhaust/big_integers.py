"""Tries: to compute one number that takes for ever, where no alarm is heard.
Wall: a deadline in the grader, which kills.
Says: did not come to an end: stopped after
Limits: load_s=0.1
"""
number = 3 ** (10**9)
