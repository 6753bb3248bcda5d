"""Tries: to leave by os._exit(0), past all that would notice.
Wall: an exit status is not a verdict.
Says: its process ended by itself, with exit status 0
Engine: right
Score: 0
"""
import os

os._exit(0)
