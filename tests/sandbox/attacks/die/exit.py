"""Tries: to leave by SystemExit with status 0.
Wall: an exit status is not a verdict.
Says: value.py ends itself with exit()
"""
import sys

sys.exit(0)
