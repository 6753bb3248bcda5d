"""Tries: to match for ever.
Wall: a deadline in the child, or in the grader.
Says: did not come to an end: stopped after
Limits: load_s=0.1
"""
import re

re.match(r"(x+x+)+y", "x" * 60)
