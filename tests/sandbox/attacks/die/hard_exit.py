"""Tries: to leave by os._exit(0), past all that would notice.
Wall: an exit status is not a verdict, and what stood above it is asked in another process.
Says: its process ended by itself, with exit status 0
"""
import os

os._exit(0)
