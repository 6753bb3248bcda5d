"""Tries: to leave a file wherever one could be left.
Wall: own root, read-only; landlock.
Says: reached []
"""
import os, sys

reached = []
folders = ["/tmp", "/var/tmp", "/dev/shm", "/", "/room", "/home", "/root", "/run", "/etc", "/usr",
           OUTSIDE["folder"], OUTSIDE["site"], os.path.dirname(os.__file__), *sys.path[1:]]
for folder in folders:
    for make in (lambda path: open(path, "x"), os.mkdir, lambda path: os.symlink("/", path)):
        try:
            make(os.path.join(folder, "left-by-a-submission"))
            reached.append(folder)
        except OSError:
            pass
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
