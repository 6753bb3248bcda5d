"""Tries: to read the command lines, environments and open files of all processes in /proc.
Wall: no /proc; landlock.
Says: found []
"""
import os

found = []
for number in ["self", "1", *OUTSIDE["processes"]]:
    for name in ("cmdline", "environ", "maps", "status", "fd", "root", "cwd"):
        try:
            path = f"/proc/{number}/{name}"
            found.append(os.listdir(path) if name in ("fd", "root", "cwd") else open(path).read())
        except OSError:
            pass
own = [], [os.path.basename(__file__)]  # its own folder, by way of its own cwd
found = [one for one in found if one and one not in own]
if found:
    got_through()
raise RuntimeError(f"found {found}")
