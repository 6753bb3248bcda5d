"""Tries: to climb out of its folder by .. and by links that it makes itself.
Wall: own root; landlock looks at where a path ends.
Says: found []
"""
import os

up = "/".join([".."] * 30)
found = []
for way in (up + OUTSIDE["key"], "link/" + OUTSIDE["key"].lstrip("/")):
    try:
        if way.startswith("link"):
            os.symlink("/", "link")
        found.append(open(way).read())
    except OSError:
        pass
if found:
    got_through()
raise RuntimeError(f"found {found}")
