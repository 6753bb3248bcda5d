"""Tries: to learn which files there are outside, and how large they are.
Wall: own root.
Open: container: landlock guards what is in a file, and not that it is there
Says: raises FileNotFoundError: [Errno 2]
"""
import os

size = os.stat(OUTSIDE["other"]).st_size
got_through()
