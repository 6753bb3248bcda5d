"""Tries: to look into the folders beside its own, where others run.
Wall: a folder of its own, with nothing beside it; landlock.
Says: found []
"""
import os

found = []
for folder in ("..", "../..", OUTSIDE["folder"], "/tmp", "/room"):
    try:
        found += [entry for entry in os.listdir(folder) if entry != "scratch"]
    except OSError:
        pass
if found:
    got_through()
raise RuntimeError(f"found {found}")
