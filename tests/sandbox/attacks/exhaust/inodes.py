"""Tries: to use up the file system's inodes with empty files.
Wall: a scratch folder of 256 inodes; where it is a folder of the machine's, the zygote looks at it.
Limits: load_s=8
Says: raises OSError: [Errno 28] No space left on device | ended by SIGXFSZ
"""
import time

for number in range(3000):
    open(f"file{number}", "x").close()
    if number % 50 == 0:
        time.sleep(0.05)
got_through()
