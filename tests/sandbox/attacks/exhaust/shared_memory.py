"""Tries: to take memory that it could share, which a limit on its data does not count.
Wall: system calls: no memory without a file is shared.
Says: raises PermissionError: [Errno 1] Operation not permitted
"""
import mmap

held = mmap.mmap(-1, 512 << 20)
for page in range(0, 512 << 20, 4096):
    held[page] = 1
got_through()
