"""Tries: to fill the disk with files that it has removed, closed, and keeps mapped.
Wall: a scratch folder of 16 MB; where it is a folder of the machine's, the zygote looks at what is
 mapped as well.
Limits: load_s=8
Says: raises OSError: [Errno 28] No space left on device | ended by SIGXFSZ
"""
import mmap, os, time

held = []
for number in range(10):
    file = os.open("file", os.O_CREAT | os.O_RDWR)
    os.unlink("file")
    os.write(file, bytes(8 << 20))
    held.append(mmap.mmap(file, 4096))
    os.closerange(file, file + 8)  # mmap keeps a duplicate open
    time.sleep(0.05)
got_through()
