"""Tries: to have a shell start a daemon.
Wall: system calls: no process can be started.
Says: made []
"""
import os

made = [way for way in (os.system("setsid sleep 60 &"),) if way == 0]
try:
    made.append(os.posix_spawn("/usr/bin/env", ["env", "sleep", "60"], {}))
except OSError:
    pass
if made:
    got_through()
raise RuntimeError(f"made {made}")
