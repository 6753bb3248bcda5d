"""Tries: to leave folders in folders, too deep for whoever clears up.
Wall: a scratch folder that vanishes; elsewhere the zygote looks at it, and clears up level by level.
Limits: load_s=8
Says: raises OSError: [Errno 28] No space left on device | ended by SIGXFSZ
"""
import os, time

for number in range(3000):
    os.mkdir("d")
    os.chdir("d")
    if number % 50 == 0:
        time.sleep(0.05)
got_through()
