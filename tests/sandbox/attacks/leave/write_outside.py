"""Tries: to change a file of somebody else's: to write to it, cut it, rename it, remove it.
Wall: own root; landlock.
Says: reached []
"""
import os

reached = []
for attempt in (
    lambda path: open(path, "w"), lambda path: open(path, "r+"), lambda path: open(path, "a"),
    lambda path: os.truncate(path, 0), lambda path: os.rename(path, path + ".away"),
    lambda path: os.remove(path), lambda path: os.rename(path, "mine"),
):
    try:
        attempt(OUTSIDE["victim"])
        reached.append(attempt)
    except OSError:
        pass
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
