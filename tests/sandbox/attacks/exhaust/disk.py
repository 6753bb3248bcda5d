"""Tries: to fill the disk with many files, each as large as it may be.
Wall: a scratch folder of 16 MB; where it is a folder of the machine's, the zygote looks at it.
Limits: load_s=8
Says: raises OSError: [Errno 28] No space left on device | ended by SIGXFSZ
"""
import time

for number in range(60):
    with open(f"file{number}", "wb") as file:
        file.write(bytes(4 << 20))
    time.sleep(0.05)
got_through()
