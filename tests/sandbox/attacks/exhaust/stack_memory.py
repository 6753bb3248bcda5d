"""Tries: to take memory that passes for a stack, which a limit on its data does not count.
Wall: system calls: no memory grows downwards.
Says: raises PermissionError: [Errno 1] Operation not permitted
"""
import mmap

DOWNWARDS = 0x100
held = mmap.mmap(-1, 512 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | DOWNWARDS)
for page in range(0, 512 << 20, 4096):
    held[page] = 1
got_through()
