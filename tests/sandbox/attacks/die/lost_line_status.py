"""Tries: to leave with the very status by which the driver says that its line is gone.
Wall: an exit status is not a verdict.
Says: closed its line to the grader
"""
import os

os._exit(93)
