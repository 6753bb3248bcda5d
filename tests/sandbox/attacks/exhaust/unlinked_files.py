"""Tries: to fill the disk with files that it has removed and keeps open.
Wall: a scratch folder of 16 MB; where it is a folder of the machine's, the zygote looks at what is
 open as well.
Limits: load_s=8
Says: raises OSError: [Errno 28] No space left on device | ended by SIGXFSZ
"""
import os, time

held = []
for number in range(10):
    file = os.open("file", os.O_CREAT | os.O_WRONLY)
    os.unlink("file")
    os.write(file, bytes(8 << 20))
    held.append(file)
    time.sleep(0.05)
got_through()
