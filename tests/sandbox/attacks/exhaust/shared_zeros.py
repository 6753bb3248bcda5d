"""Tries: to share memory by way of /dev/zero.
Wall: own root, landlock: there is no such device.
Says: raises FileNotFoundError: [Errno 2] | raises PermissionError: [Errno 13]
"""
import mmap, os

held = mmap.mmap(os.open("/dev/zero", os.O_RDWR), 512 << 20)
for page in range(0, 512 << 20, 4096):
    held[page] = 1
got_through()
